import { communes, type Database, departments, organisations, venueQualifications, venues } from '@carnet/db'
import { and, asc, eq, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'

const said = (column: string) => sql<string>`coalesce(${venues.standardRow} ->> ${column}, '')`

const isQualified = (today: Day) =>
  and(
    eq(venueQualifications.state, 'qualified'),
    lte(venueQualifications.validFrom, today),
    or(isNull(venueQualifications.validUntil), gt(venueQualifications.validUntil, today)),
  )

/** Venues where a voucher can be spent today, of a département or within a degree or so of a point. */
export async function listOpenVenues(
  db: Database,
  today: Day,
  place: { departmentCode: string; latitude: number; longitude: number; degrees: number },
) {
  const { departmentCode, latitude, longitude, degrees } = place
  return db
    .select({
      id: venues.id,
      name: venues.name,
      organisation: organisations.legalName,
      address: venues.address,
      postalCode: venues.postalCode,
      communeCode: venues.communeCode,
      commune: communes.name,
      epciCode: communes.epciCode,
      departmentCode: communes.departmentCode,
      latitude: venues.latitude,
      longitude: venues.longitude,
      openingHours: venues.openingHours,
      offersAllServices: venues.offersAllServices,
      services: sql<string[]>`array(select service_code from venue_services o where o.venue_id = ${venues.id})`,
      telephone: said('telephone'),
      website: said('site_web'),
      kinds: said('services'),
    })
    .from(venues)
    .innerJoin(venueQualifications, eq(venueQualifications.venueId, venues.id))
    .innerJoin(organisations, and(eq(organisations.id, venues.organisationId), isNotNull(organisations.siret)))
    .innerJoin(communes, eq(communes.code, venues.communeCode))
    .where(
      and(
        isQualified(today),
        or(
          eq(communes.departmentCode, departmentCode),
          sql`abs(${venues.latitude} - ${latitude}) < ${degrees} and abs(${venues.longitude} - ${longitude}) < ${degrees * 1.5}`,
        ),
      ),
    )
    .orderBy(asc(venues.name), asc(venues.id))
}

export type OpenVenueRow = Awaited<ReturnType<typeof listOpenVenues>>[number]

/** How many venues each commune has, by département. */
export async function countOpenVenues(db: Database, today: Day) {
  return db
    .select({
      departmentCode: communes.departmentCode,
      department: departments.name,
      commune: communes.name,
      postalCode: sql<string>`min(${venues.postalCode})`,
      venues: sql<number>`count(*)::int`,
    })
    .from(venues)
    .innerJoin(venueQualifications, eq(venueQualifications.venueId, venues.id))
    .innerJoin(communes, eq(communes.code, venues.communeCode))
    .innerJoin(departments, eq(departments.code, communes.departmentCode))
    .where(isQualified(today))
    .groupBy(communes.departmentCode, departments.name, communes.code, communes.name)
    .orderBy(asc(communes.departmentCode), asc(communes.name))
}
