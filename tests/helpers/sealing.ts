import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKeyring, type Keyring, openKeyring } from '@carnet/api/keyring/keyring.ts'
import { boxActivated, fundingReceived } from '@carnet/api/ledger/events.ts'
import { post } from '@carnet/api/ledger/ledger.ts'
import { ensureOpenPeriod, rollPeriod } from '@carnet/api/periods/open-period.ts'
import { callReverseScan, readLivePeriods } from '@carnet/api/redemptions/queries.ts'
import type { Answer, Scan } from '@carnet/api/redemptions/scan.ts'
import { createScanDesk, type ScanDesk } from '@carnet/api/redemptions/scan-desk.ts'
import { type Actor, type Context, createContext } from '@carnet/api/shared/context.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { connectRaw } from '@carnet/db'
import postgres, { type Sql } from 'postgres'
import { inject } from 'vitest'
import { afterwards } from './afterwards.ts'
import { connectAsOperator, createTestDatabase } from './database.ts'
import { scanOf } from './scan-desk.ts'
import { insertVouchers, type TestVenue, type TestVoucher } from './scan-world.ts'

export type TestCampaign = {
  id: string
  boxId: string
  vouchers: TestVoucher[]
  money: { payingAccountId: string; funderId: string }
}
export type Installation = {
  url: string
  sql: Sql
  keyring: Keyring
  keyringRoot: string
  /** The day of every process of this installation. */
  clock: { today: string }
  operator: Context
  as: (actor: Actor) => Context
  desk: ScanDesk
}
export type SealingWorld = Installation & { campaigns: TestCampaign[]; venues: TestVenue[]; people: string[] }

const directories = (root: string) => ({ directory: join(root, 'one'), copyDirectory: join(root, 'two') })

/** One more process of an installation: connections, memory and keyring of its own. */
export function startProcess({
  url,
  sql,
  keyringRoot,
  clock,
}: Pick<Installation, 'url' | 'sql' | 'keyringRoot' | 'clock'>): Installation {
  const keyring = openKeyring(directories(keyringRoot))
  const { db, end } = connectAsOperator(url)
  const client = connectRaw(url, { role: 'carnet_scan', maxConnections: 2 })
  afterwards(() => Promise.all([end(), client.end({ timeout: 1 })]))
  const now = () => new Date(`${clock.today}T10:00:00Z`)
  const as = (actor: Actor) => createContext({ db, now, keyring, actor })
  const desk = createScanDesk({ client, keyring, today: () => clock.today })
  return { url, sql, keyring, keyringRoot, clock, operator: as({ kind: 'operator' }), as, desk }
}

export function createKeyringRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'carnet-keyring-'))
  afterwards(() => rmSync(root, { recursive: true, force: true }))
  return root
}

const epcis = ['200071827', '200072023']
const communes = [
  { code: '16015', department: '16', epci: epcis[0]! },
  { code: '16102', department: '16', epci: epcis[1]! },
  { code: '17300', department: '17', epci: null },
]
export const services = ['A01', 'A02', 'B01', 'B02']

/**
 * Campaigns with one active box each and venues in three communes, in a database and a keyring of their own; the first period is
 * open. `books` are of ten vouchers.
 */
export async function givenSealingWorld(
  options: {
    campaigns?: { books: number }[]
    venues?: number
    today?: string
    mode?: 'demo' | 'production'
    /** Migrated and empty, when not one of the run's own server. */
    database?: { url: string; sql: Sql }
  } = {},
): Promise<SealingWorld> {
  const {
    campaigns: wanted = [{ books: 5 }],
    venues: venueCount = 3,
    today = '2026-03-10',
    mode = 'production',
  } = options
  const { url, sql } = options.database ?? (await createTestDatabase())
  const keyringRoot = createKeyringRoot()
  const { identity } = createKeyring(directories(keyringRoot))
  await sql`insert into installation (mode, keyring_id, created_on) values (${mode}, ${identity}, ${today})`
  await insertPlaces(sql)
  const people = [randomUUID(), randomUUID(), randomUUID()]
  for (const [at, id] of people.entries())
    await sql`insert into people (id, name, email, created_on) values (${id}, ${`Personne ${at}`}, ${`p${at}@example.org`}, '2026-01-01')`
  const [funder, account] = [randomUUID(), randomUUID()]
  await sql`insert into paying_accounts (id, name, iban, bic, holder_name) values (${account}, 'Compte', 'FR7630006000011234567890189', 'AGRIFRPP', 'Opérateur')`
  await sql`insert into funders (id, name, kind, created_on) values (${funder}, 'Département', 'department', '2026-01-01')`

  const installation = startProcess({ url, sql, keyringRoot, clock: { today } })
  const campaigns: TestCampaign[] = []
  for (const [at, { books }] of wanted.entries())
    campaigns.push(await insertCampaign(installation, { number: at + 1, books, people, funder, account }))
  const venues: TestVenue[] = []
  for (let at = 0; at < venueCount; at++) venues.push(await insertVenue(sql, at))
  await ensureOpenPeriod(installation.operator)
  return { ...installation, campaigns, venues, people }
}

