import { type Context, requireRole } from '../shared/context.ts'
import { type Batch, getBatch, listBatches, listPayables, listPayouts, type Payout } from './batch-queries.ts'
import { type Proposal, proposePayouts, type Waiting } from './payout.ts'

const mayRead = ['coordinator', 'finance_approver', 'auditor'] as const

/** Newest first. Throws `forbidden`. */
export async function readBatches(
  ctx: Context,
  page: { limit: number; before?: number | undefined },
): Promise<{ batches: Batch[]; next: number | null }> {
  requireRole(ctx.actor, ...mayRead)
  const batches = await listBatches(ctx.db, { ...page, limit: page.limit + 1 })
  const shown = batches.slice(0, page.limit)
  return { batches: shown, next: batches.length > page.limit ? shown.at(-1)!.number : null }
}

export type BatchView = { batch: Batch; payouts: Payout[]; proposed: Proposal[]; waiting: Waiting[] }

/**
 * A batch with its payouts. A draft has none yet: `proposed` is what freezing would write now. `waiting` is who cannot be paid
 * today, and why. Throws `forbidden`, `not_found`.
 */
export async function readBatch(ctx: Context, id: string): Promise<BatchView> {
  requireRole(ctx.actor, ...mayRead)
  const batch = await getBatch(ctx.db, id)
  const { payouts: proposed, waiting } = proposePayouts(await listPayables(ctx.db, ctx.today()))
  return {
    batch,
    payouts: await listPayouts(ctx.db, id),
    proposed: batch.state === 'draft' ? proposed : [],
    waiting,
  }
}
