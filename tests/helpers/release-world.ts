import { randomBytes, randomUUID } from 'node:crypto'
import { createApp } from '@carnet/api/app.ts'
import { createKeyring } from '@carnet/api/keyring/keyring.ts'
import { ensureOpenPeriod, rollPeriod } from '@carnet/api/periods/open-period.ts'
import { createScanning } from '@carnet/api/scanning.ts'
import { sealPeriod } from '@carnet/api/sealing/seal-period.ts'
import type { Sql } from 'postgres'
import { afterwards } from './afterwards.ts'
import { createTestDatabase } from './database.ts'
import { scanOf } from './scan-desk.ts'
import { insertVenue, insertVouchers, type TestVenue, type TestVoucher } from './scan-world.ts'
import { createKeyringRoot, freezeWithoutMoney, type Installation, startProcess } from './sealing.ts'

/** One accepted scan, by the numbers of its campaign, venue and service. */
export type Use = { campaign: number; venue: number; service: number; month: number }

const communes = [
  ...[
    { code: '16015', department: '16', epci: '200071827' },
    { code: '16102', department: '16', epci: '200071827' },
    { code: '16113', department: '16', epci: '200072023' },
    { code: '17300', department: '17', epci: '241700434' },
    { code: '17299', department: '17', epci: '241700434' },
    // An island of its own.
    { code: '17004', department: '17', epci: null },
  ],
  { code: '24322', department: '24', epci: '200040392' },
  { code: '24037', department: '24', epci: '200040392' },
  // Two quiet countrysides, where hardly anybody goes.
  { code: '24520', department: '24', epci: '200041168' },
  { code: '24120', department: '24', epci: '200041168' },
  { code: '24227', department: '24', epci: '200041572' },
  { code: '24026', department: '24', epci: '200041572' },
]
const themes = ['A', 'B', 'C', 'D', 'E']
export const serviceCodes = themes.flatMap((theme) => ['01', '02', '03', '04'].map((number) => theme + number))
/** Where the venues are: four in each département, and two towns with three; then the quiet ones. */
const busyCommunes = [0, 0, 0, 1, 3, 3, 3, 5, 6, 6, 7, 7]
const venueCommunes = [...busyCommunes, 8, 8, 9, 10, 10, 11]
export const isQuiet = (venue: number) => venue >= busyCommunes.length
export const communeOf = (venue: number) => communes[venueCommunes[venue]!]!
export const months = ['2026-10-01', '2026-11-01', '2026-12-01'] as const
const firstDays = ['2026-10-10', '2026-11-01', '2026-12-01', '2027-01-01'] as const
export const releaseDays = ['2026-11-10', '2026-12-10', '2027-01-11'] as const

/** Uses a month of each campaign: services told, again, themes only, and all together. */
const monthlyUses = [420, 280, 14, 8]
/** Of them, at the quiet venues. */
const quietUses = [6, 4, 1, 0]

/** The same uses for the same seed: some venues and services are much busier than others. */
export function drawUses(seed: number): Use[] {
  let state = seed
  const dice = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const skewed = (count: number, power: number) => Math.floor(dice() ** power * count)
  const order = busyCommunes.map((_, at) => at).sort((a, b) => ((a * 5) % 12) - ((b * 5) % 12))
  return months.flatMap((_, month) =>
    monthlyUses.flatMap((count, campaign) =>
      Array.from({ length: count }, (_, at) => {
        const busy = order[skewed(order.length, 1.5)]!
        const venue = at < quietUses[campaign]! ? busyCommunes.length + skewed(6, 1) : busy
        const service = skewed(serviceCodes.length, 1.8)
        return { campaign, venue, service: (service * 7) % serviceCodes.length, month }
      }),
    ),
  )
}

export type ReleaseWorld = Installation & {
  campaigns: { id: string; vouchers: TestVoucher[] }[]
  venues: TestVenue[]
  funder: string
  uses: readonly Use[]
}

/** A scheme in three départements with the uses of three months still to be made; the first month is open. */
export async function givenReleaseWorld(uses: readonly Use[] = drawUses(7)): Promise<ReleaseWorld> {
  const { url, sql } = await createTestDatabase()
  const keyringRoot = createKeyringRoot()
  const { identity } = createKeyring({ directory: `${keyringRoot}/one`, copyDirectory: `${keyringRoot}/two` })
  await sql`insert into installation (mode, keyring_id, created_on) values ('production', ${identity}, ${firstDays[0]})`
  await insertPlaces(sql)
  const installation = startProcess({ url, sql, keyringRoot, clock: { today: firstDays[0] } })
  const funder = randomUUID()
  await sql`insert into funders (id, name, kind, created_on) values (${funder}, 'Département', 'department', '2026-01-01')`
  const count = (campaign: number) => uses.filter((use) => use.campaign === campaign).length
  const campaigns = []
  for (const campaign of monthlyUses.keys())
    campaigns.push(await insertCampaign(installation, { number: campaign + 1, vouchers: count(campaign), funder }))
  const venues: TestVenue[] = []
  for (const [at, commune] of venueCommunes.entries())
    venues.push(await insertVenue(sql, at, { communeCode: communes[commune]!.code }))
  await ensureOpenPeriod(installation.operator)
  return { ...installation, campaigns, venues, funder, uses }
}

