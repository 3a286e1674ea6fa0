import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKeyring } from '@carnet/api/keyring/keyring.ts'
import { boxActivated, fundingReceived, reserveFunded } from '@carnet/api/ledger/events.ts'
import { post } from '@carnet/api/ledger/ledger.ts'
import { type Broken, invariantsStatement } from '@carnet/api/payouts/invariants-queries.ts'
import { type Actor, type Context, createContext } from '@carnet/api/shared/context.ts'
import { cents } from '@carnet/api/shared/money.ts'
import postgres, { type Sql } from 'postgres'
import { expect } from 'vitest'
import { afterwards } from './afterwards.ts'
import { connectAsOperator, createTestDatabase } from './database.ts'
import { personOf } from './members.ts'

export type MoneyCampaign = { id: string; parts: { funderId: string; partCents: ReturnType<typeof cents> }[] }

/** A private database with people, three organisations with a venue each, and no campaign; contexts for each role. */
export async function givenMoneyWorld() {
  const { sql, url } = await createTestDatabase()
  const { db, end } = connectAsOperator(url, 20)
  afterwards(end)
  const countBroken = watch(url)
  const place = mkdtempSync(join(tmpdir(), 'carnet-keyring-'))
  afterwards(() => rmSync(place, { recursive: true, force: true }))
  const keyring = createKeyring({ directory: join(place, 'first'), copyDirectory: join(place, 'second') })
  const clock = { now: new Date('2026-03-10T09:00:00Z') }
  const as = (actor: Actor): Context => createContext({ db, keyring, now: () => clock.now, actor })
  const people = { coordinator: randomUUID(), approver: randomUUID(), second: randomUUID() }
  for (const [name, id] of Object.entries(people))
    await sql`insert into people (id, name, email, created_on) values (${id}, ${name}, ${`${name}@example.org`}, '2026-01-01')`
  const person = (personId: string, role: 'coordinator' | 'finance_approver') => as(personOf(role, { personId }))

  const payingAccountId = randomUUID()
  await sql`insert into paying_accounts (id, name, iban, bic, holder_name) values (${payingAccountId}, 'Compte', 'FR7630006000011234567890189', 'AGRIFRPP', 'Opérateur')`
  await sql`insert into regions values ('75', 'Nouvelle-Aquitaine', 2026)`
  await sql`insert into departments values ('16', 'Charente', '75', 2026)`
  await sql`insert into communes (code, name, department_code, postal_codes, former_codes, vintage) values ('16015', 'Angoulême', '16', '{16000}', '{}', 2026)`
  const organisations = await Promise.all([1, 2, 3].map((at) => insertOrganisation(sql, at, people)))
  await sql`select prepare_period(1)`
  await sql`insert into periods (id, month, state, opened_on) values (1, '2026-03-01', 'open', '2026-03-01')`
  const operator = as({ kind: 'operator' })

  return {
    ...{ sql, url, db, clock, keyring, people, payingAccountId, organisations, operator, as },
    coordinator: person(people.coordinator, 'coordinator'),
    approver: person(people.approver, 'finance_approver'),
    coordinatorAsApprover: person(people.coordinator, 'finance_approver'),
    /** After every test: nothing of what it did may have broken the money. */
    expectSoundMoney: async () => expect((await countBroken()).filter(({ count }) => count > 0)).toEqual([]),
  }
}

/** All invariants, as the owner of the tables sees them: on one connection, where their statement is planned once. */
function watch(url: string) {
  const eye = postgres(url, { max: 1 })
  afterwards(() => eye.end())
  const asPlanned = { prepare: true, simple: false }
  return () => eye.unsafe<Broken[]>(invariantsStatement, [], asPlanned)
}

export type MoneyWorld = Awaited<ReturnType<typeof givenMoneyWorld>>

