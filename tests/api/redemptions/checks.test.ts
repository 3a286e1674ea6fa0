import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Phone, phoneWith, scanItem } from '../../helpers/phone.ts'
import { givenScanApp, type ScanApp } from '../../helpers/scan-app.ts'
import { insertVenue, makeVoucher } from '../../helpers/scan-world.ts'

let world: ScanApp
let phone: Phone
let at = 80
beforeAll(async () => {
  world = await givenScanApp()
})
beforeEach(async () => {
  world.clock.now = new Date('2026-03-10T09:00:00Z')
  phone = phoneWith(world.app, (await insertVenue(world.sql, at++)).token)
})
const newPhone = async () => phoneWith(world.app, (await insertVenue(world.sql, at++)).token)

describe('a check', () => {
  test('says what a scan would be answered, and writes nothing of the voucher', async () => {
    const before = await world.countRows()
    const [good, used] = [world.takeVoucher(), world.takeVoucher()]
    const forged = makeVoucher(world.keyring).qr
    const { vouchers: unpaid } = await world.givenCampaign({ services: ['A02'] })
    await phone.scan(scanItem(used))
    const verdicts: [Record<string, unknown>, Record<string, unknown>][] = [
      [{ code: good.qr }, { outcome: 'valid' }],
      [{ code: good.typed, service: 'A01', day: '2026-03-09' }, { outcome: 'valid' }],
      [{ code: used.qr }, { outcome: 'refused', reason: 'already_used', usedHere: true }],
      [
        { code: used.qr, day: '2026-03-09' },
        { outcome: 'refused', reason: 'already_used', usedHere: false },
      ],
      [{ code: makeVoucher(world.keyring).qr }, { outcome: 'refused', reason: 'unknown_voucher' }],
      [
        { code: forged.slice(0, -3) + (forged.endsWith('000') ? '001' : '000') },
        { outcome: 'refused', reason: 'bad_signature' },
      ],
      [{ code: 'nonsense' }, { outcome: 'refused', reason: 'malformed_code' }],
      [
        { code: good.qr, service: 'B77' },
        { outcome: 'refused', reason: 'service_not_offered' },
      ],
      [{ code: unpaid[0]!.qr }, { outcome: 'valid' }],
      [
        { code: unpaid[0]!.qr, service: 'A01' },
        { outcome: 'refused', reason: 'service_not_covered' },
      ],
      [{ code: good.qr, day: '2025-12-01' }, { outcome: 'valid' }],
      [{ code: good.qr, day: '0000-01-01' }, { outcome: 'valid' }],
      [
        { code: good.qr, venueId: world.venues[1]!.id },
        { outcome: 'refused', reason: 'venue_not_qualified' },
      ],
    ]
    for (const [check, verdict] of verdicts) expect(await phone.check(check)).toEqual({ status: 200, body: verdict })
    const after = await world.countRows()
    expect(after).toEqual({
      ...before,
      redemptions: before.redemptions! + 1,
      receipts: before.receipts! + 1,
      touchedVouchers: 0,
    })
    expect(await phone.scan(scanItem(good))).toMatchObject({ outcome: 'accepted' })
  })

  test('is malformed with a code that is no text, an odd service, or an odd day', async () => {
    for (const check of [{}, { code: 7 }, { code: 'x', service: 'cook' }, { code: 'x', day: '2026-02-30' }])
      expect(await phone.check(check)).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
  })
})

