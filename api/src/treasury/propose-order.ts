import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { getCampaign, listParts } from '../campaigns/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import type { Cents } from '../shared/money.ts'
import { correctionCents, type MoneyOrder, type OrderAsked } from './money-order.ts'
import { getOrderByReference, getReceipt, insertOrder } from './order-queries.ts'

type Resolved = {
  payingAccountId: string
  amountCents: Cents
  campaignId?: string
  funderId?: string
  organisationId?: string
  toCampaignId?: string
  receiptId?: string
  voucherCount?: number
  source?: 'available' | 'expired'
}

/**
 * Proposes money to move by decision: a refund, a transfer between campaigns, a receipt to send back, a correction after sealing, a
 * payment out of the reserve. Nothing moves before somebody else approves. The same reference and content is the same order.
 * Throws `forbidden`, `not_found`, `invalid` (`not_a_funder_of_the_campaign`, `another_paying_account`, `same_campaign`),
 * `conflict` (`order_changed`, `receipt_is_…`).
 */
export async function proposeOrder(ctx: Context, asked: OrderAsked): Promise<MoneyOrder> {
  const proposer = requireRole(ctx.actor, 'coordinator', 'finance_approver')
  return ctx.transaction(async (tx) => {
    const { kind, reference, reason } = asked
    const resolved = await resolve(tx, asked)
    const by = { proposedBy: proposer.personId, proposedOn: ctx.today() }
    const order = await insertOrder(tx, { kind, reference, reason, ...resolved, ...by })
    if (!order) return sameOrder(await getOrderByReference(tx, reference), asked, resolved)
    await recordAudit(tx, ctx, 'money_order_proposed', { orderId: order.id, kind, reference, reason, ...resolved })
    return order
  })
}

async function resolve(tx: Transaction, asked: OrderAsked): Promise<Resolved> {
  if (asked.kind === 'receipt_sent_back') {
    const { payingAccountId, amountCents, state } = await getReceipt(tx, asked.receiptId)
    if (state !== 'suspense') throw new AppError('conflict', `receipt_is_${state}`, 'It was decided already')
    return { payingAccountId, amountCents, receiptId: asked.receiptId }
  }
  const { campaignId } = asked
  const { payingAccountId } = await getCampaign(tx, campaignId)
  const parts = await listParts(tx, campaignId)
  if (asked.kind === 'correction') {
    const { organisationId, voucherCount } = asked
    const amountCents = correctionCents(parts, voucherCount)
    return { payingAccountId, campaignId, organisationId, voucherCount, amountCents }
  }
  const { amountCents } = asked
  if (asked.kind === 'reserve_payment')
    return { payingAccountId, campaignId, organisationId: asked.organisationId, amountCents }
  const { funderId, source } = asked
  checkFunder(parts, funderId)
  if (asked.kind === 'refund') return { payingAccountId, campaignId, funderId, source, amountCents }
  const { toCampaignId } = asked
  await checkTarget(tx, { payingAccountId, campaignId, funderId, toCampaignId })
  return { payingAccountId, campaignId, funderId, source, toCampaignId, amountCents }
}

function checkFunder(parts: readonly { funderId: string }[], funderId: string): void {
  if (!parts.some((part) => part.funderId === funderId))
    throw new AppError('invalid', 'not_a_funder_of_the_campaign', 'It is no funder of that campaign')
}

/** Both campaigns are the funder's, and lie on one bank account: else the bank itself must move the money. */
async function checkTarget(
  tx: Transaction,
  from: { payingAccountId: string; campaignId: string; funderId: string; toCampaignId: string },
): Promise<void> {
  if (from.campaignId === from.toCampaignId)
    throw new AppError('invalid', 'same_campaign', 'It is in that campaign already')
  const target = await getCampaign(tx, from.toCampaignId)
  checkFunder(await listParts(tx, target.id), from.funderId)
  if (target.payingAccountId !== from.payingAccountId)
    throw new AppError('invalid', 'another_paying_account', 'That campaign is paid from another account: refund it')
}

function sameOrder(known: MoneyOrder, asked: OrderAsked, resolved: Resolved): MoneyOrder {
  const isSame =
    known.kind === asked.kind &&
    Object.entries(resolved).every(([name, value]) => known[name as keyof MoneyOrder] === value)
  if (!isSame) throw new AppError('conflict', 'order_changed', 'This reference was given to another order')
  return known
}
