import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Phone, phoneWith, scanItem } from '../../helpers/phone.ts'
import { givenScanApp, type ScanApp } from '../../helpers/scan-app.ts'
import { insertVenue, makeVoucher, type TestVoucher } from '../../helpers/scan-world.ts'

let world: ScanApp
let phone: Phone
beforeAll(async () => {
  world = await givenScanApp()
  phone = world.phones[0]!
  const { sql } = world
  await sql`insert into regions values ('84', 'Auvergne-Rhône-Alpes', 2026)`
  await sql`insert into departments values ('69', 'Rhône', '84', 2026)`
  await sql`insert into epcis values ('200046977', 'Métropole de Lyon', 2026)`
  await sql`insert into communes (code, name, department_code, epci_code, parent_code, postal_codes, former_codes, vintage) values
    ('69123', 'Lyon', '69', '200046977', null, '{69001}', '{}', 2026),
    ('69387', 'Lyon 7e', '69', '200046977', '69123', '{69007}', '{}', 2026)`
})
beforeEach(() => {
  world.clock.now = new Date('2026-03-10T09:00:00Z')
})

const dayOfScan = async ({ codeMac }: TestVoucher): Promise<string> => {
  const tag = world.keyring.tag(1, codeMac)!
  const [row] = await world.sql<{ day: string }[]>`select day::text from redemptions where tag = ${tag}`
  return row!.day
}

describe('the day of use', () => {
  test.each([
    ['as sent, thirty days back', '2026-02-08', '2026-02-08'],
    ['as sent, yesterday', '2026-03-09', '2026-03-09'],
    ['as sent, tomorrow by a clock that runs ahead', '2026-03-11', '2026-03-11'],
    ['today, when it is thirty-one days back', '2026-02-07', '2026-03-10'],
    ['today, when it is the day after tomorrow', '2026-03-12', '2026-03-10'],
    ['today, when the phone woke up in another century', '1970-01-01', '2026-03-10'],
    ['today, before there were years', '0000-01-01', '2026-03-10'],
    ['today, at the end of them', '9999-12-31', '2026-03-10'],
  ])('is %s', async (_, day, kept) => {
    const voucher = world.takeVoucher()
    expect(await phone.scan(scanItem(voucher, { day }))).toMatchObject({ outcome: 'accepted', paidOn: '2026-04-07' })
    expect(await dayOfScan(voucher)).toBe(kept)
  })

  test('changes in Paris, not in Greenwich', async () => {
    world.clock.now = new Date('2026-03-10T23:30:00Z')
    const voucher = world.takeVoucher()
    await phone.scan(scanItem(voucher, { day: '2026-03-13' }))
    expect(await dayOfScan(voucher)).toBe('2026-03-11')
  })

  test('is before the campaign', async () => {
    const { vouchers } = await world.givenCampaign({ startsOn: '2026-03-05' })
    const results = await phone.scans([
      scanItem(vouchers[0]!, { day: '2026-03-04' }),
      scanItem(vouchers[1]!, { day: '2026-03-05' }),
    ])
    expect(results).toMatchObject([{ reason: 'campaign_not_open' }, { outcome: 'accepted' }])
  })
})

describe('the end of validity', () => {
  // 31 January and 31 days of grace: the last good day is 3 March.
  const ended = () => world.givenCampaign({ state: 'ending', endsOn: '2026-01-31' })

  test('is the last day of grace', async () => {
    const { vouchers } = await ended()
    const results = await phone.scans([
      scanItem(vouchers[0]!, { day: '2026-03-03' }),
      scanItem(vouchers[1]!, { day: '2026-03-04' }),
      scanItem(vouchers[2]!, { day: '2026-03-10' }),
    ])
    expect(results).toMatchObject([{ outcome: 'accepted' }, { reason: 'expired' }, { reason: 'expired' }])
  })

  test('of an older day is judged as thirty days ago', async () => {
    const { vouchers } = await ended()
    expect(await phone.scan(scanItem(vouchers[0]!, { day: '2025-12-20' }))).toMatchObject({ outcome: 'accepted' })
    expect(await dayOfScan(vouchers[0]!)).toBe('2026-03-10')
    const { vouchers: older } = await world.givenCampaign({ state: 'ending', endsOn: '2026-01-07' })
    expect(await phone.scan(scanItem(older[0]!, { day: '2025-12-20' }))).toMatchObject({ reason: 'expired' })
  })

  test('of a day to come is judged as today', async () => {
    const { vouchers } = await ended()
    expect(await phone.scan(scanItem(vouchers[0]!, { day: '2031-01-01' }))).toMatchObject({ reason: 'expired' })
  })

  test('is the campaign’s, not the one printed: it may have been extended', async () => {
    const { id, vouchers } = await ended()
    const { qr } = makeVoucher(world.keyring, undefined, { lastDay: '2026-01-31', code: vouchers[0]!.code })
    expect(await phone.scan(scanItem(qr))).toMatchObject({ reason: 'expired' })
    await world.sql`update campaigns set ends_on = '2026-02-28' where id = ${id}`
    expect(await phone.scan(scanItem(qr))).toMatchObject({ outcome: 'accepted' })
  })

  test('comes with the end of uploads, whatever the day', async () => {
    for (const state of ['uploads_closed', 'closed'] as const) {
      const { vouchers } = await world.givenCampaign({ state, endsOn: '2026-02-01' })
      const item = scanItem(vouchers[0]!, { day: '2026-02-20' })
      expect(await phone.scan(item)).toMatchObject({ reason: 'too_old' })
    }
  })
})