async function insertPlaces(sql: Sql): Promise<void> {
  await sql`insert into regions values ('75', 'Nouvelle-Aquitaine', 2026)`
  for (const code of ['16', '17', '24']) await sql`insert into departments values (${code}, ${`D${code}`}, '75', 2026)`
  for (const epci of new Set(communes.flatMap(({ epci }) => epci ?? [])))
    await sql`insert into epcis values (${epci}, ${`EPCI ${epci}`}, 2026)`
  for (const { code, department, epci } of communes)
    await sql`insert into communes (code, name, department_code, epci_code, postal_codes, former_codes, vintage) values (${code}, ${`C${code}`}, ${department}, ${epci}, '{}', '{}', 2026)`
  const version = randomUUID()
  await sql`insert into catalogue_versions (id, number, state, published_from, created_on) values (${version}, 1, 'published', '2026-01-01', '2026-01-01')`
  for (const theme of themes) await sql`insert into catalogue_themes values (${version}, ${theme}, ${`Thème ${theme}`})`
  for (const code of serviceCodes) {
    await sql`insert into services values (${code})`
    await sql`insert into catalogue_services (version_id, code, theme_code, title, description, level, national_service, duration_minutes, provenance)
      values (${version}, ${code}, ${code[0]!}, ${`Service ${code}`}, '', 'decouverte', '', 60, '')`
  }
}

type NewCampaign = { number: number; vouchers: number; funder: string }

async function insertCampaign({ sql, keyring }: Installation, { number, vouchers: count, funder }: NewCampaign) {
  const [id, run, boxId] = [randomUUID(), randomUUID(), randomUUID()]
  const [account, one, two] = [randomUUID(), randomUUID(), randomUUID()]
  for (const person of [one, two])
    await sql`insert into people (id, name, email, created_on) values (${person}, 'Personne', ${`${person}@example.org`}, '2026-01-01')`
  await sql`insert into paying_accounts (id, name, iban, bic, holder_name) values (${account}, ${`Compte ${number}`}, ${`FR76${number}`}, 'AGRIFRPP', 'Opérateur')`
  await sql`insert into campaigns (id, number, name, state, paying_account_id, face_value_cents, book_size, budgeted_books, starts_on, ends_on, target_public, objectives)
    values (${id}, ${number}, ${`Campagne ${number}`}, 'draft', ${account}, 1000, 10, 100000, '2026-01-01', '2027-12-31', 'Tous', 'Autonomie')`
  await sql`insert into campaign_funders (campaign_id, funder_id, part_cents) values (${id}, ${funder}, 1000)`
  await sql`update campaigns set state = 'open', opened_on = '2026-01-02' where id = ${id}`
  const books = Math.max(1, Math.ceil(count / 10))
  await sql`insert into print_runs (id, campaign_id, state, book_count, books_per_box, kid, age_recipient, requested_by, approved_by, requested_on, artefact_sha256)
    values (${run}, ${id}, 'active', ${books}, 10, 1, 'age1', ${one}, ${two}, '2026-01-01', ${randomBytes(32)})`
  await sql`insert into boxes (id, print_run_id, campaign_id, number, first_cover, last_cover, state, delivered_on, good_samples, activated_on)
    values (${boxId}, ${run}, ${id}, 1, 1, ${books}, 'active', '2026-01-03', 3, '2026-01-03')`
  const vouchers = await insertVouchers(sql, keyring, { campaignId: id, boxId, count: books * 10, firstCover: 1 })
  // People use theirs in turns: the first of each book, then the second.
  return { id, vouchers: Array.from(vouchers, (_, at) => vouchers[(at % books) * 10 + Math.floor(at / books)]!) }
}

/** The uses of a month are scanned; the month ends, its statements are frozen, what is due is sealed. */
export async function liveMonth(world: ReleaseWorld, month: number): Promise<void> {
  const { desk, clock, uses, campaigns, venues, operator } = world
  const before = (campaign: number) => uses.filter((use) => use.campaign === campaign && use.month < month).length
  const next = campaigns.map((_, campaign) => before(campaign))
  const scans = uses
    .filter((use) => use.month === month)
    .map(({ campaign, venue, service }) => {
      const voucher = campaigns[campaign]!.vouchers[next[campaign]!++]!
      return scanOf(voucher, venues[venue]!, { service: serviceCodes[service]!, day: clock.today })
    })
  for (let at = 0; at < scans.length; at += 200) {
    const answers = await desk.redeem(scans.slice(at, at + 200))
    const wrong = answers.find(({ outcome }) => outcome !== 'accepted')
    if (wrong) throw new Error(`A scan of the world was answered ${wrong.outcome} ${wrong.reason ?? ''}`)
  }
  clock.today = firstDays[month + 1]!
  await rollPeriod(operator)
  await freezeWithoutMoney(world, month + 1)
}

/** Months whose 31 days are over, as the month's job would. */
export async function sealOlder({ operator, clock }: ReleaseWorld, month: number): Promise<void> {
  clock.today = releaseDays[month]!
  if (month > 0) await sealPeriod(operator, month)
}

/** The whole app over this installation, at the installation's clock. */
export function openApp({ url, keyring, clock, operator }: Installation) {
  const now = () => new Date(`${clock.today}T10:00:00Z`)
  const [mode, publicUrl] = ['production' as const, 'http://localhost:8080']
  const { db } = operator
  const scanning = createScanning({ url, prepare: true, db, keyring, now, mode, generation: keyring.generation })
  afterwards(scanning.close)
  return createApp({ db, keyring, now, mode, publicUrl, scanning: scanning.parts })
}
