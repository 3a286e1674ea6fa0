import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { signVoucher } from '@carnet/api/books/sign-voucher.ts'
import { formatTypedCode } from '@carnet/api/books/typed-code.ts'
import { encodePayload, type VoucherFields, voucherText } from '@carnet/api/books/voucher-payload.ts'
import type { Keyring } from '@carnet/api/keyring/keyring.ts'
import type { Sql } from 'postgres'

export type TestVoucher = {
  qr: string
  typed: string
  code: Uint8Array
  codeMac: string
  bookId: string
  cover: number
}
export type TestVenue = { id: string; organisationId: string; token: string; deviceId: string }

/** The day on which every test of scans takes place, unless it says otherwise. */
export const worldToday = '2026-03-10'

type WorldOptions = { vouchers?: number; venues?: number; services?: number; month?: string; endsOn?: string }

/**
 * The smallest world in which a voucher can be scanned, written by its owner: one open campaign, one active box, books of ten,
 * and venues of organisations of their own, each with a phone that needs no signature.
 */
export async function givenScanWorld(sql: Sql, keyring: Keyring, options: WorldOptions = {}) {
  const {
    vouchers: voucherCount = 20,
    venues: venueCount = 2,
    services = 3,
    month = '2026-03-01',
    endsOn = '2026-12-31',
  } = options
  const ids = {
    campaign: randomUUID(),
    funder: randomUUID(),
    account: randomUUID(),
    run: randomUUID(),
    box: randomUUID(),
  }
  const people = [randomUUID(), randomUUID(), randomUUID()]
  await sql`insert into regions values ('75', 'Nouvelle-Aquitaine', 2026)`
  await sql`insert into departments values ('16', 'Charente', '75', 2026)`
  await sql`insert into communes (code, name, department_code, postal_codes, former_codes, vintage) values ('16015', 'Angoulême', '16', '{16000}', '{}', 2026)`
  for (const [at, id] of people.entries())
    await sql`insert into people (id, name, email, created_on) values (${id}, ${`Personne ${at}`}, ${`p${at}@example.org`}, '2026-01-01')`
  for (let at = 1; at <= services; at++) await sql`insert into services values (${`A${String(at).padStart(2, '0')}`})`
  await sql`insert into services values ('Z99')`
  await sql`insert into catalogue_versions (number, state, published_from, created_on) values (1, 'published', '2026-01-01', '2026-01-01')`
  await sql`insert into catalogue_services (version_id, code, theme_code, title, description, level, national_service, duration_minutes, provenance)
    select v.id, s.code, left(s.code, 1), 'Service ' || s.code, '', 'decouverte', '', 60, '' from services s, catalogue_versions v where s.code <> 'Z99'`
  await sql`insert into paying_accounts (id, name, iban, bic, holder_name) values (${ids.account}, 'Compte', 'FR7630006000011234567890189', 'AGRIFRPP', 'Opérateur')`
  await sql`insert into funders (id, name, kind, created_on) values (${ids.funder}, 'Département', 'department', '2026-01-01')`
  await sql`insert into campaigns (id, number, name, state, paying_account_id, face_value_cents, book_size, budgeted_books, starts_on, ends_on, pays_all_services, target_public, objectives)
    values (${ids.campaign}, 7, 'Campagne', 'draft', ${ids.account}, 1000, 10, 100000, '2026-01-01', ${endsOn}, true, 'Tous', 'Autonomie')`
  await sql`insert into campaign_funders (campaign_id, funder_id, part_cents) values (${ids.campaign}, ${ids.funder}, 1000)`
  await sql`update campaigns set state = 'open', opened_on = '2026-01-02' where id = ${ids.campaign}`
  const bookCount = Math.ceil(voucherCount / 10)
  await sql`insert into print_runs (id, campaign_id, state, book_count, books_per_box, kid, age_recipient, requested_by, approved_by, requested_on, artefact_sha256)
    values (${ids.run}, ${ids.campaign}, 'active', ${bookCount}, 10, 1, 'age1', ${people[0]!}, ${people[1]!}, '2026-01-01', ${randomBytes(32)})`
  await sql`insert into boxes (id, print_run_id, campaign_id, number, first_cover, last_cover, state, delivered_on, good_samples, activated_on)
    values (${ids.box}, ${ids.run}, ${ids.campaign}, 1, 1, ${bookCount}, 'active', '2026-01-03', 3, '2026-01-03')`

  const vouchers = await insertVouchers(sql, keyring, {
    campaignId: ids.campaign,
    boxId: ids.box,
    count: voucherCount,
    firstCover: 1,
  })
  const venues: TestVenue[] = []
  for (let at = 0; at < venueCount; at++) venues.push(await insertVenue(sql, at))
  await openPeriod(sql, keyring, 1, month)
  return { ids, people, vouchers, venues, services: ['A01', 'A02', 'A03'].slice(0, services) }
}

