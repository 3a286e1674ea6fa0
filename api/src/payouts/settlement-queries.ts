import { paymentBatches, payoutLines, payouts, type Transaction } from '@carnet/db'
import { and, eq, inArray } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import type { Payout } from './batch-queries.ts'
import { batchStateAfter } from './payment-batch.ts'
import { type PayoutEvent, payoutStateAfter } from './payout.ts'
import type { SettledPayout } from './settlement.ts'

/** What the bank said of a payout. */
export type Settlement =
  | { act: 'accept'; payoutId: string }
  | { act: 'reject'; payoutId: string; reason: string }
  | { act: 'book'; payoutId: string; on: Day; proof: string }
  | { act: 'return'; payoutId: string; on: Day; reason: string }

type Row = typeof payouts.$inferSelect

function columnsOf(settlement: Settlement, today: Day): Partial<Row> {
  if (settlement.act === 'book') return { bookedOn: settlement.on, bookedProof: settlement.proof }
  if (settlement.act === 'return') return { failedOn: settlement.on, failureReason: settlement.reason }
  return settlement.act === 'reject' ? { failedOn: today, failureReason: settlement.reason } : {}
}

/** Many at once, in order; the caller holds the locks of their batches. Throws `conflict` `payout_changed`. */
export async function movePayouts(
  tx: Transaction,
  settlements: readonly Settlement[],
  today: Day,
): Promise<{ event: PayoutEvent; payout: Payout }[]> {
  if (settlements.length === 0) return []
  const ids = [...new Set(settlements.map(({ payoutId }) => payoutId))]
  const lines = await tx.select().from(payoutLines).where(inArray(payoutLines.payoutId, ids))
  const linesOf = new Map<string, SettledPayout['lines']>(ids.map((id) => [id, []]))
  for (const { payoutId, campaignId, amountCents } of lines) linesOf.get(payoutId)!.push({ campaignId, amountCents })
  const rows = await tx.select().from(payouts).where(inArray(payouts.id, ids))
  const states = new Map(rows.map((row) => [row.id, row]))
  const moved: { event: PayoutEvent; payout: Payout }[] = []
  for (const settlement of settlements) {
    const row = states.get(settlement.payoutId)!
    const state = payoutStateAfter(row.state, settlement.act)
    const [after] = await tx
      .update(payouts)
      .set({ ...columnsOf(settlement, today), state })
      .where(and(eq(payouts.id, row.id), eq(payouts.state, row.state)))
      .returning()
    if (!after) throw new AppError('conflict', 'payout_changed', 'The payout just changed: read it again')
    states.set(row.id, after)
    moved.push({ event: settlement.act, payout: { ...after, lines: linesOf.get(row.id)! } })
  }
  const answered = moved.flatMap(({ event, payout }) =>
    event === 'reject' || event === 'return' ? [] : [payout.batchId],
  )
  await markBatchesSent(tx, answered)
  return moved
}

/** The bank has the list of who it accepts or debits a payout of. */
export async function markBatchesSent(tx: Transaction, batchIds: readonly string[]): Promise<void> {
  if (batchIds.length === 0) return
  await tx
    .update(paymentBatches)
    .set({ state: batchStateAfter('exported', 'send') })
    .where(and(inArray(paymentBatches.id, [...new Set(batchIds)]), eq(paymentBatches.state, 'exported')))
}
