import { type Database, payoutHolds, statementReviews, type Transaction } from '@carnet/db'
import { and, asc, eq, isNull } from 'drizzle-orm'
import { AppError } from '../shared/errors.ts'

export type Hold = typeof payoutHolds.$inferSelect
export type Review = typeof statementReviews.$inferSelect

export async function insertHold(tx: Transaction, values: typeof payoutHolds.$inferInsert): Promise<Hold> {
  const [hold] = await tx.insert(payoutHolds).values(values).returning()
  return hold!
}

export async function liftHoldRow(tx: Transaction, id: string, by: Pick<Hold, 'liftedBy' | 'liftedOn'>): Promise<Hold> {
  const [hold] = await tx
    .update(payoutHolds)
    .set(by)
    .where(and(eq(payoutHolds.id, id), isNull(payoutHolds.liftedOn)))
    .returning()
  if (hold) return hold
  const [known] = await tx.select({ id: payoutHolds.id }).from(payoutHolds).where(eq(payoutHolds.id, id))
  if (!known) throw new AppError('not_found', 'hold_not_found', 'There is no such hold')
  throw new AppError('conflict', 'hold_is_lifted', 'It is lifted already')
}

export const listHolds = (db: Database | Transaction): Promise<Hold[]> =>
  db.select().from(payoutHolds).where(isNull(payoutHolds.liftedOn)).orderBy(asc(payoutHolds.until), asc(payoutHolds.id))

export async function decideReviewRow(
  tx: Transaction,
  id: string,
  by: Pick<Review, 'decision' | 'decidedBy' | 'decidedOn'>,
): Promise<Review> {
  const [review] = await tx
    .update(statementReviews)
    .set(by)
    .where(and(eq(statementReviews.id, id), isNull(statementReviews.decision)))
    .returning()
  if (!review) throw new AppError('not_found', 'review_not_found', 'There is no such open review')
  return review
}
