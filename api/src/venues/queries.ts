import { communes, type Database, organisations, services, type Transaction, venueServices, venues } from '@carnet/db'
import { and, asc, type Column, eq, or, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { contains } from '../shared/list-queries.ts'
import { takeLock } from '../shared/lock-queries.ts'
import type { StandardRow } from './national-standard.ts'
import type { QualificationState } from './qualification.ts'
import type { VenueValues } from './venue-import.ts'

type Reader = Database | Transaction
export type Organisation = typeof organisations.$inferSelect
export type Page = { limit: number; cursor?: string | undefined; q?: string | undefined }

/** The rows after the one with this id, in the order of names; two places may have one name. */
const comesAfter = (table: typeof venues | typeof organisations, name: Column, id: string) =>
  sql`(${name}, ${table.id}) > (select ${name}, ${table.id} from ${table} where ${table.id} = ${id})`

export async function insertOrganisation(
  tx: Transaction,
  values: { legalName: string; siret: string | null; createdOn: Day },
): Promise<Organisation> {
  const [created] = await tx.insert(organisations).values(values).onConflictDoNothing().returning()
  if (!created) throw new AppError('conflict', 'siret_already_known', 'An organisation has this SIRET already')
  return created
}

export async function getOrganisation(db: Reader, id: string): Promise<Organisation> {
  const [organisation] = await db.select().from(organisations).where(eq(organisations.id, id))
  if (!organisation) throw new AppError('not_found', 'organisation_not_found', 'There is no such organisation')
  return organisation
}

export async function updateOrganisation(
  tx: Transaction,
  id: string,
  change: Partial<Pick<Organisation, 'legalName' | 'siret' | 'vatStatus'>>,
): Promise<Organisation> {
  const [changed] = await tx.update(organisations).set(change).where(eq(organisations.id, id)).returning()
  if (!changed) throw new AppError('not_found', 'organisation_not_found', 'There is no such organisation')
  return changed
}

export async function findOrganisationBySiret(db: Reader, siret: string): Promise<Organisation | undefined> {
  const [found] = await db.select().from(organisations).where(eq(organisations.siret, siret))
  return found
}

export async function listOrganisations(db: Reader, page: Page & { id?: string | null }) {
  return db
    .select({
      id: organisations.id,
      legalName: organisations.legalName,
      siret: organisations.siret,
      vatStatus: organisations.vatStatus,
      createdOn: organisations.createdOn,
      venues: sql<number>`(select count(*)::int from venues where venues.organisation_id = organisations.id)`,
    })
    .from(organisations)
    .where(
      and(
        page.id ? eq(organisations.id, page.id) : undefined,
        page.q ? or(contains(organisations.legalName, page.q), eq(organisations.siret, page.q)) : undefined,
        page.cursor ? comesAfter(organisations, organisations.legalName, page.cursor) : undefined,
      ),
    )
    .orderBy(asc(organisations.legalName), asc(organisations.id))
    .limit(page.limit)
}

/** One import at a time: two of one file would both make its organisations. */
export async function lockImports(tx: Transaction): Promise<void> {
  await takeLock(tx, 'venueImports')
}

/** Returns the venue's id: a new one, or that of the venue which has this id in the standard. */
export async function writeVenue(
  tx: Transaction,
  values: VenueValues & { organisationId: string; updatedOn: Day },
): Promise<string> {
  const { standardId: _key, ...changes } = values
  const [written] = await tx
    .insert(venues)
    .values(values)
    .onConflictDoUpdate({ target: venues.standardId, set: changes })
    .returning({ id: venues.id })
  return written!.id
}

/** Null: all services, those of later versions too. */
export async function writeVenueServices(
  tx: Transaction,
  venueId: string,
  codes: readonly string[] | null,
): Promise<void> {
  await tx
    .update(venues)
    .set({ offersAllServices: codes === null })
    .where(eq(venues.id, venueId))
  await tx.delete(venueServices).where(eq(venueServices.venueId, venueId))
  const rows = [...new Set(codes)].map((serviceCode) => ({ venueId, serviceCode }))
  if (rows.length > 0) await tx.insert(venueServices).values(rows)
}

export async function listUnknownServices(db: Reader, codes: readonly string[]): Promise<string[]> {
  const known = await db.select({ code: services.code }).from(services)
  return codes.filter((code) => !known.some((service) => service.code === code))
}

const venueColumns = {
  id: venues.id,
  standardId: venues.standardId,
  organisationId: venues.organisationId,
  organisation: organisations.legalName,
  name: venues.name,
  address: venues.address,
  postalCode: venues.postalCode,
  communeCode: venues.communeCode,
  commune: communes.name,
  departmentCode: communes.departmentCode,
  latitude: venues.latitude,
  longitude: venues.longitude,
  openingHours: venues.openingHours,
  updatedOn: venues.updatedOn,
}

const currentState = (today: Day) => sql<QualificationState | null>`(
  select q.state from venue_qualifications q where q.venue_id = ${venues.id}
    and q.valid_from <= ${today} and (q.valid_until is null or q.valid_until > ${today}))`

const venueList = (db: Reader, today: Day) =>
  db
    .select({ ...venueColumns, qualification: currentState(today) })
    .from(venues)
    .innerJoin(organisations, eq(organisations.id, venues.organisationId))
    .innerJoin(communes, eq(communes.code, venues.communeCode))

/** By name of the venue, its commune or its organisation, or by postcode. */
export async function listVenues(db: Reader, today: Day, page: Page) {
  const { q } = page
  return venueList(db, today)
    .where(
      and(
        q
          ? or(
              contains(venues.name, q),
              contains(communes.name, q),
              contains(organisations.legalName, q),
              eq(venues.postalCode, q),
            )
          : undefined,
        page.cursor ? comesAfter(venues, venues.name, page.cursor) : undefined,
      ),
    )
    .orderBy(asc(venues.name), asc(venues.id))
    .limit(page.limit)
}

/** The venues of one organisation, by name. */
export const listOwnVenues = (db: Reader, today: Day, organisationId: string) =>
  venueList(db, today).where(eq(venues.organisationId, organisationId)).orderBy(asc(venues.name), asc(venues.id))

export async function getVenue(db: Reader, today: Day, id: string) {
  const [venue] = await venueList(db, today).where(eq(venues.id, id))
  if (!venue) throw new AppError('not_found', 'venue_not_found', 'There is no such venue')
  return venue
}

/** Whose venue it is. */
export async function getVenueOrganisation(db: Reader, id: string): Promise<string> {
  const [venue] = await db.select({ organisationId: venues.organisationId }).from(venues).where(eq(venues.id, id))
  if (!venue) throw new AppError('not_found', 'venue_not_found', 'There is no such venue')
  return venue.organisationId
}

export async function getStandardRow(db: Reader, id: string): Promise<StandardRow> {
  const [venue] = await db.select({ row: venues.standardRow }).from(venues).where(eq(venues.id, id))
  if (!venue) throw new AppError('not_found', 'venue_not_found', 'There is no such venue')
  return venue.row
}

/** Every venue as the standard has it, in the order of its ids. */
export async function listStandardRows(db: Reader): Promise<StandardRow[]> {
  const rows = await db.select({ row: venues.standardRow }).from(venues).orderBy(asc(venues.standardId))
  return rows.map(({ row }) => row)
}
