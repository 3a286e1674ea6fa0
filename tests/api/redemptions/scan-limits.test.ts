import { readFileSync } from 'node:fs'
import { enrolmentMinutes, limits, mostGaps, tokenDays } from '@carnet/api/devices/device.ts'
import { knownForMs } from '@carnet/api/devices/device-directory.ts'
import { countedDays } from '@carnet/api/devices/forget-old-counts.ts'
import { mostScans } from '@carnet/api/redemptions/scan-request.ts'
import { bodyLimits } from '@carnet/api/shared/http-limits.ts'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Phone, phoneWith, scanItem } from '../../helpers/phone.ts'
import { givenScanApp, type ScanApp } from '../../helpers/scan-app.ts'
import { insertVenue, makeVoucher } from '../../helpers/scan-world.ts'

let world: ScanApp
let at = 200
beforeAll(async () => {
  world = await givenScanApp()
})
beforeEach(() => {
  world.clock.now = new Date('2026-03-10T09:00:00Z')
})
const guesses = (count: number) => Array.from({ length: count }, () => scanItem(makeVoucher(world.keyring)))
const reasonOfGuess = async (phone: Phone) => (await phone.scan(guesses(1)[0])).reason
const counted = async (venueId: string): Promise<number> => {
  const [row] = await world.sql<
    { n: number }[]
  >`select sum(unknown_codes)::int as n from device_days where venue_id = ${venueId}`
  return row!.n
}
const newVenue = async () => {
  const venue = await insertVenue(world.sql, at++)
  return { venue, phone: phoneWith(world.app, venue.token) }
}
/** One more phone of the same venue. */
async function anotherPhone({ id, organisationId }: { id: string; organisationId: string }): Promise<Phone> {
  const token = `token ${at++}`.replace(' ', '-')
  await world.sql`insert into devices (organisation_id, venue_id, label, token_hash, enrolled_on, last_seen_on, expires_on)
    values (${organisationId}, ${id}, 'Téléphone', sha256(${token}::bytea), '2026-01-01', '2026-03-10', '2027-12-31')`
  return phoneWith(world.app, token)
}

describe('codes that nobody knows', () => {
  test('are told apart ten times a day, and valid vouchers pass all the same', async () => {
    const { phone } = await newVenue()
    for (let n = 0; n < limits.unknownCodesPerDeviceAndDay; n++)
      expect(await reasonOfGuess(phone)).toBe('unknown_voucher')
    expect(await reasonOfGuess(phone)).toBe('unknown_device_limit')
    expect(await phone.scan(scanItem(world.takeVoucher()))).toMatchObject({ outcome: 'accepted' })
    expect(await phone.scan(scanItem(world.takeVoucher().typed))).toMatchObject({ outcome: 'accepted' })
    world.clock.now = new Date('2026-03-11T09:00:00Z')
    expect(await reasonOfGuess(phone)).toBe('unknown_voucher')
  })

  test('are counted at the venue too, over all its phones', async () => {
    const { venue } = await newVenue()
    for (let n = 0; n < 5; n++) await (await anotherPhone(venue)).scans(guesses(10))
    expect(await counted(venue.id)).toBe(limits.unknownCodesPerVenueAndDay)
    expect(await reasonOfGuess(await anotherPhone(venue))).toBe('unknown_device_limit')
    expect(await reasonOfGuess((await newVenue()).phone)).toBe('unknown_voucher')
  })

  test('of two requests at once are all counted, and no later one passes', async () => {
    const { venue, phone } = await newVenue()
    const [one, two] = await Promise.all([phone.scans(guesses(8)), phone.scans(guesses(8))])
    expect([...one, ...two].every(({ outcome }) => outcome === 'refused')).toBe(true)
    expect(await counted(venue.id)).toBe(16)
    expect(await reasonOfGuess(phone)).toBe('unknown_device_limit')
  })

  test('of another phone of the venue count at once where this phone counts too', async () => {
    const { venue, phone } = await newVenue()
    expect(await reasonOfGuess(phone)).toBe('unknown_voucher')
    for (let n = 0; n < 5; n++) await (await anotherPhone(venue)).scans(guesses(10))
    expect(await reasonOfGuess(phone)).toBe('unknown_voucher')
    expect(await reasonOfGuess(phone)).toBe('unknown_device_limit')
  })

  test('do not count what is malformed, used or blocked', async () => {
    const { venue, phone } = await newVenue()
    const voucher = world.takeVoucher()
    await phone.scan(scanItem(voucher))
    await phone.scans(Array.from({ length: 20 }, (_, n) => scanItem(n % 2 ? voucher : 'nonsense')))
    expect(await counted(venue.id)).toBe(null)
    expect(await reasonOfGuess(phone)).toBe('unknown_voucher')
  })
})

describe('a request', () => {
  test('that is longer than its limit is not read', async () => {
    const { phone } = await newVenue()
    const tooLong = (path: string, bytes: number) => phone.ask('POST', path, '{}', { 'content-length': String(bytes) })
    expect((await tooLong('/scans', 131_073)).status).toBe(413)
    expect((await tooLong('/checks', 131_073)).status).toBe(413)
    expect((await tooLong('/enrolments', 8193)).status).toBe(413)
  })

  test('of fifty scans in envelopes is shorter than that', () => {
    const envelope = {
      key: { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) },
      iv: 'i'.repeat(16),
      data: 'd'.repeat(300),
    }
    const scans = Array(mostScans).fill({
      ...scanItem('', { seq: 2_147_483_647, venueId: world.venues[0]!.id }),
      envelope,
    })
    const { maxBytes } = bodyLimits.find(({ path }) => path.test('/api/v1/device/scans'))!
    expect(JSON.stringify({ pending: 1, oldestAgeS: 1, scans }).length).toBeLessThan(maxBytes)
  })
})

test('docs/limits.md says what the code does', () => {
  const page = readFileSync(new URL('../../../docs/limits.md', import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$/gm)].slice(1)
  const documented = Object.fromEntries(rows.map(([, what, value]) => [what, value]))
  const kibibytes = (path: string) => `${bodyLimits.find((group) => group.path.test(path))!.maxBytes / 1024} KiB`
  expect(documented).toMatchObject({
    'Scans in one request': `1 to ${mostScans}`,
    'Body of a request with scans or a check': kibibytes('/api/v1/device/scans'),
    'Body of any other request of a phone': kibibytes('/api/v1/device/enrolments'),
    'Unknown codes of one phone': `${limits.unknownCodesPerDeviceAndDay} a day`,
    'Unknown codes at one venue': `${limits.unknownCodesPerVenueAndDay} a day`,
    'Checks of one phone': `${limits.checksPerDeviceAndDay} a day`,
    'Typed checks of one phone': `${limits.typedChecksPerDeviceAndDay} a day`,
    'Life of an enrolment token': `${enrolmentMinutes} minutes, once`,
    'Life of a phone’s token': `${tokenDays} days`,
    'What a server process remembers of a phone': `${knownForMs / 1000} seconds`,
    'Numbers of missing scans': `${mostGaps}`,
    'Counts of checks and unknown codes': `${countedDays} days`,
    'Day of a scan': '30 days back to 1 day ahead',
    'Length of a code': '200 characters',
    'Sequence number': '0 to 2147483647',
    'First answer of a scan': '13 months after sealing',
  })
})
