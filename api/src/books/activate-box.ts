import { recordAudit } from '../accounts/audit.ts'
import { getCampaign, listParts } from '../campaigns/queries.ts'
import { boxActivated } from '../ledger/events.ts'
import { post } from '../ledger/ledger.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { bookCountOf, checkActivation } from './box.ts'
import { type Box, getBox, moveBox } from './queries.ts'
import { readAllFirst } from './voucher-queries.ts'

/**
 * Makes a whole box worth its face value: each funder's part of every voucher moves from available to issued with it, or
 * nothing happens. Throws `forbidden`, `not_found`, `conflict` (`box_is_…`, `sample_incomplete`, `campaign_is_…`, `not_enough_money`).
 */
export async function activateBox(ctx: Context, id: string): Promise<Box> {
  requireRole(ctx.actor, 'coordinator')
  const { campaignId } = await getBox(ctx.db, id)
  await ctx.transaction((tx) => readAllFirst(tx, campaignId), 'carnet_jobs')
  return ctx.transaction(async (tx) => {
    const box = await getBox(tx, id)
    checkActivation(box)
    const { state, bookSize, payingAccountId } = await getCampaign(tx, box.campaignId)
    if (state !== 'agreed' && state !== 'open')
      throw new AppError('conflict', `campaign_is_${state}`, 'Boxes are activated until the campaign ends')
    const voucherCount = bookCountOf(box) * bookSize
    const active = await moveBox(tx, box, 'activate', { activatedOn: ctx.today() })
    const parts = await listParts(tx, box.campaignId)
    const event = { payingAccountId, campaignId: box.campaignId, documentRef: `box:${id}`, parts, voucherCount }
    await post(tx, ctx, boxActivated(event))
    await recordAudit(tx, ctx, 'box_activated', { boxId: id, voucherCount })
    return active
  })
}
