import { randomUUID } from 'node:crypto'
import { statementFrozen } from '@carnet/api/ledger/events.ts'
import { post } from '@carnet/api/ledger/ledger.ts'
import { exportBatch, readBankFile } from '@carnet/api/payouts/export-batch.ts'
import { approveBatch, freezeBatch, prepareBatch } from '@carnet/api/payouts/prepare-batch.ts'
import { readBatch } from '@carnet/api/payouts/read-batches.ts'
import { importBankFile } from '@carnet/api/treasury/import-bank-file.ts'
import { expect, test } from 'vitest'
import { camt } from '../../helpers/bank-files.ts'
import { validateBankFile } from '../../helpers/bank-schema.ts'
import {
  balanceOf,
  givenActiveBox,
  givenFunding,
  givenMoneyCampaign,
  givenMoneyWorld,
} from '../../helpers/money-world.ts'

const world = await givenMoneyWorld()
const { sql, operator, coordinator, approver, payingAccountId } = world

const structures = 1_300
const months = 12
/** A name that a bank must not choke on: French letters, signs of XML, 140 characters. */
const longName = `Cœur d’Hérault & Garçons <numérique> — « Maison ${'é'.repeat(140)}`.slice(0, 140)

test(`${structures} organisations are paid ${months} months in one batch: one valid file, the sums exact, booked by one answer`, async () => {
  const ids = Array.from({ length: structures }, () => randomUUID())
  const names = ids.map((_, at) => (at === 0 ? longName : `Médiathèque n° ${at} & l’Œuvre`))
  await sql`insert into organisations (id, legal_name, created_on) select id, name, '2026-01-01' from unnest(${ids}::uuid[], ${names}::text[]) as t (id, name)`
  await sql`insert into bank_accounts (organisation_id, iban, bic, holder_name, state, submitted_at, valid_from)
    select id, 'FR7630006000011234567890189', 'AGRIFRPP', name, 'verified', now(), '2026-01-02' from unnest(${ids}::uuid[], ${names}::text[]) as t (id, name)`
  const campaign = await givenMoneyCampaign(world, [1000])
  const vouchers = (structures * (structures + 1)) / 2
  await givenFunding(world, campaign, vouchers)
  await givenActiveBox(world, campaign, vouchers)
  await givenFrozenMonths(campaign, ids, vouchers)

  const started = performance.now()
  const { id } = await prepareBatch(coordinator)
  const { sha256 } = await freezeBatch(coordinator, id)
  await approveBatch(approver, id, sha256!)
  await exportBatch(approver, id)
  console.info(`frozen, approved and exported in ${Math.round(performance.now() - started)} ms`)

  for (const version of ['09', '03'] as const) {
    const file = await readBankFile(coordinator, id, version)
    expect(validateBankFile(file, version) ?? []).toEqual([])
    expect(file.match(/<NbOfTxs>(\d+)</g)).toEqual(Array(2).fill(`<NbOfTxs>${structures}<`))
    expect(file.match(/<CtrlSum>([\d.]+)</g)).toEqual(Array(2).fill(`<CtrlSum>${vouchers * 10}.00<`))
    expect(file.match(/<CdtTrfTxInf>/g)).toHaveLength(structures)
    const [name] = file.match(/<Nm>Coeur[^<]*<\/Nm>/) ?? []
    expect(name).toMatch(/^<Nm>Coeur d'Herault \+ Garcons numerique - ' Maison e+<\/Nm>$/)
    expect(name!.length - '<Nm></Nm>'.length).toBe(70)
    expect(file).not.toMatch(/[^\n -~]/)
  }
  const { payouts } = await readBatch(coordinator, id)
  const movements = payouts.map(({ endToEndId, amountCents }, at) => ({
    ...{ direction: 'DBIT' as const, endToEndId, cents: amountCents, reference: `K${at}` },
  }))
  const answered = performance.now()
  const { lines } = await importBankFile(coordinator, { bytes: camt(movements), name: 'camt.054.xml' })
  console.info(`${lines.length} movements read and booked in ${Math.round(performance.now() - answered)} ms`)
  expect(new Set(lines.map(({ outcome }) => outcome))).toEqual(new Set(['booked']))
  expect(await balanceOf(world, 'in_payment')).toBe(0)
  expect(await balanceOf(world, 'bank')).toBe(0)
  await world.expectSoundMoney()
}, 180_000)

/** A year of sealed statements, as freezing and sealing leave them: each organisation earned its place in the list. */
async function givenFrozenMonths(
  campaign: Awaited<ReturnType<typeof givenMoneyCampaign>>,
  ids: string[],
  vouchers: number,
): Promise<void> {
  const [venue] = await sql<{ id: string }[]>`select id from venues limit 1`
  let left = ids.map((_, at) => at + 1)
  for (let month = 1; month <= months; month++) {
    const counts = left.map((count) => (month === months ? count : Math.floor(count / (months - month + 1))))
    left = left.map((count, at) => count - counts[at]!)
    const period = 100 + month
    await sql`insert into periods (id, month, state, opened_on, closed_on, frozen_on, sealed_on) values (${period}, ${`2025-${String(month).padStart(2, '0')}-01`}, 'sealed', '2025-01-01', '2025-01-01', '2025-01-01', '2025-01-01')`
    const rows = ids.flatMap((organisationId, at) => (counts[at]! > 0 ? [{ organisationId, count: counts[at]! }] : []))
    await sql`with s as (
        insert into statements (organisation_id, period_id, number, voucher_count, total_cents, netted_cents, frozen_on)
        select o, ${period}, ${period * 10_000} + row_number() over (order by o), n, n * 1000, 0, '2026-01-01'
          from unnest(${rows.map(({ organisationId }) => organisationId)}::uuid[], ${rows.map(({ count }) => count)}::int[]) as t (o, n)
        returning id, voucher_count)
      insert into statement_lines (statement_id, venue_id, campaign_id, voucher_count, amount_cents)
      select id, ${venue!.id}, ${campaign.id}, voucher_count, voucher_count * 1000 from s`
    await operator.transaction((tx) =>
      post(
        tx,
        operator,
        rows.flatMap(({ organisationId, count }) =>
          statementFrozen({
            ...{ payingAccountId, campaignId: campaign.id, documentRef: `statement:${period}.${organisationId}` },
            ...{ organisationId, periodId: period, parts: campaign.parts, voucherCount: count },
          }),
        ),
      ),
    )
    const sealed = rows.reduce((sum, { count }) => sum + count, 0)
    await sql`insert into sealed_campaigns (period_id, campaign_id, accepted_count, is_counted) values (${period}, ${campaign.id}, ${sealed}, true)`
  }
  expect(await balanceOf(world, 'payable')).toBe(vouchers * 1000)
}
