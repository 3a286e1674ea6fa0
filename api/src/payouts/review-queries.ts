import { statementReviews, type Transaction } from '@carnet/db'
import { and, count, eq, isNull } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'

export async function countOpenReviews(tx: Transaction, periodId: number): Promise<number> {
  const [row] = await tx
    .select({ open: count() })
    .from(statementReviews)
    .where(and(eq(statementReviews.periodId, periodId), isNull(statementReviews.decision)))
  return row!.open
}

/** What nobody decided in time is paid. Returns how many there were. */
export async function payOpenReviews(tx: Transaction, periodId: number, decidedOn: Day): Promise<number> {
  const paid = await tx
    .update(statementReviews)
    .set({ decision: 'paid', decidedOn })
    .where(and(eq(statementReviews.periodId, periodId), isNull(statementReviews.decision)))
    .returning({ id: statementReviews.id })
  return paid.length
}
