import { boxes, type Database, deliveryGaps, type Transaction } from '@carnet/db'
import { asc, eq, inArray } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import type { CoverRange } from './box.ts'
import type { GapState } from './delivery.ts'

type Reader = Database | Transaction
export type DeliveryGap = typeof deliveryGaps.$inferSelect

/** Of some boxes, in the order of their covers. */
export async function listGaps(db: Reader, boxIds: readonly string[]): Promise<DeliveryGap[]> {
  if (boxIds.length === 0) return []
  return db
    .select()
    .from(deliveryGaps)
    .where(inArray(deliveryGaps.boxId, [...boxIds]))
    .orderBy(asc(deliveryGaps.firstCover))
}

export async function getGap(db: Reader, id: string): Promise<DeliveryGap> {
  const [gap] = await db.select().from(deliveryGaps).where(eq(deliveryGaps.id, id))
  if (!gap) throw new AppError('not_found', 'gap_not_found', 'There is no such gap in a delivery')
  return gap
}

type Report = Pick<DeliveryGap, 'boxId' | 'campaignId' | 'reportedBy' | 'reportedOn'>

export async function insertGaps(tx: Transaction, report: Report, ranges: readonly CoverRange[]): Promise<void> {
  if (ranges.length === 0) return
  await tx.insert(deliveryGaps).values(ranges.map((range) => ({ ...report, ...range })))
}

export async function updateGap(
  tx: Transaction,
  id: string,
  settled: { state: GapState; settledBy: string; settledOn: Day },
): Promise<void> {
  await tx.update(deliveryGaps).set(settled).where(eq(deliveryGaps.id, id))
}

export async function activateGaps(tx: Transaction, ids: readonly string[], activatedOn: Day): Promise<void> {
  if (ids.length === 0) return
  await tx
    .update(deliveryGaps)
    .set({ activatedOn })
    .where(inArray(deliveryGaps.id, [...ids]))
}

export async function setMissingBooks(tx: Transaction, boxId: string, missingBooks: number): Promise<void> {
  await tx.update(boxes).set({ missingBooks }).where(eq(boxes.id, boxId))
}
