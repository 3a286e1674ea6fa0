import { boxActivated, fundingReceived } from '@carnet/api/ledger/events.ts'
import { post } from '@carnet/api/ledger/ledger.ts'
import { freezeStatements } from '@carnet/api/payouts/freeze-statements.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { givenMember } from '../../helpers/members.ts'
import { scanItem } from '../../helpers/phone.ts'
import { givenScanApp } from '../../helpers/scan-app.ts'

const scan = await givenScanApp()
const { app, sql, db, ids, venues, phones, coordinator } = scan
const [venue] = venues
const [phone] = phones
const approver = await givenMember(sql, 'finance_approver')
const operator = createContext({ db, keyring: scan.keyring, now: () => scan.clock.now, actor: { kind: 'operator' } })
const box = {
  payingAccountId: ids.account,
  campaignId: ids.campaign,
  parts: [{ funderId: ids.funder, partCents: cents(1000) }],
  voucherCount: 100,
}
await operator.transaction((tx) =>
  post(tx, operator, [
    ...fundingReceived({ ...box, documentRef: 'funding:1', funderId: ids.funder, amountCents: cents(100_000) }),
    ...boxActivated({ ...box, documentRef: `box:${ids.box}` }),
  ]),
)

const reverse = (scanId: string, organisationId = venue!.organisationId, as = coordinator) =>
  scan.post(`/scans/${scanId}/reversal`, { organisationId }, as)
const read = async (path: string, as = coordinator) =>
  (await app.request(`/api/v1${path}`, { headers: as.headers })).json()

async function givenAcceptedScan() {
  const voucher = scan.takeVoucher()
  const result = await phone!.scan(scanItem(voucher))
  expect(result).toMatchObject({ outcome: 'accepted' })
  return { scanId: result.scanId, voucher }
}

afterEach(async () => {
  const { ok, checks, on } = await read('/ledger/invariants')
  expect({ broken: checks.filter((check: { ok: boolean }) => !check.ok), ok, on }).toEqual({
    broken: [],
    ok: true,
    on: '2026-03-10',
  })
})

describe('a coordinator', () => {
  test('undoes a scan of the running month: no money moved yet, and nothing keeps a digest of its number', async () => {
    const { scanId } = await givenAcceptedScan()
    const withKey = { ...coordinator, headers: { ...coordinator.headers, 'idempotency-key': 'undo' } }
    expect(await reverse(scanId, undefined, withKey)).toEqual({ status: 200, body: { outcome: 'reversed' } })
    expect(await sql`select from idempotent_answers`).toHaveLength(0)
    expect(await reverse(scanId)).toEqual({ status: 200, body: { outcome: 'reversed' } })
    expect((await read(`/statements/1.${venue!.organisationId}`)).totalCents).toBe(0)
  })

  test('is told what cannot be undone', async () => {
    expect(await reverse(crypto.randomUUID())).toMatchObject({ status: 404, body: { code: 'scan_not_found' } })
    const { scanId } = await givenAcceptedScan()
    expect(await reverse(scanId, venues[1]!.organisationId)).toMatchObject({ status: 404 })
    expect(await reverse(scanId, undefined, approver)).toMatchObject({
      status: 403,
      body: { code: 'role_not_allowed' },
    })
    await reverse(scanId)
  })

  test('undoes a scan of a frozen month once its statement is written, once, and the money follows', async () => {
    const { scanId } = await givenAcceptedScan()
    await sql`select prepare_period(2)`
    await sql`update periods set state = 'frozen', closed_on = '2026-03-10', frozen_on = '2026-03-10' where id = 1`
    scan.keyring.createPeriodKey(2)
    await sql`insert into periods (id, month, state, opened_on) values (2, '2026-03-01', 'open', '2026-03-10')`

    expect(await reverse(scanId)).toMatchObject({ status: 409, body: { code: 'freezing_in_progress' } })
    await freezeStatements(operator, 1)
    const both = await Promise.all([reverse(scanId), reverse(scanId)])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect(await read(`/statements/1.${venue!.organisationId}`)).toMatchObject({
      totalCents: 1000,
      adjustedCents: 1000,
      adjustments: [{ voucherCount: 1 }],
    })
    const [row] = await sql`select count(*)::int as count from transfers where kind = 'reversal_after_freezing'`
    expect(row).toEqual({ count: 1 })
  })
})

