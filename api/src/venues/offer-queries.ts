import { type Database, type Transaction, venueServices, venues } from '@carnet/db'
import { asc, eq } from 'drizzle-orm'

/** What a venue offers; null: every service, those of later versions too. */
export async function listVenueServices(db: Database | Transaction, venueId: string): Promise<string[] | null> {
  const [venue] = await db.select({ isAll: venues.offersAllServices }).from(venues).where(eq(venues.id, venueId))
  if (venue?.isAll) return null
  const rows = await db
    .select({ code: venueServices.serviceCode })
    .from(venueServices)
    .where(eq(venueServices.venueId, venueId))
    .orderBy(asc(venueServices.serviceCode))
  return rows.map(({ code }) => code)
}