export async function insertVouchers(
  sql: Sql,
  keyring: Keyring,
  { campaignId, boxId, count, firstCover }: { campaignId: string; boxId: string; count: number; firstCover: number },
): Promise<TestVoucher[]> {
  const books = Array.from({ length: Math.ceil(count / 10) }, (_, at) => ({ id: randomUUID(), cover: firstCover + at }))
  for (let at = 0; at < books.length; at += 1000)
    await sql`insert into books ${sql(
      books
        .slice(at, at + 1000)
        .map(({ id, cover }) => ({ id, box_id: boxId, campaign_id: campaignId, cover_number: cover })),
    )}`
  const vouchers = Array.from({ length: count }, (_, at) => makeVoucher(keyring, books[Math.floor(at / 10)]!))
  const sorted = [...vouchers].sort((a, b) => (a.codeMac < b.codeMac ? -1 : 1))
  for (let at = 0; at < sorted.length; at += 1000)
    await sql`insert into vouchers ${sql(
      sorted.slice(at, at + 1000).map(({ codeMac, bookId, code }) => ({
        code_mac: codeMac,
        campaign_id: campaignId,
        book_id: bookId,
        block_hash: keyring.sealBlockHash(code),
      })),
    )}`
  return vouchers
}

/** A voucher, of campaign 7 unless it says otherwise, signed; not in the database until somebody inserts it. */
export function makeVoucher(
  keyring: Keyring,
  book: { id: string; cover: number } = { id: '', cover: 0 },
  printed: Partial<VoucherFields> = {},
): TestVoucher {
  const code = Uint8Array.from(randomBytes(8))
  code[0]! &= 15
  const fields = { isTraining: false, kid: 1, campaignNumber: 7, lastDay: '2026-12-31', faceValueEuros: 10, code }
  const qr = voucherText(signVoucher(encodePayload({ ...fields, ...printed }), keyring.signingKey(1)))
  return {
    qr,
    typed: formatTypedCode(code),
    code,
    codeMac: keyring.codeMac(1, code)!,
    bookId: book.id,
    cover: book.cover,
  }
}

/** A venue qualified since January, of an organisation of its own unless one is given, with a phone for this venue alone. */
export async function insertVenue(
  sql: Sql,
  at: number,
  { communeCode = '16015', organisationId }: { communeCode?: string; organisationId?: string } = {},
): Promise<TestVenue> {
  const venue = {
    id: randomUUID(),
    organisationId: organisationId ?? randomUUID(),
    token: randomUUID(),
    deviceId: randomUUID(),
  }
  if (!organisationId)
    await sql`insert into organisations (id, legal_name, created_on) values (${venue.organisationId}, ${`Structure ${at}`}, '2026-01-01')`
  await sql`insert into venues (id, organisation_id, standard_id, name, commune_code, postal_code, address, standard_row, updated_on)
    values (${venue.id}, ${venue.organisationId}, ${venue.id}, ${`Lieu ${at}`}, ${communeCode}, '16000', 'Rue', '{}', '2026-01-01')`
  await sql`insert into venue_qualifications (venue_id, state, valid_from) values (${venue.id}, 'qualified', '2026-01-01')`
  await sql`insert into devices (id, organisation_id, venue_id, label, token_hash, enrolled_on, last_seen_on, expires_on)
    values (${venue.deviceId}, ${venue.organisationId}, ${venue.id}, 'Téléphone', ${createHash('sha256').update(venue.token).digest()}, '2026-01-01', ${worldToday}, '2027-12-31')`
  return venue
}

/** Old → closed, new → open, as the periods' own step does it. */
export async function openPeriod(sql: Sql, keyring: Keyring, id: number, month: string): Promise<void> {
  keyring.createPeriodKey(id)
  await sql`select prepare_period(${id})`
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(7201)`
    await tx`update periods set state = 'closed', closed_on = ${month} where state = 'open'`
    await tx`insert into periods (id, month, state, opened_on) values (${id}, ${month}, 'open', ${month})`
  })
}
