import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { post } from '../ledger/ledger.ts'
import { type Context, requireRole } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { sumCents } from '../shared/money.ts'
import { type Batch, getPayout, listPayouts, lockBatch, moveBatch, movePayout, type Payout } from './batch-queries.ts'
import { batchStateAfter, isReleased, sha256OfBatch } from './payment-batch.ts'
import { payoutStateAfter } from './payout.ts'
import { transfersOfSettlement } from './settlement.ts'
import { markBatchesSent } from './settlement-queries.ts'
import { tellOfFailure } from './tell-of-failure.ts'

/** The batch first, so that two people deciding on its payouts wait for each other. */
async function readPayout(tx: Transaction, payoutId: string): Promise<{ payout: Payout; batch: Batch }> {
  const { batchId } = await getPayout(tx, payoutId)
  const batch = await lockBatch(tx, batchId)
  return { batch, payout: await getPayout(tx, payoutId) }
}

function checkReleased(batch: Batch): void {
  if (!isReleased(batch.state))
    throw new AppError('conflict', `batch_is_${batch.state}`, 'The batch must be approved first')
}

function checkPast(day: Day, today: Day): void {
  if (day > today) throw new AppError('invalid', 'in_the_future', 'That day has not come yet', { today })
}

/**
 * The bank's debit, confirmed by hand: `proof` says where it can be read (a line of the bank's statement). The same again
 * gives the same answer. Throws `forbidden`, `not_found`, `invalid` `in_the_future`, `conflict` (`batch_is_…`, `payout_is_…`).
 */
export async function bookPayout(
  ctx: Context,
  payoutId: string,
  { bookedOn, proof }: { bookedOn: Day; proof: string },
): Promise<Payout> {
  const approver = requireRole(ctx.actor, 'finance_approver')
  checkPast(bookedOn, ctx.today())
  return ctx.transaction(async (tx) => {
    const { payout, batch } = await readPayout(tx, payoutId)
    if (payout.state === 'booked' && payout.bookedOn === bookedOn && payout.bookedProof === proof) return payout
    payoutStateAfter(payout.state, 'book')
    checkReleased(batch)
    const also = { bookedOn, bookedProof: proof, bookedBy: approver.personId }
    const booked = await movePayout(tx, payout, 'book', also)
    await markBatchesSent(tx, [batch.id])
    await post(tx, ctx, transfersOfSettlement(payout, 'book'))
    await recordAudit(tx, ctx, 'payout_booked', { payoutId, bookedOn, proof, amountCents: payout.amountCents })
    return booked
  })
}

/**
 * Takes a payout out of a batch before it goes to the bank: the amount is payable again, the list is another one, and an
 * approval is void. Throws `forbidden`, `not_found`, `conflict` (`batch_is_…`, `payout_is_…`).
 */
export async function withdrawPayout(ctx: Context, payoutId: string, reason: string): Promise<Payout> {
  requireRole(ctx.actor, 'coordinator', 'finance_approver')
  return ctx.transaction(async (tx) => {
    const { payout, batch } = await readPayout(tx, payoutId)
    batchStateAfter(batch.state, 'change')
    const also = { failedOn: ctx.today(), failureReason: reason }
    const withdrawn = await movePayout(tx, payout, 'withdraw', also)
    await post(tx, ctx, transfersOfSettlement(payout, 'withdraw'))
    const left = (await listPayouts(tx, batch.id)).filter(({ state }) => state !== 'withdrawn')
    const totalCents = sumCents(left.map(({ amountCents }) => amountCents))
    const sha256 = sha256OfBatch(batch, left)
    await moveBatch(tx, batch, 'change', { totalCents, sha256, approvedBy: null, approvedOn: null })
    await recordAudit(tx, ctx, 'payout_withdrawn', { payoutId, reason, amountCents: payout.amountCents, sha256 })
    return withdrawn
  })
}

/** The bank did not execute it: the amount is payable again, the account is to be verified. Throws as `bookPayout`. */
export async function rejectPayout(
  ctx: Context,
  payoutId: string,
  { on, reason }: { on: Day; reason: string },
): Promise<Payout> {
  requireRole(ctx.actor, 'finance_approver')
  checkPast(on, ctx.today())
  return ctx.transaction(async (tx) => {
    const { payout, batch } = await readPayout(tx, payoutId)
    payoutStateAfter(payout.state, 'reject')
    checkReleased(batch)
    const rejected = await movePayout(tx, payout, 'reject', { failedOn: on, failureReason: reason })
    await post(tx, ctx, transfersOfSettlement(payout, 'reject'))
    await tellOfFailure(tx, ctx, rejected)
    await recordAudit(tx, ctx, 'payout_rejected', { payoutId, on, reason, amountCents: payout.amountCents })
    return rejected
  })
}

/** The payee's bank sent the money back: it is on our account and payable again. Throws as `bookPayout`. */
export async function returnPayout(
  ctx: Context,
  payoutId: string,
  { on, reason }: { on: Day; reason: string },
): Promise<Payout> {
  requireRole(ctx.actor, 'finance_approver')
  checkPast(on, ctx.today())
  return ctx.transaction(async (tx) => {
    const { payout } = await readPayout(tx, payoutId)
    const returned = await movePayout(tx, payout, 'return', { failedOn: on, failureReason: reason })
    await post(tx, ctx, transfersOfSettlement(payout, 'return'))
    await tellOfFailure(tx, ctx, returned)
    await recordAudit(tx, ctx, 'payout_returned', { payoutId, on, reason, amountCents: payout.amountCents })
    return returned
  })
}
