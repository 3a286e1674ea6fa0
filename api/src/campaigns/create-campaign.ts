import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { checkTerms, type Terms } from './campaign.ts'
import { type CampaignView, viewCampaign } from './campaign-view.ts'
import { insertCampaign } from './queries.ts'
import { findUnknownReference } from './reference-queries.ts'

/**
 * Writes down a draft that its funders then sign. Throws `forbidden`, `invalid` (see `checkTerms`, and
 * `paying_account_unknown`, `funder_unknown`, `service_unknown`, `venue_unknown`, `territory_unknown`), `conflict` `campaign_known`.
 */
export async function createCampaign(ctx: Context, terms: Terms): Promise<CampaignView> {
  requireOperatorOr(ctx.actor, 'coordinator')
  checkTerms(terms)
  return ctx.transaction(async (tx) => {
    await checkReferences(tx, terms)
    const campaign = await insertCampaign(tx, terms)
    const view = await viewCampaign(tx, campaign)
    await recordAudit(tx, ctx, 'campaign_drafted', { campaignId: campaign.id, number: campaign.number })
    return view
  })
}

export async function checkReferences(tx: Parameters<typeof findUnknownReference>[0], terms: Terms): Promise<void> {
  const found = await findUnknownReference(tx, terms)
  if (found)
    throw new AppError('invalid', `${found.what}_unknown`, `There is no such ${found.what.replace('_', ' ')}`, {
      unknown: found.unknown,
    })
}
