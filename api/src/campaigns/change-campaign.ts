import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { type Context, type Person, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { checkExtension, checkTerms, type FixedBecause, type Terms } from './campaign.ts'
import { type CampaignView, viewCampaign } from './campaign-view.ts'
import { checkReferences } from './create-campaign.ts'
import { type Campaign, extendCampaign, lockCampaign, moveCampaign, replaceTerms } from './queries.ts'
import { findWhatFixesTerms } from './reference-queries.ts'
import { insertDecision } from './steering-queries.ts'

/** `note` says why a fixed campaign is extended; it is kept among its decisions. */
export type CampaignChange = { [Term in keyof Terms]?: Terms[Term] | undefined } & { note?: string | undefined }

/**
 * Until money came or books were ordered, all terms may change and every funder signs again; from then on it may only last
 * longer and have more books, with a note. Throws `forbidden`, `not_found`, `invalid` (see `createCampaign`, `note_missing`),
 * `conflict` (`campaign_is_ending` and later states; see `checkExtension`).
 */
export async function changeCampaign(
  ctx: Context,
  id: string,
  { note, ...given }: CampaignChange,
): Promise<CampaignView> {
  const coordinator = requireRole(ctx.actor, 'coordinator')
  const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Terms>

  return ctx.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, id)
    const because = await whatFixes(tx, campaign)
    const changed = because
      ? await extend(tx, ctx, { campaign, change, because, note, coordinator })
      : await rewrite(tx, campaign, change)
    const view = await viewCampaign(tx, changed)
    const action = because ? 'campaign_extended' : 'campaign_rewritten'
    await recordAudit(tx, ctx, action, { campaignId: id, terms: Object.keys(change) })
    return view
  })
}

async function whatFixes(tx: Transaction, { id, state }: Campaign): Promise<FixedBecause | null> {
  if (state === 'open') return 'open'
  if (state === 'draft' || state === 'agreed') return findWhatFixesTerms(tx, id)
  throw new AppError('conflict', `campaign_is_${state}`, 'A campaign that ends keeps its terms')
}

type Extending = {
  campaign: Campaign
  change: Partial<Terms>
  because: FixedBecause
  note: string | undefined
  coordinator: Person
}

async function extend(tx: Transaction, ctx: Context, extending: Extending): Promise<Campaign> {
  const { campaign, change, because, note, coordinator } = extending
  checkExtension(campaign, change, because)
  if (!note) throw new AppError('invalid', 'note_missing', 'Say why: funders read it among the decisions')
  await insertDecision(tx, {
    campaignId: campaign.id,
    body: note,
    authorId: coordinator.personId,
    decidedOn: ctx.today(),
  })
  return Object.keys(change).length === 0 ? campaign : extendCampaign(tx, campaign.id, change)
}

async function rewrite(tx: Transaction, campaign: Campaign, change: Partial<Terms>): Promise<Campaign> {
  const terms: Terms = { ...(await viewCampaign(tx, campaign)), ...change }
  checkTerms(terms)
  await checkReferences(tx, terms)
  if (campaign.state === 'agreed') await moveCampaign(tx, campaign, 'amend')
  return replaceTerms(tx, campaign.id, terms)
}
