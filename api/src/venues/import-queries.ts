import { type Database, organisations, type Transaction, venueOtherIds, venues } from '@carnet/db'
import { eq, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import type { Place } from './possible-duplicates.ts'
import type { KnownVenue, VenueValues } from './venue-import.ts'

type Reader = Database | Transaction
/** Many values as one parameter: a file may have more than a statement can. */
const texts = (values: readonly string[]) => sql`(select json_array_elements_text(${JSON.stringify(values)}::json))`

const knownColumns = {
  id: venues.id,
  organisationId: venues.organisationId,
  siret: organisations.siret,
  standardId: venues.standardId,
  name: venues.name,
  communeCode: venues.communeCode,
  postalCode: venues.postalCode,
  address: venues.address,
  latitude: venues.latitude,
  longitude: venues.longitude,
  openingHours: venues.openingHours,
  standardRow: venues.standardRow,
}

/** The venues that a file speaks of, by their id in the standard or by another id that somebody said is theirs. */
export async function listKnownVenues(db: Reader, standardIds: readonly string[]): Promise<KnownVenue[]> {
  const own = await db
    .select(knownColumns)
    .from(venues)
    .innerJoin(organisations, eq(organisations.id, venues.organisationId))
    .where(sql`${venues.standardId} in ${texts(standardIds)}`)
  const others = await db
    .select({ ...knownColumns, askedId: venueOtherIds.standardId })
    .from(venueOtherIds)
    .innerJoin(venues, eq(venues.id, venueOtherIds.venueId))
    .innerJoin(organisations, eq(organisations.id, venues.organisationId))
    .where(sql`${venueOtherIds.standardId} in ${texts(standardIds)}`)
  return [...others, ...own]
}

export async function addOtherIds(tx: Transaction, ids: { standardId: string; venueId: string }[]): Promise<void> {
  if (ids.length > 0) await tx.insert(venueOtherIds).values(ids).onConflictDoNothing()
}

/** Every venue as far as another may be the same place. */
export async function listPlacesOfVenues(db: Reader): Promise<(Place & { id: string })[]> {
  const { id, name, address, communeCode, latitude, longitude } = venues
  return db.select({ id, name, address, communeCode, latitude, longitude }).from(venues)
}

/** Who has these SIRETs; and who has these names among those without SIRET: a name alone never leads to one that is paid. */
export async function listPayees(
  db: Reader,
  { sirets, names }: { sirets: readonly string[]; names: readonly string[] },
): Promise<{ id: string; siret: string | null; legalName: string }[]> {
  const { id, siret, legalName } = organisations
  return db
    .select({ id, siret, legalName })
    .from(organisations)
    .where(sql`${siret} in ${texts(sirets)} or (${siret} is null and ${legalName} in ${texts(names)})`)
    .orderBy(id)
}

export async function insertOrganisations(
  tx: Transaction,
  rows: readonly { id: string; legalName: string; siret: string | null; createdOn: Day }[],
): Promise<void> {
  if (rows.length > 0) await tx.insert(organisations).values([...rows])
}

/** All of a batch in one statement. A venue keeps its id, its services, its phones: only what the row says changes. */
export async function writeVenues(
  tx: Transaction,
  rows: readonly (VenueValues & { organisationId: string; updatedOn: Day })[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into venues as v (organisation_id, standard_id, name, commune_code, postal_code, address, latitude, longitude,
      opening_hours, standard_row, updated_on)
    select "organisationId", "standardId", name, "communeCode", "postalCode", address, latitude, longitude,
      "openingHours", "standardRow", "updatedOn"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("organisationId" uuid, "standardId" text, name text,
      "communeCode" text, "postalCode" text, address text, latitude float8, longitude float8, "openingHours" text,
      "standardRow" jsonb, "updatedOn" date)
    on conflict (standard_id) do update set organisation_id = excluded.organisation_id, name = excluded.name,
      commune_code = excluded.commune_code, postal_code = excluded.postal_code, address = excluded.address,
      latitude = excluded.latitude, longitude = excluded.longitude, opening_hours = excluded.opening_hours,
      standard_row = excluded.standard_row, updated_on = excluded.updated_on`)
}
