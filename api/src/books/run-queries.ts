import { boxes, campaigns, type Database, printRuns } from '@carnet/db'
import { asc, desc, eq, inArray, sql } from 'drizzle-orm'

/** Every order with its campaign, the newest first. */
export const listRunRows = (db: Database) =>
  db
    .select({
      id: printRuns.id,
      campaignId: printRuns.campaignId,
      campaign: campaigns.name,
      state: printRuns.state,
      bookCount: printRuns.bookCount,
      cents: sql<number>`(${printRuns.bookCount} * ${campaigns.bookSize} * ${campaigns.faceValueCents})::float8`,
      requestedOn: printRuns.requestedOn,
      receiptConfirmedOn: printRuns.receiptConfirmedOn,
    })
    .from(printRuns)
    .innerJoin(campaigns, eq(campaigns.id, printRuns.campaignId))
    .orderBy(desc(printRuns.requestedOn), asc(campaigns.name), desc(printRuns.firstCover))
export type RunRow = Awaited<ReturnType<typeof listRunRows>>[number]

/** Campaigns that books may be ordered for, and how many they have left to order. */
export async function listOrderable(db: Database) {
  const ordered = sql<number>`coalesce((select sum(r.book_count) from print_runs r where r.campaign_id = ${campaigns.id} and r.state <> 'revoked'), 0)`
  return db
    .select({
      id: campaigns.id,
      name: campaigns.name,
      leftBooks: sql<number>`(${campaigns.budgetedBooks} - ${ordered})::int`,
    })
    .from(campaigns)
    .where(inArray(campaigns.state, ['agreed', 'open']))
    .orderBy(asc(campaigns.name))
}
export type Orderable = Awaited<ReturnType<typeof listOrderable>>[number]

/** Box by box, in the order of their covers. */
export const listRunBoxes = (db: Database, printRunId: string) =>
  db
    .select({ number: boxes.number, firstCover: boxes.firstCover, lastCover: boxes.lastCover, state: boxes.state })
    .from(boxes)
    .where(eq(boxes.printRunId, printRunId))
    .orderBy(asc(boxes.number))
