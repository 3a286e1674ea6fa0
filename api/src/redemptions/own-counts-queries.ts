import { type Database, periods, redemptions, venues } from '@carnet/db'
import { and, count, desc, eq } from 'drizzle-orm'

/** What an organisation did itself in the open month, by venue and service: its own scans, seen by nobody else. */
export async function countOwnServices(db: Database, organisationId: string) {
  return db
    .select({ month: periods.month, venue: venues.name, serviceCode: redemptions.serviceCode, count: count() })
    .from(redemptions)
    .innerJoin(periods, eq(periods.id, redemptions.periodId))
    .innerJoin(venues, eq(venues.id, redemptions.venueId))
    .where(
      and(eq(redemptions.organisationId, organisationId), eq(redemptions.state, 'accepted'), eq(periods.state, 'open')),
    )
    .groupBy(periods.month, venues.name, redemptions.serviceCode)
    .orderBy(desc(count()), redemptions.serviceCode)
}