async function insertOrganisation(sql: Sql, at: number, people: { coordinator: string; approver: string }) {
  const organisation = { id: randomUUID(), venueId: randomUUID(), bankAccountId: randomUUID() }
  await sql`insert into organisations (id, legal_name, created_on) values (${organisation.id}, ${`Structure ${at}`}, '2026-01-01')`
  await sql`insert into venues (id, organisation_id, standard_id, name, commune_code, postal_code, address, standard_row, updated_on)
    values (${organisation.venueId}, ${organisation.id}, ${organisation.venueId}, ${`Lieu ${at}`}, '16015', '16000', 'Rue', '{}', '2026-01-01')`
  await sql`insert into bank_accounts (id, organisation_id, iban, bic, holder_name, state, submitted_by, submitted_at, verified_by, valid_from)
    values (${organisation.bankAccountId}, ${organisation.id}, 'FR7630006000011234567890189', 'AGRIFRPP', ${`Structure ${at}`}, 'verified',
            ${people.coordinator}, '2026-01-01', ${people.approver}, '2026-01-02')`
  return organisation
}

let campaignNumber = 0

/** An open campaign with these parts; its face value is their sum. */
export async function givenMoneyCampaign(
  { sql, payingAccountId, people }: MoneyWorld,
  partCents: number[],
  funderIds: string[] = partCents.map(() => randomUUID()),
): Promise<MoneyCampaign> {
  const id = randomUUID()
  const face = partCents.reduce((sum, part) => sum + part, 0)
  const number = ++campaignNumber
  const parts = partCents.map((part, at) => ({ funderId: funderIds[at]!, partCents: cents(part) }))
  for (const { funderId } of parts)
    await sql`insert into funders (id, name, kind, created_on) values (${funderId}, ${funderId}, 'department', '2026-01-01') on conflict do nothing`
  await sql`insert into campaigns (id, number, name, state, paying_account_id, face_value_cents, book_size, budgeted_books, starts_on, ends_on, target_public, objectives)
    values (${id}, ${number}, ${`Campagne ${id}`}, 'draft', ${payingAccountId}, ${face}, 1, 100000, '2026-01-01', '2026-12-31', 'Tous', 'Autonomie')`
  for (const part of parts)
    await sql`insert into campaign_funders (campaign_id, funder_id, part_cents) values (${id}, ${part.funderId}, ${part.partCents})`
  await sql`update campaigns set state = 'open', opened_on = '2026-01-02' where id = ${id}`
  const runId = randomUUID()
  await sql`insert into print_runs (id, campaign_id, state, book_count, books_per_box, kid, age_recipient, requested_by, approved_by, requested_on, artefact_sha256)
    values (${runId}, ${id}, 'active', 100, 10, 1, 'age1', ${people.coordinator}, ${people.approver}, '2026-01-01', ${Buffer.alloc(32)})`
  return { id, parts }
}

/** Every funder pays for `vouchers` vouchers. */
export async function givenFunding(
  { operator, payingAccountId }: MoneyWorld,
  campaign: MoneyCampaign,
  vouchers: number,
) {
  await operator.transaction((tx) =>
    post(
      tx,
      operator,
      campaign.parts.flatMap(({ funderId, partCents }) =>
        fundingReceived({
          ...{ payingAccountId, campaignId: campaign.id, funderId },
          documentRef: `funding:${randomUUID()}`,
          amountCents: cents(partCents * vouchers),
        }),
      ),
    ),
  )
}

/** A box of `vouchers` books of one voucher as it comes from the printer: its vouchers are worth nothing. */
export async function givenPrintedBox({ sql }: Pick<MoneyWorld, 'sql'>, { id }: MoneyCampaign, vouchers: number) {
  const boxId = randomUUID()
  await sql`insert into boxes (id, print_run_id, campaign_id, number, first_cover, last_cover)
    select ${boxId}, r.id, ${id}, (select count(*) + 1 from boxes), 1, ${vouchers} from print_runs r where r.campaign_id = ${id}`
  return boxId
}

/** That box, or a new one, active and paid for. Throws when there is not the money. */
export async function givenActiveBox(
  { sql, operator, payingAccountId }: MoneyWorld,
  campaign: MoneyCampaign,
  vouchers: number,
  printedId?: string,
) {
  const boxId = printedId ?? (await givenPrintedBox({ sql }, campaign, vouchers))
  const event = {
    payingAccountId,
    campaignId: campaign.id,
    documentRef: `box:${boxId}`,
    parts: campaign.parts,
    voucherCount: vouchers,
  }
  await operator.transaction((tx) => post(tx, operator, boxActivated(event)))
  await sql`update boxes set state = 'active', delivered_on = '2026-01-03', good_samples = 3, activated_on = '2026-01-03' where id = ${boxId}`
  return { boxId, event }
}

