import { recordAudit } from '../accounts/audit.ts'
import { requireFreshProof } from '../accounts/proof.ts'
import { getCampaign } from '../campaigns/queries.ts'
import { bankFeePaid } from '../ledger/bank-events.ts'
import { owesRepaid, reserveFunded } from '../ledger/events.ts'
import { post } from '../ledger/ledger.ts'
import { type Context, requireRole } from '../shared/context.ts'
import type { Cents } from '../shared/money.ts'

/** `reference` is the bank's: the same movement entered twice is one. */
export type BankMovement = { amountCents: Cents; reference: string; proof: string }

/**
 * The operator's own money, put aside for what organisations come to owe. Throws `forbidden`, `conflict` `transfer_changed`.
 */
export async function fundReserve(ctx: Context, payingAccountId: string, movement: BankMovement): Promise<void> {
  requireRole(ctx.actor, 'finance_approver')
  requireFreshProof(ctx)
  const { amountCents, reference } = movement
  await ctx.transaction(async (tx) => {
    const added = await post(
      tx,
      ctx,
      reserveFunded({ payingAccountId, documentRef: `reserve:${reference}`, amountCents }),
    )
    if (added > 0) await recordAudit(tx, ctx, 'reserve_funded', { payingAccountId, ...movement })
  })
}

/**
 * What the bank takes for its services, out of the reserve. Throws `forbidden`, `conflict` (`not_enough_money`, `reserve_exhausted`:
 * the reserve stands for what organisations owe).
 */
export async function recordBankFee(ctx: Context, payingAccountId: string, movement: BankMovement): Promise<void> {
  requireRole(ctx.actor, 'finance_approver')
  requireFreshProof(ctx)
  const { amountCents, reference } = movement
  await ctx.transaction(async (tx) => {
    const documentRef = `fee:${payingAccountId}:${reference}`
    const added = await post(tx, ctx, bankFeePaid({ payingAccountId, documentRef, amountCents }))
    if (added > 0) await recordAudit(tx, ctx, 'bank_fee_recorded', { payingAccountId, ...movement })
  })
}

/** An organisation paid back what it owed. Throws `forbidden`, `not_found`, `conflict` (`not_enough_money`: it owes less). */
export async function recordRepayment(
  ctx: Context,
  campaignId: string,
  repayment: BankMovement & { organisationId: string },
): Promise<void> {
  requireRole(ctx.actor, 'finance_approver')
  requireFreshProof(ctx)
  const { amountCents, reference, organisationId } = repayment
  await ctx.transaction(async (tx) => {
    const { payingAccountId } = await getCampaign(tx, campaignId)
    const documentRef = `repayment:${reference}`
    const added = await post(
      tx,
      ctx,
      owesRepaid({ documentRef, payingAccountId, campaignId, organisationId, amountCents }),
    )
    if (added > 0) await recordAudit(tx, ctx, 'owed_money_repaid', { campaignId, ...repayment })
  })
}
