import { books, campaigns, type Database, deliveryGaps, stopOrders, type Transaction, vouchers } from '@carnet/db'
import {
  and,
  asc,
  between,
  count,
  desc,
  eq,
  getTableColumns,
  gte,
  inArray,
  isNull,
  lte,
  notExists,
  sql,
} from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { takeLock } from '../shared/lock-queries.ts'
import type { CoverRange } from './box.ts'

type Reader = Database | Transaction
export type StopOrder = typeof stopOrders.$inferSelect
type Range = CoverRange & { campaignId: string }

const inRange = ({ campaignId, firstCover, lastCover }: Range) =>
  and(eq(books.campaignId, campaignId), between(books.coverNumber, firstCover, lastCover))

/** Books of a range that exist, and of these the ones that are stopped already. */
export async function countCovers(tx: Reader, range: Range): Promise<{ books: number; blocked: number }> {
  const [row] = await tx
    .select({ books: count(), blocked: sql<number>`(count(*) filter (where ${books.isBlocked}))::int` })
    .from(books)
    .where(inRange(range))
  return row!
}

export async function insertStopOrder(
  tx: Transaction,
  order: Range & Pick<StopOrder, 'reason' | 'askedBy' | 'isFromStock' | 'orderedBy' | 'orderedOn'>,
): Promise<StopOrder> {
  const [inserted] = await tx.insert(stopOrders).values(order).returning()
  return inserted!
}

/** An order of the same books for the same reason that still stands. */
export async function findSameStop(
  tx: Transaction,
  same: Range & Pick<StopOrder, 'reason' | 'isFromStock'>,
): Promise<StopOrder | undefined> {
  const [found] = await tx
    .select()
    .from(stopOrders)
    .where(
      and(
        isNull(stopOrders.liftedOn),
        eq(stopOrders.campaignId, same.campaignId),
        eq(stopOrders.firstCover, same.firstCover),
        eq(stopOrders.lastCover, same.lastCover),
        eq(stopOrders.reason, same.reason),
        eq(stopOrders.isFromStock, same.isFromStock),
      ),
    )
  return found
}

/** Null when it was lifted before. */
export async function liftStopOrder(
  tx: Transaction,
  id: string,
  lifted: { liftedBy: string | null; liftedOn: Day },
): Promise<StopOrder | null> {
  const [order] = await tx
    .update(stopOrders)
    .set(lifted)
    .where(and(eq(stopOrders.id, id), isNull(stopOrders.liftedOn)))
    .returning()
  return order ?? null
}

export async function getStopOrder(db: Reader, id: string): Promise<StopOrder> {
  const [order] = await db.select().from(stopOrders).where(eq(stopOrders.id, id))
  if (!order) throw new AppError('not_found', 'stop_order_not_found', 'There is no such stop order')
  return order
}

export const listStopOrders = (db: Reader, campaignId: string): Promise<StopOrder[]> =>
  db
    .select()
    .from(stopOrders)
    .where(eq(stopOrders.campaignId, campaignId))
    .orderBy(asc(stopOrders.orderedOn), asc(stopOrders.firstCover))

export type StopRow = StopOrder & { campaign: string }

/** All that the asker may read, the newest first. */
export const listEveryStop = (db: Reader): Promise<StopRow[]> =>
  db
    .select({ ...getTableColumns(stopOrders), campaign: campaigns.name })
    .from(stopOrders)
    .innerJoin(campaigns, eq(campaigns.id, stopOrders.campaignId))
    .orderBy(desc(stopOrders.orderedOn), asc(stopOrders.firstCover))

export async function blockBooks(tx: Transaction, range: Range): Promise<void> {
  await tx
    .update(books)
    .set({ isBlocked: true })
    .where(and(inRange(range), eq(books.isBlocked, false)))
}

/** Books that another order still stops, or that did not arrive with their box, stay blocked. */
export async function unblockBooks(tx: Transaction, range: Range): Promise<void> {
  const missing = tx
    .select({ id: deliveryGaps.id })
    .from(deliveryGaps)
    .where(
      and(
        isNull(deliveryGaps.activatedOn),
        eq(deliveryGaps.campaignId, books.campaignId),
        lte(deliveryGaps.firstCover, books.coverNumber),
        gte(deliveryGaps.lastCover, books.coverNumber),
      ),
    )
  const stopped = tx
    .select({ id: stopOrders.id })
    .from(stopOrders)
    .where(
      and(
        isNull(stopOrders.liftedOn),
        eq(stopOrders.campaignId, books.campaignId),
        lte(stopOrders.firstCover, books.coverNumber),
        gte(stopOrders.lastCover, books.coverNumber),
      ),
    )
  await tx
    .update(books)
    .set({ isBlocked: false })
    .where(and(inRange(range), eq(books.isBlocked, true), notExists(stopped), notExists(missing)))
}

/** One stop or lift of a campaign at a time, so that no order is missed by another's unblocking. */
export async function lockStops(tx: Transaction, campaignId: string): Promise<void> {
  await takeLock(tx, 'stopOrders', campaignId)
}

/** Of books that are blocked while their campaign may still accept scans. */
export async function listSealedBlockHashes(db: Reader): Promise<Uint8Array[]> {
  const rows = await db
    .select({ blockHash: vouchers.blockHash })
    .from(vouchers)
    .innerJoin(books, eq(books.id, vouchers.bookId))
    .innerJoin(campaigns, eq(campaigns.id, books.campaignId))
    .where(and(eq(books.isBlocked, true), inArray(campaigns.state, ['agreed', 'open', 'ending'])))
  return rows.map(({ blockHash }) => blockHash)
}
