import { randomUUID } from 'node:crypto'
import { refusalReasons } from '@carnet/api/redemptions/scan.ts'
import { refusalReason } from '@carnet/db'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Phone, type Result, scanItem } from '../../helpers/phone.ts'
import { givenScanApp, type ScanApp } from '../../helpers/scan-app.ts'
import { makeVoucher } from '../../helpers/scan-world.ts'

let world: ScanApp
let phone: Phone
let elsewhere: Phone
const printed = [
  vi.spyOn(console, 'log'),
  vi.spyOn(console, 'error'),
  vi.spyOn(console, 'warn'),
  vi.spyOn(console, 'info'),
]
beforeAll(async () => {
  world = await givenScanApp({ venues: 3 })
  phone = world.phones[0]!
  elsewhere = world.phones[1]!
})
afterAll(() => vi.restoreAllMocks())

/** Each reason in the way it really comes about: what to send, and what came before. */
const ways: Record<string, () => Promise<{ item: Record<string, unknown>; expected?: Partial<Result> }>> = {
  unknown_voucher: async () => ({ item: scanItem(makeVoucher(world.keyring)) }),
  malformed_code: async () => ({ item: scanItem('P1 and nothing that follows') }),
  async bad_signature() {
    const { qr } = makeVoucher(world.keyring)
    return { item: scanItem(qr.slice(0, -3) + (qr.endsWith('000') ? '001' : '000')) }
  },
  async already_used() {
    const voucher = world.takeVoucher()
    await elsewhere.scan(scanItem(voucher))
    return { item: scanItem(voucher), expected: { usedHere: false } }
  },
  async not_active() {
    const { vouchers } = await world.givenCampaign({ boxState: 'delivered' })
    return { item: scanItem(vouchers[0]!) }
  },
  async blocked() {
    const { vouchers } = await world.givenCampaign()
    await world.sql`update books set is_blocked = true where id = ${vouchers[0]!.bookId}`
    return { item: scanItem(vouchers[0]!) }
  },
  async expired() {
    const { vouchers } = await world.givenCampaign({ endsOn: '2025-12-31' })
    return { item: scanItem(vouchers[0]!) }
  },
  async campaign_not_open() {
    const { vouchers } = await world.givenCampaign({ state: 'agreed' })
    return { item: scanItem(vouchers[0]!) }
  },
  async out_of_area() {
    const { vouchers } = await world.givenCampaign({ venues: [world.venues[1]!.id] })
    return { item: scanItem(vouchers[0]!) }
  },
  service_not_offered: async () => ({ item: scanItem(world.takeVoucher(), { service: 'B77' }) }),
  async service_not_covered() {
    const { vouchers } = await world.givenCampaign({ services: ['A02'] })
    return { item: scanItem(vouchers[0]!) }
  },
  // Venue and organisation are qualified since January only.
  venue_not_qualified: async () => ({
    item: scanItem((await world.givenCampaign()).vouchers[0]!, { venueId: world.venues[1]!.id }),
  }),
  async too_old() {
    const { vouchers } = await world.givenCampaign({ state: 'uploads_closed', endsOn: '2026-02-02' })
    return { item: scanItem(vouchers[0]!, { day: '2026-02-20' }) }
  },
  async withdrawn() {
    const item = scanItem(world.takeVoucher())
    await phone.reverse(item.scanId)
    return { item }
  },
  async scan_id_reused() {
    const first = scanItem(world.takeVoucher())
    await phone.scan(first)
    return { item: { ...scanItem(world.takeVoucher()), scanId: first.scanId } }
  },
  async unknown_device_limit() {
    await elsewhere.scans(Array.from({ length: 10 }, () => scanItem(makeVoucher(world.keyring))))
    return { item: scanItem(makeVoucher(world.keyring)) }
  },
}

describe('a scan is refused, and refused alike when it comes again', () => {
  test('the list of reasons is closed', () => {
    expect([...refusalReasons].sort()).toEqual([...refusalReason.enumValues].sort())
    expect(Object.keys(ways).sort()).toEqual([...refusalReasons].sort())
  })

  test.each(Object.keys(ways))('%s', async (reason) => {
    const { item, expected } = await ways[reason]!()
    const sender = reason === 'unknown_device_limit' ? elsewhere : phone
    const first = await sender.scan(item)
    expect(first).toMatchObject({ scanId: item.scanId, outcome: 'refused', reason, ...expected })
    expect(await sender.scan(item)).toEqual(first)
    expect((await sender.scans([scanItem(world.takeVoucher()), item]))[1]).toEqual(first)
  })

  test.each(['not_active', 'blocked'])('%s, also after its cause went away', async (reason) => {
    const { item } = await ways[reason]!()
    const first = await phone.scan(item)
    await world.sql`update boxes set state = 'active', good_samples = 3, activated_on = '2026-03-10' where state = 'delivered'`
    await world.sql`update books set is_blocked = false`
    expect(await phone.scan(item)).toEqual(first)
    expect(await phone.scan({ ...item, scanId: randomUUID() })).toMatchObject({ outcome: 'accepted' })
  })
})

describe('a used voucher', () => {
  test('was used here, on the same day and at the same venue', async () => {
    const voucher = world.takeVoucher()
    await phone.scan(scanItem(voucher))
    expect(await phone.scan(scanItem(voucher))).toMatchObject({ reason: 'already_used', usedHere: true })
    expect(await phone.scan(scanItem(voucher, { day: '2026-03-09' }))).toMatchObject({ usedHere: false })
    expect(await elsewhere.scan(scanItem(voucher))).toMatchObject({ reason: 'already_used', usedHere: false })
  })

  test('twice in one request is accepted once', async () => {
    const voucher = world.takeVoucher()
    const results = await phone.scans([scanItem(voucher), scanItem(voucher)])
    expect(results).toMatchObject([{ outcome: 'accepted' }, { reason: 'already_used', usedHere: true }])
  })
})

describe('a scan says nothing outside its two rows', () => {
  test('the ledger, the audit log and the vouchers are untouched', async () => {
    const before = await world.countRows()
    await phone.scans([scanItem(world.takeVoucher()), scanItem(makeVoucher(world.keyring)), scanItem('nonsense')])
    const { redemptions, receipts, ...rest } = await world.countRows()
    expect({ redemptions, receipts }).toEqual({ redemptions: before.redemptions! + 1, receipts: before.receipts! + 2 })
    expect(rest).toEqual({ audit: before.audit, transfers: before.transfers, touchedVouchers: 0 })
  })

  test('a training voucher is accepted everywhere and writes nothing', async () => {
    const training = makeVoucher(world.keyring, undefined, { isTraining: true })
    const before = await world.countRows()
    expect(await phone.scan(scanItem(training))).toMatchObject({ outcome: 'accepted', training: true })
    expect(await phone.scan(scanItem(training))).toMatchObject({ outcome: 'accepted', training: true })
    expect((await phone.check({ code: training.qr })).body).toEqual({ outcome: 'valid', training: true })
    expect(await world.countRows()).toEqual(before)
  })

  test('no line was printed', () => {
    expect(printed.flatMap(({ mock }) => mock.calls)).toEqual([])
  })
})
