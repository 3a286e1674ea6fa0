import { randomUUID } from 'node:crypto'
import { blockHashOf } from '@carnet/api/keyring/block-hash.ts'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { givenMember } from '../../helpers/members.ts'
import { enrolPhone, phoneWith, scanItem } from '../../helpers/phone.ts'
import { givenScanApp, type ScanApp } from '../../helpers/scan-app.ts'
import { insertVenue } from '../../helpers/scan-world.ts'

let world: ScanApp
beforeAll(async () => {
  world = await givenScanApp()
  const { sql } = world
  const [published] = await sql<{ id: string }[]>`select id from catalogue_versions`
  const version = published!.id
  await sql`insert into catalogue_themes values (${version}, 'A', 'Thème A')`
})
beforeEach(() => {
  world.clock.now = new Date('2026-03-10T09:00:00Z')
})
const newVenuePhone = async (at: number) => {
  const venue = await insertVenue(world.sql, at)
  return { venue, phone: phoneWith(world.app, venue.token) }
}
type Bundle = {
  venues: {
    id: string
    services: { code: string }[]
    isQualified: boolean
    hasBankAccount: boolean
    territories: unknown[]
  }[]
  campaigns: {
    id: string
    state: string
    endsOn: string
    services: string[] | null
    venues: string[] | null
    territories: unknown
  }[]
  keys: { kid: number; publicKey: string; state: string }[]
  blocklist: string[]
  nextPayoutOn: string
}
const read = async (answer: Response): Promise<Bundle> => (await answer.json()) as Bundle

