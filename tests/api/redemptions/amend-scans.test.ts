import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Phone, phoneWith, scanItem, type Told } from '../../helpers/phone.ts'
import { givenScanApp, type ScanApp } from '../../helpers/scan-app.ts'
import { insertVenue, makeVoucher } from '../../helpers/scan-world.ts'

let world: ScanApp
let phone: Phone
let elsewhere: Phone
beforeAll(async () => {
  world = await givenScanApp()
  phone = world.phones[0]!
  elsewhere = world.phones[1]!
})
beforeEach(async () => setPeriod('open'))

/** Also back again, which a period never does by itself. */
const setPeriod = (state: string) =>
  world.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`delete from periods where id = 2`
    await tx`update periods set state = ${state} where id = 1`
  })
/** The month of the scans is over: they are in this state now, and another month is open. */
async function afterwards(state: 'closed' | 'frozen' | 'sealing', run: () => Promise<void>): Promise<void> {
  const { sql, keyring } = world
  keyring.createPeriodKey(2)
  await sql`select prepare_period(2) where to_regclass('redemptions_p2') is null`
  await setPeriod(state)
  await sql`insert into periods (id, month, state, opened_on) values (2, '2026-04-01', 'open', '2026-04-01')`
  await run().finally(() => setPeriod('open'))
}
async function givenAccepted(also: Record<string, unknown> = {}) {
  const voucher = world.takeVoucher()
  const item = scanItem(voucher, also)
  expect(await phone.scan(item)).toMatchObject({ outcome: 'accepted' })
  return { voucher, item, scanId: item.scanId }
}
const serviceOf = async (codeMac: string) => {
  const tag = world.keyring.tag(1, codeMac)!
  const [row] = await world.sql`select service_code, state from redemptions where tag = ${tag}`
  return row
}
const conflict = (code: string) => ({ status: 409, body: { code } })
const notFound = { status: 404, body: { code: 'scan_not_found' } }

describe('a phone bound to one venue', () => {
  test('neither undoes nor corrects a scan of another venue of its organisation; one bound to none does', async () => {
    const annex = await insertVenue(world.sql, 92, { organisationId: world.venues[0]!.organisationId })
    const colleague = phoneWith(world.app, annex.token)
    const { scanId } = await givenAccepted()
    expect(await colleague.reverse(scanId)).toMatchObject(notFound)
    expect(await colleague.correct(scanId, 'A02')).toMatchObject(notFound)
    expect(await phone.story(scanId)).toMatchObject({ body: { now: 'accepted' } })
    await world.sql`update devices set venue_id = null where id = ${annex.deviceId}`
    expect(await colleague.correct(scanId, 'A02')).toMatchObject({ status: 200 })
    expect(await colleague.reverse(scanId)).toMatchObject({ status: 200, body: { now: 'reversed' } })
  })
})

