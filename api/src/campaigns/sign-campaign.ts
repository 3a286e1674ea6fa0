import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { checkParts } from './campaign.ts'
import { type CampaignView, viewCampaign } from './campaign-view.ts'
import { insertSignature, listParts, lockCampaign, moveCampaign } from './queries.ts'

/**
 * A funder signs the terms as they are; the last signature makes the campaign agreed.
 * Throws `forbidden`, `not_found` (also for another's campaign), `conflict` (`parts_do_not_add_up`, `signed_already`, `campaign_is_…`).
 */
export async function signCampaign(ctx: Context, id: string): Promise<CampaignView> {
  const signer = requireRole(ctx.actor, 'funder')
  return ctx.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, id)
    const parts = await listParts(tx, id)
    const funderId = signer.tenantId ?? ''
    if (!parts.some((part) => part.funderId === funderId))
      throw new AppError('not_found', 'campaign_not_found', 'There is no such campaign')
    if (campaign.state !== 'draft') throw new AppError('conflict', `campaign_is_${campaign.state}`, 'It is signed')
    checkParts(campaign.faceValueCents, parts)
    const signature = { campaignId: id, funderId, signedBy: signer.personId, signedOn: ctx.today() }
    if (!(await insertSignature(tx, signature)))
      throw new AppError('conflict', 'signed_already', 'This funder has signed these terms')
    const isLast = parts.every((part) => part.funderId === funderId || part.signedOn !== null)
    const signed = isLast ? await moveCampaign(tx, campaign, 'agree') : campaign
    const view = await viewCampaign(tx, signed)
    await recordAudit(tx, ctx, 'campaign_signed', { campaignId: id, funderId, isLast })
    return view
  })
}
