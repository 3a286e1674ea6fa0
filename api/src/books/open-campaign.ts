import { recordAudit } from '../accounts/audit.ts'
import { fewestBooks, stateAfter, tooFewBooks } from '../campaigns/campaign.ts'
import { type CampaignView, viewCampaign } from '../campaigns/campaign-view.ts'
import { lockCampaign, moveCampaign } from '../campaigns/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { countBooks, hasActiveBox } from './queries.ts'

/**
 * From now on its vouchers are accepted, and its terms are frozen. Needs an active box, so money, and 50 books that exist.
 * Throws `forbidden`, `not_found`, `invalid` `too_few_books`, `conflict` (`campaign_is_…`, `no_active_box`).
 */
export async function openCampaign(ctx: Context, id: string): Promise<CampaignView> {
  requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, id)
    stateAfter(campaign.state, 'open')
    const books = await countBooks(tx, id, 'generated')
    if (books < fewestBooks) throw tooFewBooks(books)
    if (!(await hasActiveBox(tx, id)))
      throw new AppError('conflict', 'no_active_box', 'Activate a first box: a voucher is only good with its money')
    const opened = await moveCampaign(tx, campaign, 'open', { openedOn: ctx.today() })
    const view = await viewCampaign(tx, opened)
    await recordAudit(tx, ctx, 'campaign_opened', { campaignId: id, books })
    return view
  })
}