describe('undoing a scan', () => {
  test('frees its voucher, and the scan keeps its outcome', async () => {
    const { voucher, item, scanId } = await givenAccepted()
    expect(await phone.reverse(scanId)).toEqual({ status: 200, body: { scanId, now: 'reversed' } })
    expect(await phone.reverse(scanId)).toEqual({ status: 200, body: { scanId, now: 'reversed' } })
    const again = await phone.scan(item)
    expect(again).toMatchObject({ outcome: 'accepted', now: 'reversed' })
    expect(again.paidOn).toBeUndefined()
    expect(await phone.story(scanId)).toEqual({ status: 200, body: { scanId, outcome: 'accepted', now: 'reversed' } })
    expect(await elsewhere.scan(scanItem(voucher))).toMatchObject({ outcome: 'accepted', now: 'accepted' })
    expect(await world.countRows()).toMatchObject({ audit: 0, transfers: 0, touchedVouchers: 0 })
  })

  test('works while the month is closed, and not once its statement is frozen', async () => {
    const [first, second] = [await givenAccepted(), await givenAccepted()]
    await afterwards('closed', async () => {
      expect(await phone.reverse(first.scanId)).toMatchObject({ status: 200 })
    })
    await afterwards('frozen', async () => {
      expect(await phone.reverse(second.scanId)).toMatchObject(conflict('statement_frozen'))
      expect(await phone.reverse(first.scanId)).toMatchObject({ status: 200, body: { now: 'reversed' } })
    })
    await afterwards('sealing', async () => {
      expect(await phone.reverse(second.scanId)).toMatchObject(conflict('period_sealed'))
    })
    expect(await phone.story(second.scanId)).toMatchObject({ body: { now: 'accepted' } })
  })

  test('of a refused scan, of another organisation, or of no scan at all', async () => {
    const refused = scanItem(makeVoucher(world.keyring))
    await phone.scan(refused)
    expect(await phone.reverse(refused.scanId)).toMatchObject(conflict('scan_was_refused'))
    const { scanId } = await givenAccepted()
    expect(await elsewhere.reverse(scanId)).toMatchObject(notFound)
    expect(await phone.reverse(scanId, { venueId: world.venues[1]!.id })).toMatchObject({
      status: 404,
      body: { code: 'venue_not_found' },
    })
    expect(await phone.story(scanId)).toMatchObject({ body: { now: 'accepted' } })
  })

  test('that has not arrived withdraws it', async () => {
    const item = scanItem(world.takeVoucher())
    expect(await phone.reverse(item.scanId)).toMatchObject({ body: { now: 'withdrawn' } })
    expect(await phone.reverse(item.scanId)).toMatchObject({ body: { now: 'withdrawn' } })
    expect(await phone.story(item.scanId)).toEqual({ status: 200, body: { scanId: item.scanId, outcome: 'withdrawn' } })
    expect(await phone.scan(item)).toMatchObject({ outcome: 'refused', reason: 'withdrawn' })
    expect(await phone.correct(item.scanId, 'A02')).toMatchObject(conflict('scan_was_refused'))
    expect(await phone.scan({ ...item, scanId: randomUUID() })).toMatchObject({ outcome: 'accepted' })
  })

  test('on a phone of several venues needs the venue only when the scan is not here', async () => {
    const first = await insertVenue(world.sql, 90)
    await insertVenue(world.sql, 91, { organisationId: first.organisationId })
    await world.sql`update devices set venue_id = null where id = ${first.deviceId}`
    const mobile = phoneWith(world.app, first.token)
    const item = scanItem(world.takeVoucher(), { venueId: first.id })
    await mobile.scan(item)
    expect(await mobile.reverse(item.scanId)).toMatchObject({ body: { now: 'reversed' } })
    const late = scanItem(world.takeVoucher(), { venueId: first.id })
    expect(await mobile.reverse(late.scanId)).toMatchObject(notFound)
    expect(await mobile.reverse(late.scanId, { venueId: first.id.toUpperCase() })).toMatchObject({
      body: { now: 'withdrawn' },
    })
    expect(await mobile.scan(late)).toMatchObject({ reason: 'withdrawn' })
  })
})

describe('correcting the service', () => {
  test('keeps the scan and its voucher', async () => {
    const { voucher, item, scanId } = await givenAccepted()
    expect(await phone.correct(scanId, 'A02')).toEqual({
      status: 200,
      body: { scanId, outcome: 'accepted', now: 'accepted' },
    })
    expect(await serviceOf(voucher.codeMac)).toEqual({ service_code: 'A02', state: 'accepted' })
    expect(await phone.scan(item)).toMatchObject({ outcome: 'accepted', now: 'accepted' })
    expect(await phone.scan(scanItem(voucher))).toMatchObject({ reason: 'already_used' })
    expect(await phone.correct(scanId, 'A01')).toMatchObject({ status: 200 })
  })

  test('is refused for a service that is not offered or not paid, and the old one stays', async () => {
    const { vouchers } = await world.givenCampaign({ services: ['A01', 'A02'] })
    const item = scanItem(vouchers[0]!)
    await phone.scan(item)
    const refused = { scanId: item.scanId, outcome: 'refused' }
    expect((await phone.correct(item.scanId, 'A03')).body).toEqual({ ...refused, reason: 'service_not_covered' })
    expect((await phone.correct(item.scanId, 'B77')).body).toEqual({ ...refused, reason: 'service_not_offered' })
    expect((await phone.correct(item.scanId, 'cooking')).status).toBe(400)
    expect(await serviceOf(vouchers[0]!.codeMac)).toMatchObject({ service_code: 'A01' })
  })

  test('is too late once the statement is frozen', async () => {
    const { scanId } = await givenAccepted()
    await afterwards('closed', async () => {
      expect(await phone.correct(scanId, 'A02')).toMatchObject({ status: 200 })
    })
    await afterwards('frozen', async () => {
      expect(await phone.correct(scanId, 'A03')).toMatchObject(conflict('statement_frozen'))
    })
    await afterwards('sealing', async () => {
      expect(await phone.correct(scanId, 'A03')).toMatchObject(conflict('period_sealed'))
    })
  })

  test('of a scan that was undone or refused, of another organisation, or of no scan at all', async () => {
    const { scanId } = await givenAccepted()
    expect(await elsewhere.correct(scanId, 'A02')).toMatchObject(notFound)
    await phone.reverse(scanId)
    expect(await phone.correct(scanId, 'A02')).toMatchObject(conflict('scan_was_reversed'))
    const refused = scanItem(makeVoucher(world.keyring))
    await phone.scan(refused)
    expect(await phone.correct(refused.scanId, 'A02')).toMatchObject(conflict('scan_was_refused'))
    expect(await phone.correct(randomUUID(), 'A02')).toMatchObject(notFound)
  })
})