export async function givenReserve(
  { operator, payingAccountId }: Pick<MoneyWorld, 'operator'> & { payingAccountId: string },
  amountCents: number,
) {
  const reserve = { payingAccountId, documentRef: `reserve:${randomUUID()}`, amountCents: cents(amountCents) }
  await operator.transaction((tx) => post(tx, operator, reserveFunded(reserve)))
}

/** Accepted scans, as `redeem_scans` would write them. */
export async function givenScans(
  { sql }: Pick<MoneyWorld, 'sql'>,
  campaign: MoneyCampaign,
  organisation: { id: string; venueId: string },
  { count, periodId = 1 }: { count: number; periodId?: number },
) {
  await sql`insert into redemptions (period_id, tag, campaign_id, organisation_id, venue_id, service_code, day, is_typed, cell_key)
    select ${periodId}, gen_random_uuid(), ${campaign.id}, ${organisation.id}, ${organisation.venueId}, 'A01', '2026-03-10', false, 1
      from generate_series(1, ${count})`
}

/** Where the uses of a month are kept. */
type Shelves = { prepare: (sql: Sql, id: number) => Promise<unknown>; drop: (sql: Sql, id: number) => Promise<unknown> }

const realShelves: Shelves = {
  prepare: (sql, id) => sql`select prepare_period(${id})`,
  drop: (sql, id) => sql`select drop_period(${id}, '2026-03-10')`,
}

/** The open period is frozen, and the next one open. */
export async function givenFrozenPeriod(
  { sql }: Pick<MoneyWorld, 'sql'>,
  shelves: Shelves = realShelves,
): Promise<number> {
  const [open] = await sql<{ id: number }[]>`select id from periods where state = 'open'`
  const id = open!.id
  const live = await sql<{ id: number }[]>`select id from periods where state <> 'sealed' order by id`
  if (live.length === 3) await sealPeriod(sql, live[0]!.id, shelves)
  await shelves.prepare(sql, id + 1)
  await sql`update periods set state = 'frozen', closed_on = '2026-03-10', frozen_on = '2026-03-10' where id = ${id}`
  await sql`insert into periods (id, month, state, opened_on) values (${id + 1}, '2026-03-01', 'open', '2026-03-01')`
  return id
}

/** What sealing leaves of a period for the ledger: counts per campaign, and no row. */
async function sealPeriod(sql: Sql, id: number, shelves: Shelves): Promise<void> {
  await sql`insert into sealed_campaigns (period_id, campaign_id, accepted_count, is_counted)
    select period_id, campaign_id, count(*), true from redemptions where period_id = ${id} and state = 'accepted' group by 1, 2`
  await sql`update periods set state = 'sealing' where id = ${id}`
  await shelves.drop(sql, id)
}

/** Undoes one accepted scan as a row; false when there is none. */
export async function reverseOne(
  { sql }: Pick<MoneyWorld, 'sql'>,
  campaignId: string,
  organisationId: string,
  periodIds: readonly number[],
) {
  const rows = await sql`update redemptions r set state = 'reversed' where (r.period_id, r.tag) in (
    select period_id, tag from redemptions where state = 'accepted' and campaign_id = ${campaignId} and organisation_id = ${organisationId}
       and period_id in ${sql([...periodIds])} limit 1) returning period_id as "periodId"`
  return rows[0] as { periodId: number } | undefined
}

export async function balanceOf(
  { sql }: Pick<MoneyWorld, 'sql'>,
  kind: string,
  where: { campaignId?: string; organisationId?: string } = {},
): Promise<number> {
  const { campaignId = null, organisationId = null } = where
  const [row] = await sql`select coalesce(sum(balance_cents), 0)::int as cents from ledger_accounts where kind = ${kind}
    and (${campaignId}::uuid is null or campaign_id = ${campaignId}) and (${organisationId}::uuid is null or organisation_id = ${organisationId})`
  return row!.cents
}
