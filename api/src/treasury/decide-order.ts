import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { requireFreshProof } from '../accounts/proof.ts'
import { listParts } from '../campaigns/queries.ts'
import { settleContestOf } from '../contests/queries.ts'
import { checkCorrection, checkRefund } from '../ledger/decisions.ts'
import { post, sumBalances } from '../ledger/ledger.ts'
import { lockPayingAccounts } from '../ledger/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { checkDecision, type MoneyOrder, transfersOfOrder } from './money-order.ts'
import { countSealed, lockOrder, moveReceipt, setOrder } from './order-queries.ts'

/**
 * Approves an order of somebody else, and moves the money, or refuses it. A refund never takes what organisations earned or
 * vouchers may still earn. Throws `forbidden` (role, `same_person`), `not_found`, `conflict`: `order_is_…`,
 * `refund_takes_what_is_owed`, `not_enough_money`, `reserve_exhausted`, `corrects_too_much`, `receipt_is_…`.
 */
export async function decideOrder(
  ctx: Context,
  orderId: string,
  { isApproved }: { isApproved: boolean },
): Promise<MoneyOrder> {
  const decider = requireRole(ctx.actor, 'finance_approver')
  requireFreshProof(ctx)
  return ctx.transaction(async (tx) => {
    const order = await lockOrder(tx, orderId)
    checkDecision(order, decider.personId)
    const by = { decidedBy: decider.personId, decidedOn: ctx.today() }
    if (isApproved) await moveMoney(tx, ctx, order)
    const state = isApproved ? 'approved' : 'refused'
    const decided = await setOrder(tx, orderId, { ...by, state })
    await settleContestOf(tx, orderId, isApproved)
    const { kind, amountCents, reference } = order
    await recordAudit(tx, ctx, `money_order_${state}`, { orderId, kind, amountCents, reference })
    return decided
  })
}

async function moveMoney(tx: Transaction, ctx: Context, order: MoneyOrder): Promise<void> {
  const { kind, payingAccountId, campaignId, organisationId, voucherCount, amountCents, receiptId } = order
  await lockPayingAccounts(tx, [payingAccountId])
  if (campaignId !== null && (kind === 'refund' || kind === 'transfer')) {
    const balanceOf = (account: 'bank' | 'issued' | 'payable' | 'in_payment') =>
      sumBalances(tx, { kinds: [account], payingAccountId, campaignId })
    const pool = {
      bankCents: await balanceOf('bank'),
      issuedCents: await balanceOf('issued'),
      payableCents: await balanceOf('payable'),
      inPaymentCents: await balanceOf('in_payment'),
    }
    checkRefund(pool, amountCents)
  }
  if (kind === 'correction' && campaignId !== null && organisationId !== null)
    checkCorrection(await countSealed(tx, { campaignId, organisationId }), voucherCount ?? 0)
  if (receiptId !== null)
    await moveReceipt(tx, receiptId, {
      state: 'sent_back',
      decidedOn: ctx.today(),
      ...(ctx.actor.kind === 'person' && { decidedBy: ctx.actor.personId }),
    })
  const parts = campaignId === null ? [] : await listParts(tx, campaignId)
  await post(tx, ctx, transfersOfOrder(order, parts))
}
