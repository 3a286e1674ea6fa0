import { recordAudit } from '../accounts/audit.ts'
import { getCampaign } from '../campaigns/queries.ts'
import { checkOpen, checkPayable } from '../contests/contest.ts'
import { getContest, moveContest } from '../contests/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import type { MoneyOrder } from './money-order.ts'
import { insertOrder } from './order-queries.ts'

/**
 * Proposes to pay one voucher from the reserve, because the platform kept a venue from scanning it in time; somebody else approves
 * (decide-order.ts). `campaignId` is read from the paper: nothing here knows whose voucher it was. Throws `forbidden`, `not_found`,
 * `conflict`: `contest_is_…`, `contest_not_payable`, `contest_changed`, `order_changed`.
 */
export async function payContest(ctx: Context, contestId: string, campaignId: string): Promise<MoneyOrder> {
  const { personId } = requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    const contest = await getContest(tx, contestId)
    checkOpen(contest)
    checkPayable(contest)
    const { payingAccountId, faceValueCents } = await getCampaign(tx, campaignId)
    const { organisationId, reason } = contest
    const order = await insertOrder(tx, {
      kind: 'reserve_payment',
      reference: `contest:${contestId}`,
      reason,
      ...{ payingAccountId, campaignId, organisationId, amountCents: faceValueCents },
      ...{ proposedBy: personId, proposedOn: ctx.today() },
    })
    if (!order) throw new AppError('conflict', 'order_changed', 'This reference was given to another order')
    const by = { decidedBy: personId, decidedOn: ctx.today() }
    await moveContest(tx, contest, { state: 'payment_proposed', orderId: order.id, ...by })
    const { id: orderId, amountCents } = order
    await recordAudit(tx, ctx, 'contest_payment_proposed', {
      contestId,
      orderId,
      organisationId,
      campaignId,
      amountCents,
    })
    return order
  })
}