test('what a role asks of the ledger over HTTP', async () => {
  const movement = { payingAccountId: ids.account, amountCents: 5000, reference: 'VIR 12', proof: 'relevé 3' }
  expect(await scan.post('/ledger/reserve-fundings', movement, approver)).toEqual({
    status: 201,
    body: { reference: 'VIR 12' },
  })
  expect(await scan.post('/ledger/reserve-fundings', { ...movement, amountCents: -1 }, approver)).toMatchObject({
    status: 422,
  })
  expect(
    await scan.post(
      `/campaigns/${ids.campaign}/repayments`,
      { ...movement, organisationId: venue!.organisationId },
      approver,
    ),
  ).toMatchObject({
    status: 409,
    body: { code: 'not_enough_money' },
  })
  const { payingAccountId: _account, ...about } = { ...movement, reference: 'VIR 13', reason: 'trop versé' }
  const refund = { ...about, kind: 'refund', campaignId: ids.campaign, funderId: ids.funder, source: 'available' }
  const order = await scan.post('/money-orders', refund, coordinator)
  expect(order).toMatchObject({ status: 201, body: { state: 'proposed' } })
  expect(await scan.post(`/money-orders/${order.body.id}/decision`, { isApproved: true }, approver)).toMatchObject({
    status: 409,
    body: { code: 'refund_takes_what_is_owed' },
  })
  const prescriber = await givenMember(sql, 'auditor')
  expect(await scan.post('/ledger/reserve-fundings', movement, prescriber)).toMatchObject({ status: 403 })
  expect((await app.request('/api/v1/ledger/invariants')).status).toBe(401)
})

test('a batch over HTTP: prepared, frozen, approved, booked, returned', async () => {
  const { organisationId } = venue!
  await sql`insert into bank_accounts (organisation_id, iban, bic, holder_name, state, submitted_at, valid_from)
    values (${organisationId}, 'FR7630006000011234567890189', 'AGRIFRPP', 'Structure', 'verified', now(), '2026-01-02')`
  await givenAcceptedScan()
  await sql`select prepare_period(3)`
  await sql`update periods set state = 'frozen' where id = 2`
  scan.keyring.createPeriodKey(3)
  await sql`insert into periods (id, month, state, opened_on) values (3, '2026-03-01', 'open', '2026-03-10')`
  await freezeStatements(operator, 2)

  const { status, body: draft } = await scan.post('/payment-batches', {})
  expect({ status, state: draft.state }).toEqual({ status: 201, state: 'draft' })
  const shown = await read(`/payment-batches/${draft.id}`)
  expect(shown.proposed).toMatchObject([{ organisationId, amountCents: 1000 }])
  const { body: frozen } = await scan.post(`/payment-batches/${draft.id}/freezing`)
  const approval = await scan.post(`/payment-batches/${draft.id}/approval`, { sha256: frozen.sha256 }, approver)
  expect(approval).toMatchObject({ status: 200, body: { state: 'approved', totalCents: 1000 } })
  const { payouts } = await read(`/payment-batches/${draft.id}`)
  const booking = { bookedOn: '2026-03-10', proof: 'relevé 3' }
  expect(await scan.post(`/payouts/${payouts[0].id}/booking`, booking, approver)).toMatchObject({
    status: 200,
    body: { state: 'booked' },
  })
  expect((await read(`/statements/2.${organisationId}`)).state).toBe('paid')
  const failure = { on: '2026-03-10', reason: 'compte clos' }
  expect(await scan.post(`/payouts/${payouts[0].id}/rejection`, failure, approver)).toMatchObject({
    status: 409,
    body: { code: 'payout_is_booked' },
  })
  expect(await scan.post(`/payouts/${payouts[0].id}/withdrawal`, failure)).toMatchObject({ status: 409 })
  expect(await scan.post(`/payouts/${payouts[0].id}/return`, failure, approver)).toMatchObject({
    status: 200,
    body: { state: 'returned' },
  })
  expect((await read('/payment-batches')).items).toMatchObject([{ id: draft.id }])
})