async function insertPlaces(sql: Sql): Promise<void> {
  await sql`insert into regions values ('75', 'Nouvelle-Aquitaine', 2026)`
  await sql`insert into departments values ('16', 'Charente', '75', 2026), ('17', 'Charente-Maritime', '75', 2026)`
  await sql`insert into epcis select unnest(${epcis}::text[]), 'EPCI', 2026`
  for (const { code, department, epci } of communes)
    await sql`insert into communes (code, name, department_code, epci_code, postal_codes, former_codes, vintage) values (${code}, ${code}, ${department}, ${epci}, '{}', '{}', 2026)`
  const version = randomUUID()
  await sql`insert into catalogue_versions (id, number, state, published_from, created_on) values (${version}, 1, 'published', '2026-01-01', '2026-01-01')`
  await sql`insert into catalogue_themes values (${version}, 'A', 'Thème A'), (${version}, 'B', 'Thème B')`
  for (const code of services) {
    await sql`insert into services values (${code})`
    await sql`insert into catalogue_services (version_id, code, theme_code, title, description, level, national_service, duration_minutes, provenance)
      values (${version}, ${code}, ${code[0]!}, ${code}, '', 'decouverte', '', 60, '')`
  }
}

type NewCampaign = { number: number; books: number; people: string[]; funder: string; account: string }

async function insertCampaign(
  { sql, keyring }: Installation,
  { number, books, people, funder, account }: NewCampaign,
): Promise<TestCampaign> {
  const [id, run, boxId] = [randomUUID(), randomUUID(), randomUUID()]
  await sql`insert into campaigns (id, number, name, state, paying_account_id, face_value_cents, book_size, budgeted_books, starts_on, ends_on, target_public, objectives)
    values (${id}, ${number}, ${`Campagne ${number}`}, 'draft', ${account}, 1000, 10, 100000, '2026-01-01', '2027-12-31', 'Tous', 'Autonomie')`
  await sql`insert into campaign_funders (campaign_id, funder_id, part_cents) values (${id}, ${funder}, 1000)`
  await sql`update campaigns set state = 'open', opened_on = '2026-01-02' where id = ${id}`
  await sql`insert into print_runs (id, campaign_id, state, book_count, books_per_box, kid, age_recipient, requested_by, approved_by, requested_on, artefact_sha256)
    values (${run}, ${id}, 'active', ${books}, 10, 1, 'age1', ${people[0]!}, ${people[1]!}, '2026-01-01', ${randomBytes(32)})`
  await sql`insert into boxes (id, print_run_id, campaign_id, number, first_cover, last_cover, state, delivered_on, good_samples, activated_on)
    values (${boxId}, ${run}, ${id}, 1, 1, ${books}, 'active', '2026-01-03', 3, '2026-01-03')`
  const vouchers = await insertVouchers(sql, keyring, { campaignId: id, boxId, count: books * 10, firstCover: 1 })
  return { id, boxId, vouchers, money: { payingAccountId: account, funderId: funder } }
}

async function insertVenue(sql: Sql, at: number): Promise<TestVenue> {
  const venue = { id: randomUUID(), organisationId: randomUUID(), token: randomUUID(), deviceId: randomUUID() }
  await sql`insert into organisations (id, legal_name, created_on) values (${venue.organisationId}, ${`Structure ${at}`}, '2026-01-01')`
  await sql`insert into venues (id, organisation_id, standard_id, name, commune_code, postal_code, address, standard_row, updated_on)
    values (${venue.id}, ${venue.organisationId}, ${venue.id}, ${`Lieu ${at}`}, ${communes[at % communes.length]!.code}, '16000', 'Rue', '{}', '2026-01-01')`
  await sql`insert into venue_qualifications (venue_id, state, valid_from) values (${venue.id}, 'qualified', '2026-01-01')`
  await sql`insert into devices (id, organisation_id, venue_id, label, token_hash, enrolled_on, last_seen_on, expires_on)
    values (${venue.deviceId}, ${venue.organisationId}, ${venue.id}, 'Téléphone', ${createHash('sha256').update(venue.token).digest()}, '2026-01-01', '2026-01-01', '2029-12-31')`
  return venue
}

type Scanning = { voucher: TestVoucher; venue: TestVenue; scan: Scan; answer: Answer }

/** Scans of today, sent together; the answers in their order. */
export async function scanAll(
  { desk, clock, venues }: SealingWorld,
  vouchers: readonly TestVoucher[],
  also: { service?: (at: number) => string; venue?: (at: number) => TestVenue } = {},
): Promise<Scanning[]> {
  const made = vouchers.map((voucher, at) => {
    const venue = also.venue?.(at) ?? venues[at % venues.length]!
    const service = also.service?.(at) ?? services[at % services.length]!
    return { voucher, venue, scan: scanOf(voucher, venue, { service, day: clock.today }) }
  })
  const answers = await desk.redeem(made.map(({ scan }) => scan))
  return made.map((one, at) => ({ ...one, answer: answers[at]! }))
}