describe('the story of a scan', () => {
  test('is told to its organisation, whatever became of it', async () => {
    const { scanId, voucher } = await givenAccepted()
    const twice = scanItem(voucher)
    await phone.scan(twice)
    expect(await phone.story(scanId)).toEqual({ status: 200, body: { scanId, outcome: 'accepted', now: 'accepted' } })
    expect(await phone.story(scanId.toUpperCase())).toMatchObject({ status: 200, body: { scanId } })
    expect((await phone.story(twice.scanId)).body).toEqual({
      scanId: twice.scanId,
      outcome: 'refused',
      reason: 'already_used',
      usedHere: true,
    })
    expect(await elsewhere.story(scanId)).toMatchObject(notFound)
    expect(await phone.story(randomUUID())).toMatchObject(notFound)
  })

  test('of a sealed month is its first answer', async () => {
    const answered = async (outcome: string, reason: string | null, isReversed: boolean) => {
      const scanId = randomUUID()
      await world.sql`insert into answers (answer_mac, outcome, reason, is_reversed, kept_until)
        values (${world.keyring.answerMac(scanId)}, ${outcome}, ${reason}, ${isReversed}, '2027-04-30')`
      return scanId
    }
    const stories: [string, Partial<Record<string, unknown>>][] = [
      [await answered('accepted', null, false), { outcome: 'accepted', now: 'accepted' }],
      [await answered('accepted', null, true), { outcome: 'accepted', now: 'reversed' }],
      [await answered('refused', 'blocked', false), { outcome: 'refused', reason: 'blocked' }],
      [await answered('withdrawn', null, false), { outcome: 'withdrawn' }],
    ]
    for (const [scanId, story] of stories) {
      expect(await phone.story(scanId)).toEqual({ status: 200, body: { scanId, ...story } })
      expect(await phone.reverse(scanId)).toMatchObject(conflict('period_sealed'))
      expect(await phone.correct(scanId, 'A02')).toMatchObject(conflict('period_sealed'))
      const late = await phone.scan(scanItem(world.takeVoucher(), { scanId }))
      expect(late.outcome).toBe(story.outcome === 'accepted' ? 'accepted' : 'refused')
    }
  })
})

describe('an incident, undone by a coordinator', () => {
  const undo = (scanId: string): Promise<Told> =>
    world.post(`/scans/${scanId}/reversal`, { organisationId: world.venues[0]!.organisationId })

  test('frees the voucher in a closed month, and is one line of the audit log that names no scan', async () => {
    const { scanId, voucher } = await givenAccepted()
    await afterwards('closed', async () => {
      expect(await undo(scanId)).toMatchObject({ status: 200 })
      expect(await undo(scanId)).toMatchObject({ status: 200 })
    })
    expect(await elsewhere.scan(scanItem(voucher))).toMatchObject({ outcome: 'accepted' })
    const lines = await world.sql<
      { details: Record<string, unknown> }[]
    >`select details from audit_log where action = 'incident_reversed'`
    expect(lines).toHaveLength(1)
    expect(JSON.stringify(lines)).not.toContain(scanId)
    expect(lines[0]!.details).toMatchObject({ campaignId: world.ids.campaign, wasFrozen: false })
  })

  test('is too late once the month is being sealed', async () => {
    const { scanId } = await givenAccepted()
    await afterwards('sealing', async () => {
      expect(await undo(scanId)).toMatchObject(conflict('period_sealed'))
    })
  })
})