describe('the bundle', () => {
  test('holds what a phone needs to answer offline', async () => {
    const { venue, phone } = await newVenuePhone(60)
    await world.sql`update venues set offers_all_services = false where id = ${venue.id}`
    await world.sql`insert into venue_services values (${venue.id}, 'A02'), (${venue.id}, 'Z99')`
    const limited = await world.givenCampaign({
      services: ['A02'],
      venues: [venue.id, world.venues[0]!.id],
      territories: [{ kind: 'department', code: '16' }],
    })
    const bundle = await read(await phone.bundle())
    expect(bundle.venues).toEqual([
      {
        id: venue.id,
        name: 'Lieu 60',
        isQualified: true,
        hasBankAccount: false,
        territories: [
          { kind: 'commune', code: '16015' },
          { kind: 'department', code: '16' },
          { kind: 'region', code: '75' },
        ],
        services: [{ code: 'A02', theme: 'A', title: 'Service A02' }],
      },
    ])
    expect(bundle.campaigns.find(({ id }) => id === world.ids.campaign)).toMatchObject({
      number: 7,
      state: 'open',
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      graceDays: 31,
      services: null,
      venues: null,
      territories: null,
    })
    // The other venues of a campaign are not this phone's business.
    expect(bundle.campaigns.find(({ id }) => id === limited.id)).toMatchObject({
      services: ['A02'],
      venues: [venue.id],
      territories: [{ kind: 'department', code: '16' }],
    })
    expect(bundle.keys).toEqual(world.keyring.listPublicKeys())
    expect(Buffer.from(bundle.keys[0]!.publicKey, 'base64url')).toHaveLength(32)
    expect(bundle.nextPayoutOn).toBe('2026-04-07')
  })

  test('leaves out campaigns that are over, and says whether a venue is qualified and can be paid', async () => {
    const { venue, phone } = await newVenuePhone(61)
    const { id } = await world.givenCampaign({ state: 'closed' })
    await world.sql`update venue_qualifications set valid_until = '2026-03-10' where venue_id = ${venue.id}`
    const { campaigns, venues } = await read(await phone.bundle())
    expect(campaigns.some((campaign) => campaign.id === id)).toBe(false)
    expect(venues[0]).toMatchObject({ isQualified: false, hasBankAccount: false })
    const account = await world.sql`
      insert into bank_accounts (organisation_id, iban, bic, holder_name, submitted_at)
      select organisation_id, 'FR7630006000011234567890189', 'AGRIFRPP', name, '2026-03-01' from venues where id = ${venue.id}
      returning id`
    expect((await read(await phone.bundle())).venues[0]!.hasBankAccount).toBe(false)
    await world.sql`update bank_accounts set state = 'verified', valid_from = '2026-03-02' where id = ${account[0]!.id}`
    expect((await read(await phone.bundle())).venues[0]!.hasBankAccount).toBe(true)
  })

  test('is not sent again while nothing changed, and every answer says which one is right', async () => {
    const { phone } = await newVenuePhone(62)
    const first = await phone.bundle()
    const etag = first.headers.get('etag')!
    const tagOfAnswer = async () => (await phone.send([scanItem(world.takeVoucher())])).body.bundleEtag
    expect(etag).toBe(`"${await tagOfAnswer()}"`)
    world.clock.now = new Date('2026-03-10T10:00:00Z')
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`]) expect((await phone.bundle(tag)).status).toBe(304)

    const voucher = world.takeVoucher()
    await world.sql`update books set is_blocked = true where id = ${voucher.bookId}`
    const second = await phone.bundle(etag)
    expect(second.status).toBe(200)
    expect((await read(second)).blocklist).toContain(blockHashOf(voucher.code).toString('base64url'))
    await world.sql`update books set is_blocked = false where id = ${voucher.bookId}`
    expect((await phone.bundle(etag)).status).toBe(304)
  })

  test('is signed for a phone with a key', async () => {
    const { phone } = await enrolPhone(world.app, await world.enrolmentToken({ venueId: world.venues[0]!.id }))
    const answer = await phone.bundle()
    const text = await answer.text()
    expect(await phone.verifies(text, answer.headers.get('x-signature')!)).toBe(true)
    expect(await phone.verifies(text.replace('open', 'shut'), answer.headers.get('x-signature')!)).toBe(false)
    expect((await world.phones[0]!.bundle()).headers.get('x-signature')).toBeNull()
  })
})

describe('a revoked phone', () => {
  test('is refused on every route at once, and its scans are sent by another', async () => {
    const { phone, deviceId } = await enrolPhone(
      world.app,
      await world.enrolmentToken({ venueId: world.venues[0]!.id }),
    )
    const sent = scanItem(world.takeVoucher())
    await phone.scan(sent)
    const waiting = scanItem(world.takeVoucher())
    expect((await world.post(`/devices/${deviceId}/revocation`)).status).toBe(200)
    const refusals = [
      await phone.send([waiting]),
      await phone.check({ code: 'x' }),
      await phone.story(sent.scanId),
      await phone.reverse(sent.scanId),
      await phone.correct(sent.scanId, 'A02'),
    ]
    expect(refusals.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401])
    expect((await phone.bundle()).status).toBe(401)
    const { phone: successor } = await enrolPhone(
      world.app,
      await world.enrolmentToken({ venueId: world.venues[0]!.id }),
    )
    expect(await successor.scans([sent, waiting])).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted' }])
  })

  test('is refused by a process that knew it a moment ago', async () => {
    const { venue, phone } = await newVenuePhone(63)
    const known = scanItem(world.takeVoucher())
    await phone.scan(known)
    await world.sql`update devices set state = 'revoked' where id = ${venue.deviceId}`
    const elsewhere = [
      await phone.check({ code: 'x' }),
      await phone.story(known.scanId),
      await phone.reverse(known.scanId),
    ]
    expect([...elsewhere.map(({ status }) => status), (await phone.bundle()).status]).toEqual([401, 401, 401, 401])
    await world.sql`update devices set state = 'active' where id = ${venue.deviceId}`
    await phone.scan(known)
    await world.sql`update devices set state = 'revoked' where id = ${venue.deviceId}`
    const waiting = scanItem(world.takeVoucher())
    const answer = await phone.send([known, waiting])
    expect(answer).toMatchObject({ status: 401, body: { code: 'device_revoked' } })
    expect(await world.sql`select 1 from scan_receipts where scan_id = ${waiting.scanId}`).toHaveLength(0)
    expect((await phone.reverse(known.scanId)).status).toBe(401)
  })

  test('in the middle of a request loses nothing: each scan has one outcome', async () => {
    const { venue, phone } = await newVenuePhone(64)
    const { vouchers } = await world.givenCampaign({ vouchers: 50 })
    await phone.bundle()
    const items = vouchers.map((voucher) => scanItem(voucher))
    const [answer] = await Promise.all([
      phone.send(items),
      world.sql`update devices set state = 'revoked' where id = ${venue.deviceId}`,
    ])
    expect([200, 401]).toContain(answer.status)
    const [accepted] = await world.sql<
      { n: number }[]
    >`select count(*)::int as n from scan_receipts where venue_id = ${venue.id}`
    const { phone: successor } = await enrolPhone(world.app, await world.enrolmentToken({ venueId: venue.id }))
    const results = await successor.scans(items)
    expect(results.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(50)
    if (answer.status === 200) expect(accepted!.n).toBe(50)
  })

  test('is revoked by its own manager or a coordinator, once in the audit log', async () => {
    const { venue } = await newVenuePhone(65)
    const manager = await givenMember(world.sql, 'venue_manager', venue.organisationId)
    const stranger = await givenMember(world.sql, 'venue_manager', world.venues[0]!.organisationId)
    const revoke = (as?: { headers: Record<string, string> }) =>
      world.post(`/devices/${venue.deviceId}/revocation`, {}, as)
    expect((await revoke(stranger)).status).toBe(404)
    expect((await revoke(manager)).status).toBe(200)
    expect((await revoke()).status).toBe(200)
    expect((await world.post(`/devices/${randomUUID()}/revocation`)).status).toBe(404)
    const lines =
      await world.sql`select details from audit_log where action = 'device_revoked' and details ->> 'ownerId' = ${venue.organisationId}`
    expect(lines).toHaveLength(1)
  })
})

test('a scanner that is too old is told to update, whatever it asks; a program that says no number is heard', async () => {
  const phone = world.phones[0]!
  const old = { 'x-scanner': '0' }
  for (const answer of [
    await phone.ask('GET', '/bundle', undefined, old),
    await phone.ask('POST', '/scans', JSON.stringify({ scans: [scanItem(world.takeVoucher())] }), old),
    await phone.ask('GET', `/scans/${randomUUID()}/contest`, undefined, old),
  ])
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([426, 'scanner_outdated'])
  expect((await phone.ask('GET', '/bundle', undefined, { 'x-scanner': '1' })).status).toBe(200)
  expect((await phone.ask('GET', '/bundle')).status).toBe(200)
})