export async function reverse({ desk, keyring }: SealingWorld, { scan, venue }: Pick<Scanning, 'scan' | 'venue'>) {
  const { id: venueId, organisationId } = venue
  const answerMac = keyring.answerMac(scan.scanId)
  const live = await readLivePeriods(desk.client)
  return callReverseScan(desk.client, live, { scanId: scan.scanId, answerMac, organisationId, venueId, boundTo: null })
}

/** The month's change. */
export async function nextMonth(world: SealingWorld, today: string): Promise<number> {
  world.clock.today = today
  return (await rollPeriod(world.operator))!.id
}

/** Every voucher is funded and active, so that statements can be frozen by the use case. */
export async function givenMoney({ operator, campaigns }: SealingWorld): Promise<void> {
  for (const { id: campaignId, boxId, vouchers, money } of campaigns) {
    const { payingAccountId, funderId } = money
    const amountCents = cents(vouchers.length * 1000)
    const pool = { payingAccountId, campaignId }
    await operator.transaction((tx) =>
      post(tx, operator, [
        ...fundingReceived({ ...pool, documentRef: `funding:${campaignId}`, funderId, amountCents }),
        ...boxActivated({
          ...{ ...pool, documentRef: `box:${boxId}`, voucherCount: vouchers.length },
          parts: [{ funderId, partCents: cents(1000) }],
        }),
      ]),
    )
  }
}

/** closed → frozen with its statements, without the ledger. */
export async function freezeWithoutMoney(
  { sql, clock }: Pick<Installation, 'sql' | 'clock'>,
  periodId: number,
): Promise<void> {
  await sql`update periods set state = 'frozen', frozen_on = ${clock.today} where id = ${periodId} and state = 'closed'`
  await sql`insert into statements (organisation_id, period_id, number, voucher_count, total_cents, netted_cents, frozen_on)
    select organisation_id, period_id, 1000 * period_id + row_number() over (order by organisation_id), count(*), count(*) * 1000, 0, ${clock.today}
      from redemptions where period_id = ${periodId} and state = 'accepted' group by organisation_id, period_id`
  await sql`insert into statement_lines (statement_id, venue_id, campaign_id, voucher_count, amount_cents)
    select s.id, r.venue_id, r.campaign_id, count(*), count(*) * 1000 from redemptions r
      join statements s on s.period_id = r.period_id and s.organisation_id = r.organisation_id
     where r.period_id = ${periodId} and r.state = 'accepted' group by 1, 2, 3`
}

/** The database as it is now. Nobody may be connected to it meanwhile but the test itself, which lets go of it. */
export async function takeBackup({ url, sql }: Installation): Promise<string> {
  const name = new URL(url).pathname.slice(1)
  const backup = `backup_${randomUUID().replaceAll('-', '')}`
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and pid <> pg_backend_pid()`
  await onServer(async (server) => {
    for (let attempt = 1; ; attempt++) {
      try {
        await server`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`
        await server.unsafe(`create database ${backup} template ${name}`)
        return
      } catch (error) {
        if (attempt === 20) throw error
      }
    }
  })
  afterwards(() => onServer((server) => server.unsafe(`drop database if exists ${backup} with (force)`)))
  return backup
}

/** A process on a backup, with today's keyring or with the copy that is named. */
export function startOnBackup(world: SealingWorld, backup: string, keyringRoot = world.keyringRoot): SealingWorld {
  const url = world.url.replace(/[^/]+$/, backup)
  const sql = postgres(url, { onnotice: () => {} })
  afterwards(() => sql.end({ timeout: 1 }))
  return { ...world, ...startProcess({ url, sql, keyringRoot, clock: world.clock }) }
}

export function copyKeyring({ keyringRoot }: Installation): string {
  const root = createKeyringRoot()
  cpSync(keyringRoot, root, { recursive: true })
  return root
}

async function onServer<Result>(run: (server: Sql) => Promise<Result>): Promise<Result> {
  const server = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} })
  try {
    return await run(server)
  } finally {
    await server.end()
  }
}

/** Everything that sealing leaves, as plain values. */
export async function readOutcome({ sql, keyring, campaigns }: SealingWorld) {
  const spent = await sql`select code_mac::text from vouchers where is_spent order by code_mac`
  const cells =
    await sql`select "table", place, subject, span, redemptions, cell_key::text from whitelist_counts order by 1, 2, 3, 4`
  const answers = await sql`select answer_mac::text, outcome, reason, is_reversed from answers order by answer_mac`
  const sealed =
    await sql`select period_id, campaign_id, accepted_count, is_counted from sealed_campaigns order by 1, 2`
  const periods =
    await sql`select id, month::text, state, sealed_on is not null as has_day, sealed_audit_hash is not null as has_proof from periods order by id`
  const tables =
    await sql`select relname from pg_class where relname ~ '^(redemptions|scan_receipts)_p[0-9]+$' order by 1`
  return {
    ...{
      spent: [...spent],
      cells: [...cells],
      answers: [...answers],
      sealed: [...sealed],
      periods: [...periods],
      tables: [...tables],
    },
    lists: campaigns.map(({ id }) => keyring.readSpentList(id) ?? []),
    records: keyring.listKeptCounts().map((id) => keyring.readKeptCounts(id)),
  }
}