describe('checks are counted', () => {
  const count = async (token: string) => {
    const [row] = await world.sql`select sum(checks)::int as checks, sum(typed_checks)::int as typed from device_days
      where device_id = (select id from devices where token_hash = sha256(${token}::bytea))`
    return row
  }

  test('typed ones to twenty a day, and scans go on', async () => {
    const voucher = world.takeVoucher()
    for (let n = 0; n < 20; n++) expect((await phone.check({ code: voucher.typed })).status).toBe(200)
    expect(await phone.check({ code: voucher.typed })).toMatchObject({
      status: 429,
      body: { code: 'too_many_checks', facts: { checksPerDay: 200, typedChecksPerDay: 20 } },
    })
    expect((await phone.check({ code: voucher.qr })).status).toBe(200)
    expect(await phone.scan(scanItem(voucher.typed))).toMatchObject({ outcome: 'accepted' })
    expect((await (await newPhone()).check({ code: voucher.typed })).status).toBe(200)
    world.clock.now = new Date('2026-03-11T09:00:00Z')
    expect((await phone.check({ code: voucher.typed })).status).toBe(200)
  })

  test('all of them to two hundred a day, also when many come at once', async () => {
    const { qr } = world.takeVoucher()
    const statuses: number[] = []
    for (let n = 0; n < 11; n++)
      statuses.push(
        ...(await Promise.all(Array.from({ length: 20 }, () => phone.check({ code: qr })))).map((told) => told.status),
      )
    expect(statuses.filter((status) => status === 200)).toHaveLength(200)
    expect(statuses.filter((status) => status === 429)).toHaveLength(20)
    expect(await count(phone.token)).toEqual({ checks: 220, typed: 0 })
  })

  test('over all venues of a phone', async () => {
    const first = await insertVenue(world.sql, at++)
    await world.sql`update devices set venue_id = null where id = ${first.deviceId}`
    const second = await insertVenue(world.sql, at++, { organisationId: first.organisationId })
    const mobile = phoneWith(world.app, first.token)
    const { typed } = world.takeVoucher()
    for (let n = 0; n < 20; n++) await mobile.check({ code: typed, venueId: n % 2 ? first.id : second.id })
    expect((await mobile.check({ code: typed, venueId: first.id })).status).toBe(429)
  })
})

describe('a sample scan', () => {
  const sampleOf = async (qr: string) => (await phone.check({ code: qr, sample: true })).body

  test('of a delivered box counts once for each third of it, and says when three are there', async () => {
    const { boxId, vouchers } = await world.givenCampaign({ boxState: 'delivered', vouchers: 100 })
    const voucherOf = (cover: number) => vouchers.find((voucher) => voucher.cover === cover)!.qr
    const refusal = { outcome: 'refused', reason: 'not_active' }
    expect(await sampleOf(voucherOf(1))).toEqual({
      ...refusal,
      sample: { isCounted: true, goodSamples: 1, isComplete: false, nextCovers: { first: 5, last: 7 } },
    })
    expect(await sampleOf(voucherOf(1))).toMatchObject({ sample: { isCounted: false, goodSamples: 1 } })
    expect(await sampleOf(voucherOf(5))).toMatchObject({ sample: { isCounted: true, goodSamples: 2 } })
    expect(await sampleOf(voucherOf(10))).toEqual({
      ...refusal,
      sample: { isCounted: true, goodSamples: 3, isComplete: true, nextCovers: null },
    })
    expect(await world.sql`select good_samples from boxes where id = ${boxId}`).toEqual([{ good_samples: 3 }])
    expect(await world.countRows()).toMatchObject({ touchedVouchers: 0 })
  })

  test('counts only when it is asked for, and only for a box that was delivered', async () => {
    const delivered = await world.givenCampaign({ boxState: 'delivered', vouchers: 100 })
    const dispatched = await world.givenCampaign({ boxState: 'dispatched', vouchers: 100 })
    const revoked = await world.givenCampaign({ boxState: 'delivered', vouchers: 100 })
    expect((await phone.check({ code: delivered.vouchers[0]!.qr })).body).toEqual({
      outcome: 'refused',
      reason: 'not_active',
    })
    expect(await sampleOf(dispatched.vouchers[0]!.qr)).toEqual({ outcome: 'refused', reason: 'not_active' })
    // Read in part, then stopped: it is no sample any more, and what was counted stays.
    await sampleOf(revoked.vouchers[0]!.qr)
    await world.sql`update boxes set state = 'revoked' where id = ${revoked.boxId}`
    const answer = await sampleOf(revoked.vouchers[99]!.qr)
    expect(answer).toMatchObject({ outcome: 'refused' })
    expect(answer).not.toHaveProperty('sample')
    expect(await sampleOf(world.takeVoucher().qr)).toEqual({ outcome: 'valid' })
    expect(await sampleOf(makeVoucher(world.keyring).qr)).toEqual({ outcome: 'refused', reason: 'unknown_voucher' })
    const [row] =
      await world.sql`select sum(good_samples)::int as n from boxes where id in ${world.sql([delivered.boxId, dispatched.boxId])}`
    expect(row).toEqual({ n: 0 })
  })
})
