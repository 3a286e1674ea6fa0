import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { checkTerms, type FixedBecause, type Terms } from './campaign.ts'
import { type CampaignView, viewCampaign } from './campaign-view.ts'
import { checkReferences } from './create-campaign.ts'
import { type Campaign, lockCampaign, moveCampaign, replaceTerms } from './queries.ts'
import { findWhatFixesTerms, hasWaitingAmendment, isBoundFunderLeftOut } from './reference-queries.ts'

export type CampaignChange = { [Term in keyof Terms]?: Terms[Term] | undefined }

/**
 * Until money came or books were ordered, all terms may change and every funder signs again; from then on they change by an
 * amendment alone. Throws `forbidden`, `not_found`, `invalid` (see `createCampaign`), `conflict` (`terms_are_fixed`,
 * `amendment_waits`, `funder_is_bound`, `campaign_is_ending` and later states).
 */
export async function changeCampaign(ctx: Context, id: string, given: CampaignChange): Promise<CampaignView> {
  requireRole(ctx.actor, 'coordinator')
  const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Terms>

  return ctx.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, id)
    const because = await whatFixes(tx, campaign)
    if (because)
      throw new AppError(
        'conflict',
        'terms_are_fixed',
        'From now on they change by an amendment that every funder signs',
        {
          because,
        },
      )
    if (await hasWaitingAmendment(tx, id))
      throw new AppError('conflict', 'amendment_waits', 'An amendment of these terms waits for signatures')
    const view = await viewCampaign(tx, await rewrite(tx, campaign, change))
    await recordAudit(tx, ctx, 'campaign_rewritten', { campaignId: id, terms: Object.keys(change) })
    return view
  })
}

async function whatFixes(tx: Transaction, { id, state }: Campaign): Promise<FixedBecause | null> {
  if (state === 'open') return 'open'
  if (state === 'draft' || state === 'agreed') return findWhatFixesTerms(tx, id)
  throw new AppError('conflict', `campaign_is_${state}`, 'A campaign that ends keeps its terms')
}

async function rewrite(tx: Transaction, campaign: Campaign, change: Partial<Terms>): Promise<Campaign> {
  const terms: Terms = { ...(await viewCampaign(tx, campaign)), ...change }
  checkTerms(terms)
  await checkReferences(tx, terms)
  const funderIds = terms.funders.map(({ funderId }) => funderId)
  if (await isBoundFunderLeftOut(tx, campaign.id, funderIds))
    throw new AppError('conflict', 'funder_is_bound', 'It signed an amendment, or money was called from it')
  if (campaign.state === 'agreed') await moveCampaign(tx, campaign, 'amend')
  return replaceTerms(tx, campaign.id, terms)
}
