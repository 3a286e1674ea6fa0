import { randomUUID } from 'node:crypto'
import { recordAudit } from '../accounts/audit.ts'
import { requireFreshProof } from '../accounts/proof.ts'
import { isBankDay, nextBankDay } from '../calendar/calendar.ts'
import { payoutCreated } from '../ledger/events.ts'
import { post } from '../ledger/ledger.ts'
import { lockPayingAccounts } from '../ledger/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { addDays, type Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { sumCents } from '../shared/money.ts'
import {
  type Batch,
  getBatch,
  insertBatch,
  insertPayouts,
  listChangedPayees,
  listPayables,
  listPayouts,
  moveBatch,
} from './batch-queries.ts'
import { batchStateAfter, checkApproval, sha256OfBatch } from './payment-batch.ts'
import { proposePayouts } from './payout.ts'

/**
 * Starts a batch, to be executed on a bank day: the next one unless told. One draft at a time.
 * Throws `forbidden`, `conflict` `draft_exists`, `invalid` (`not_a_bank_day`, `in_the_past`).
 */
export async function prepareBatch(
  ctx: Context,
  { executesOn }: { executesOn?: Day | undefined } = {},
): Promise<Batch> {
  const coordinator = requireRole(ctx.actor, 'coordinator')
  const on = executesOn ?? nextBankDay(addDays(ctx.today(), 1))
  if (!isBankDay(on))
    throw new AppError('invalid', 'not_a_bank_day', 'Banks are closed that day', { next: nextBankDay(on) })
  if (on < ctx.today()) throw new AppError('invalid', 'in_the_past', 'That day is over', { today: ctx.today() })
  return ctx.transaction(async (tx) => {
    const values = { preparedBy: coordinator.personId, preparedOn: ctx.today(), executesOn: on }
    const batch = await insertBatch(tx, values)
    await recordAudit(tx, ctx, 'batch_prepared', { batchId: batch.id, number: batch.number, executesOn: on })
    return batch
  })
}

/**
 * Writes the list of a draft: what is payable now to every organisation that can be paid, with its payee copied. The money moves
 * from payable to in payment. Whoever writes the list has prepared it: a draft says nothing. Throws `forbidden`, `not_found`,
 * `conflict` (`batch_is_…`, `nothing_to_pay`).
 */
export async function freezeBatch(ctx: Context, batchId: string): Promise<Batch> {
  const { personId: preparedBy } = requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    const batch = await getBatch(tx, batchId)
    batchStateAfter(batch.state, 'freeze')
    // Locked by a first reading, listed by a second: what is payable no longer moves then.
    const before = await listPayables(tx, ctx.today())
    await lockPayingAccounts(tx, [...new Set(before.map(({ payingAccountId }) => payingAccountId))])
    const locked = new Set(before.map(({ payingAccountId }) => payingAccountId))
    const payables = (await listPayables(tx, ctx.today())).filter((payable) => locked.has(payable.payingAccountId))
    const payouts = proposePayouts(payables).payouts.map((payout) => ({ ...payout, id: randomUUID() }))
    if (payouts.length === 0) throw new AppError('conflict', 'nothing_to_pay', 'No organisation can be paid now')

    await insertPayouts(tx, batch.id, payouts)
    await post(
      tx,
      ctx,
      payouts.flatMap(({ id, organisationId, payingAccountId, lines }) =>
        lines.flatMap((line) =>
          payoutCreated({ documentRef: `payout:${id}`, organisationId, payingAccountId, ...line }),
        ),
      ),
    )
    const listed = await listPayouts(tx, batch.id)
    const totalCents = sumCents(listed.map(({ amountCents }) => amountCents))
    const sha256 = sha256OfBatch(batch, listed)
    const frozen = await moveBatch(tx, batch, 'freeze', { totalCents, sha256, preparedBy })
    await recordAudit(tx, ctx, 'batch_frozen', { batchId, payouts: listed.length, totalCents, sha256 })
    return frozen
  })
}

/**
 * Approves the batch as it was shown. Throws `forbidden` (role, `same_person`), `not_found`, `conflict`: `batch_is_…`,
 * `batch_changed` (read it again), `payee_changed` (withdraw these payouts first), `nothing_to_pay`.
 */
export async function approveBatch(ctx: Context, batchId: string, shownSha256: string): Promise<Batch> {
  const approver = requireRole(ctx.actor, 'finance_approver')
  requireFreshProof(ctx)
  return ctx.transaction(async (tx) => {
    const batch = await getBatch(tx, batchId)
    batchStateAfter(batch.state, 'approve')
    checkApproval(batch, approver.personId, shownSha256)
    if (batch.totalCents === 0) throw new AppError('conflict', 'nothing_to_pay', 'Every payout was withdrawn')
    const changed = await listChangedPayees(tx, batchId, ctx.today())
    if (changed.length > 0)
      throw new AppError('conflict', 'payee_changed', 'A bank account changed: withdraw its payout', {
        payouts: changed,
      })
    const approved = await moveBatch(tx, batch, 'approve', { approvedBy: approver.personId, approvedOn: ctx.today() })
    await recordAudit(tx, ctx, 'batch_approved', { batchId, sha256: shownSha256 })
    return approved
  })
}
