import { recordAudit } from '../accounts/audit.ts'
import { requireFreshProof } from '../accounts/proof.ts'
import { getCampaign } from '../campaigns/queries.ts'
import { checkRefund } from '../ledger/decisions.ts'
import { owesRepaid, refunded, reserveFunded } from '../ledger/events.ts'
import { post, sumBalances } from '../ledger/ledger.ts'
import { lockPayingAccounts } from '../ledger/queries.ts'
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
 * Gives a funder back what expired, or what is left available, after the bank paid it. Never so much that the bank would no longer
 * cover what organisations earned and what vouchers may still earn.
 * Throws `forbidden`, `not_found`, `conflict`: `refund_takes_what_is_owed`, `not_enough_money`, `transfer_changed`.
 */
export async function refundFunder(
  ctx: Context,
  campaignId: string,
  refund: BankMovement & { funderId: string; from: 'expired' | 'available' },
): Promise<void> {
  requireRole(ctx.actor, 'finance_approver')
  requireFreshProof(ctx)
  const { amountCents, reference, funderId, from } = refund
  await ctx.transaction(async (tx) => {
    const { payingAccountId } = await getCampaign(tx, campaignId)
    await lockPayingAccounts(tx, [payingAccountId])
    const balanceOf = (kind: 'bank' | 'issued' | 'payable' | 'in_payment') =>
      sumBalances(tx, { kinds: [kind], payingAccountId, campaignId })
    checkRefund(
      {
        bankCents: await balanceOf('bank'),
        issuedCents: await balanceOf('issued'),
        payableCents: await balanceOf('payable'),
        inPaymentCents: await balanceOf('in_payment'),
      },
      amountCents,
    )
    const documentRef = `refund:${reference}`
    const added = await post(
      tx,
      ctx,
      refunded({ documentRef, payingAccountId, campaignId, funderId, from, amountCents }),
    )
    if (added > 0) await recordAudit(tx, ctx, 'funder_refunded', { campaignId, ...refund })
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