describe('a campaign of a territory', () => {
  test.each([
    ['its commune', 'commune', '69387'],
    ['the commune of its arrondissement', 'commune', '69123'],
    ['its EPCI', 'epci', '200046977'],
    ['its département', 'department', '69'],
    ['its région', 'region', '84'],
  ])('is paid at a venue of %s, and not elsewhere', async (_, kind, code) => {
    const inLyon = await insertVenue(world.sql, 50, { communeCode: '69387' })
    const { vouchers } = await world.givenCampaign({ territories: [{ kind, code }] })
    expect(await phone.scan(scanItem(vouchers[0]!))).toMatchObject({ reason: 'out_of_area' })
    expect(await phoneWith(world.app, inLyon.token).scan(scanItem(vouchers[1]!))).toMatchObject({ outcome: 'accepted' })
  })

  test('with a list of venues is paid at these alone', async () => {
    const { vouchers } = await world.givenCampaign({ venues: [world.venues[0]!.id] })
    expect(await phone.scan(scanItem(vouchers[0]!))).toMatchObject({ outcome: 'accepted' })
    expect(await world.phones[1]!.scan(scanItem(vouchers[1]!))).toMatchObject({ reason: 'out_of_area' })
  })
})

describe('a service', () => {
  test('is one that the venue offers and the campaign pays', async () => {
    const venue = await insertVenue(world.sql, 51)
    await world.sql`update venues set offers_all_services = false where id = ${venue.id}`
    await world.sql`insert into venue_services values (${venue.id}, 'A01'), (${venue.id}, 'A02')`
    const { vouchers } = await world.givenCampaign({ services: ['A02', 'A03'] })
    const there = phoneWith(world.app, venue.token)
    const results = await there.scans([
      scanItem(vouchers[0]!, { service: 'A01' }),
      scanItem(vouchers[1]!, { service: 'A02' }),
      scanItem(vouchers[2]!, { service: 'A03' }),
    ])
    expect(results).toMatchObject([
      { reason: 'service_not_covered' },
      { outcome: 'accepted' },
      { reason: 'service_not_offered' },
    ])
  })
})

