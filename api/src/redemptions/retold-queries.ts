import { type Database, organisations, retoldScans, type Transaction, venues } from '@carnet/db'
import { asc, desc, eq, lt, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'

export async function addRetold(tx: Transaction, count: typeof retoldScans.$inferInsert): Promise<void> {
  await tx
    .insert(retoldScans)
    .values(count)
    .onConflictDoUpdate({
      target: [retoldScans.venueId, retoldScans.day],
      set: {
        accepted: sql`${retoldScans.accepted} + excluded.accepted`,
        refused: sql`${retoldScans.refused} + excluded.refused`,
      },
    })
}

export type RetoldRow = { day: Day; venue: string; organisation: string; accepted: number; refused: number }

/** What restores had lost and phones told again, the newest days first. */
export const listRetold = (db: Database, limit = 500): Promise<RetoldRow[]> =>
  db
    .select({
      day: retoldScans.day,
      venue: venues.name,
      organisation: organisations.legalName,
      accepted: retoldScans.accepted,
      refused: retoldScans.refused,
    })
    .from(retoldScans)
    .innerJoin(venues, eq(venues.id, retoldScans.venueId))
    .innerJoin(organisations, eq(organisations.id, venues.organisationId))
    .orderBy(desc(retoldScans.day), asc(venues.name))
    .limit(limit)

export async function removeOldRetold(tx: Transaction, before: Day): Promise<void> {
  await tx.delete(retoldScans).where(lt(retoldScans.day, before))
}
