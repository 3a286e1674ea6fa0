import { listCampaigns } from '../../campaigns/queries.ts'
import { requireCampaignReader } from '../../campaigns/read-campaign.ts'
import type { Context } from '../../shared/context.ts'
import { phaseOn, splitUsed } from '../../statistics/campaign-course.ts'
import { listFunderParts, readSteering } from '../../statistics/campaign-queries.ts'
import { readUsageOf } from '../../statistics/read-figures.ts'
import { readAsOf } from './read-as-of.ts'
import { listWaiting } from './waiting-facts.ts'

const perPage = 10
const order = ['running', 'grace', 'uploads', 'before', 'over']

export type HomeFacts = Awaited<ReturnType<typeof readCard>>

/** A page of the campaigns that the actor may read, by name. Throws `unauthenticated`, `forbidden`. */
export async function readHome(ctx: Context, after: string | undefined) {
  const { tenantId } = requireCampaignReader(ctx.actor)
  const listed = await listCampaigns(ctx.db, { onlyFunderId: tenantId, after, limit: perPage + 1 })
  const campaigns: HomeFacts[] = []
  for (const { id } of listed.slice(0, perPage)) campaigns.push(await readCard(ctx, id))
  // Those that run stand first; a page of ten is read as a whole.
  campaigns.sort((a, b) => order.indexOf(a.phase.phase) - order.indexOf(b.phase.phase))
  return { campaigns, next: listed.length > perPage ? listed[perPage - 1]!.name : undefined }
}

async function readCard(ctx: Context, id: string) {
  const asOf = await readAsOf(ctx, id, undefined)
  const { campaign, on, waterfall, dates } = asOf
  const [note] = (await readSteering(ctx.db, { campaignId: id, on })).notes
  return {
    ...asOf,
    note,
    funders: (await listFunderParts(ctx.db, { campaignId: id, on })).length,
    phase: phaseOn(dates, ctx.today()),
    split: splitUsed(waterfall, campaign),
    usage: await readUsageOf(ctx.db, asOf),
    waiting: await listWaiting(ctx, asOf),
  }
}