describe('a service of the catalogue', () => {
  const insertService = (
    version: string,
    code: string,
    retiredOn: string | null = null,
    replacedBy: string | null = null,
  ) =>
    world.sql`insert into catalogue_services (version_id, code, theme_code, title, description, level, national_service, duration_minutes, provenance, retired_on, replaced_by)
      values (${version}, ${code}, 'B', ${code}, '', 'decouverte', '', 60, '', ${retiredOn}, ${replacedBy})`

  beforeAll(async () => {
    const { sql } = world
    for (const code of ['B01', 'B02', 'B03']) await sql`insert into services values (${code})`
    const [first] = await sql<{ id: string }[]>`select id from catalogue_versions where state = 'published'`
    await insertService(first!.id, 'B01')
    const [next] = await sql<{ id: string }[]>`
      insert into catalogue_versions (number, state, published_from, created_on) values (2, 'published', '2026-03-05', '2026-03-01') returning id`
    await insertService(next!.id, 'B01', '2026-03-07', 'B02')
    await insertService(next!.id, 'B02')
    await sql`insert into catalogue_services select ${next!.id}, code, theme_code, title, description, level, national_service, duration_minutes, provenance
      from catalogue_services where version_id = ${first!.id} and code like 'A%'`
    const [draft] = await sql<{ id: string }[]>`
      insert into catalogue_versions (number, state, created_on) values (3, 'draft', '2026-03-01') returning id`
    await insertService(draft!.id, 'B02', '2026-03-01')
    await insertService(draft!.id, 'B03')
  })

  test.each([
    ['B01', '2026-03-04', 'accepted', 'before the version that retires it'],
    ['B01', '2026-03-06', 'accepted', 'until the day before it is retired'],
    ['B01', '2026-03-07', 'service_not_offered', 'from the day it is retired'],
    ['B02', '2026-03-04', 'service_not_offered', 'before it is published'],
    ['B02', '2026-03-05', 'accepted', 'from its first day, whatever a draft says'],
    ['B03', '2026-03-10', 'service_not_offered', 'that only a draft has'],
    ['A01', '2026-03-10', 'accepted', 'that every version has'],
  ])('%s on %s is %s: %s', async (service, day, verdict) => {
    const item = scanItem(world.takeVoucher(), { service, day })
    const { outcome, reason } = (await phone.scan(item)) as { outcome: string; reason?: string }
    expect(reason ?? outcome).toBe(verdict)
  })

  test('that replaces another is offered and paid where the other one was, once it is retired', async () => {
    const venue = await insertVenue(world.sql, 53)
    await world.sql`update venues set offers_all_services = false where id = ${venue.id}`
    await world.sql`insert into venue_services values (${venue.id}, 'B01')`
    const { vouchers } = await world.givenCampaign({ services: ['B01'] })
    const there = phoneWith(world.app, venue.token)
    const results = await there.scans([
      scanItem(vouchers[0]!, { service: 'B02', day: '2026-03-06' }),
      scanItem(vouchers[1]!, { service: 'B02', day: '2026-03-07' }),
    ])
    expect(results).toMatchObject([{ reason: 'service_not_offered' }, { outcome: 'accepted' }])
  })

  test('is given by a correction under the same rule', async () => {
    const item = scanItem(world.takeVoucher(), { service: 'A01', day: '2026-03-08' })
    await phone.scan(item)
    expect(await phone.correct(item.scanId, 'B01')).toMatchObject({ body: { reason: 'service_not_offered' } })
    expect(await phone.correct(item.scanId, 'B02')).toMatchObject({ body: { outcome: 'accepted' } })
  })
})

describe('a qualification', () => {
  test('counts on the day of use: earlier scans stay payable', async () => {
    const venue = await insertVenue(world.sql, 52)
    await world.sql`update venue_qualifications set valid_until = '2026-03-05' where venue_id = ${venue.id}`
    await world.sql`insert into venue_qualifications (venue_id, state, valid_from) values (${venue.id}, 'suspended', '2026-03-05')`
    const there = phoneWith(world.app, venue.token)
    const results = await there.scans([
      scanItem(world.takeVoucher(), { day: '2026-03-04' }),
      scanItem(world.takeVoucher(), { day: '2026-03-05' }),
      scanItem(world.takeVoucher()),
    ])
    expect(results).toMatchObject([
      { outcome: 'accepted' },
      { reason: 'venue_not_qualified' },
      { reason: 'venue_not_qualified' },
    ])
  })
})

describe('the venue of a scan', () => {
  test('is the phone’s own when it has one', async () => {
    const ids = [world.venues[0]!.id, world.venues[0]!.id.toUpperCase()]
    for (const venueId of ids)
      expect(await phone.scan(scanItem(world.takeVoucher(), { venueId }))).toMatchObject({ outcome: 'accepted' })
    const sister = await insertVenue(world.sql, 53, { organisationId: world.venues[0]!.organisationId })
    for (const venueId of [sister.id, world.venues[1]!.id, randomUUID()])
      expect(await phone.scan(scanItem(world.takeVoucher(), { venueId }))).toMatchObject({
        reason: 'venue_not_qualified',
        detail: 'venueId: not a venue of this phone',
      })
  })

  test('is chosen on a phone of a whole organisation, and known a second after it was added', async () => {
    const first = await insertVenue(world.sql, 54)
    await world.sql`update devices set venue_id = null where id = ${first.deviceId}`
    const mobile = phoneWith(world.app, first.token)
    expect(await mobile.scan(scanItem(world.takeVoucher()))).toMatchObject({ outcome: 'accepted' })
    const second = await insertVenue(world.sql, 55, { organisationId: first.organisationId })
    for (const venueId of [first.id, second.id])
      expect(await mobile.scan(scanItem(world.takeVoucher(), { venueId }))).toMatchObject({ outcome: 'accepted' })
    expect(await mobile.scan(scanItem(world.takeVoucher()))).toMatchObject({ reason: 'venue_not_qualified' })
  })
})
