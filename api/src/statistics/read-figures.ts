import type { Database } from '@carnet/db'
import type { Campaign } from '../campaigns/queries.ts'
import { readCampaign } from '../campaigns/read-campaign.ts'
import { listContextNotes } from '../campaigns/steering-queries.ts'
import type { Context } from '../shared/context.ts'
import { type Day, lastMonthEnd } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { figuresDay, inGraceCents, type Usage, usageOf, type Waterfall } from './campaign-figures.ts'
import { listMonthlyUses } from './campaign-queries.ts'
import type { Comparables } from './comparables.ts'
import { type DayOfUses, findFirstToldDay, readWaterfall } from './queries.ts'
import { readComparables } from './read-comparables.ts'
import { readToldUses } from './told-uses.ts'

export type Figures = { campaign: Campaign; on: Day; waterfall: Waterfall; uses: readonly DayOfUses[] }

/**
 * The totals of a campaign as of an evening. Throws `unauthenticated`, `forbidden`, `not_found`, `conflict`
 * `figures_not_kept` for a day before the end of the last sealed month.
 */
export async function readFigures(ctx: Context, campaignId: string, asked?: Day): Promise<Figures> {
  const campaign = await readCampaign(ctx, campaignId)
  const [today, books] = [ctx.today(), campaign.budgetedBooks]
  const on = figuresDay({ today, asked, books })
  const firstDay = await findFirstToldDay(ctx.db)
  if (firstDay !== null && on < firstDay)
    throw new AppError('conflict', 'figures_not_kept', 'The uses of that day were counted into their month', {
      firstDay,
    })
  const { bookSize } = campaign
  const uses = await readToldUses(ctx, campaignId, figuresDay({ today, books }))
  const waterfall = await readWaterfall(ctx.db, { campaignId, bookSize, on, uses })
  return { campaign, on, uses, waterfall: { ...waterfall, inGraceCents: inGraceCents(waterfall, campaign, on) } }
}

/** How much of what was handed out is used, with its context. Throws as `readFigures`. */
export async function readUsage(
  ctx: Context,
  campaignId: string,
): Promise<Usage & { on: Day; comparables: Comparables }> {
  const figures = await readFigures(ctx, campaignId)
  const usage = await readUsageOf(ctx.db, figures)
  return { on: figures.on, ...usage, comparables: await readComparables(ctx, figures.campaign, usage.until) }
}

/** The usage of a campaign as page, file and API tell it on an evening. */
export async function readUsageOf(db: Database, { campaign, on, uses }: Omit<Figures, 'waterfall'>): Promise<Usage> {
  const { id: campaignId, bookSize } = campaign
  const until = lastMonthEnd(on)
  const [newest] = await listContextNotes(db, campaignId)
  return usageOf({
    ...{ until, bookSize },
    months: await listMonthlyUses(db, { campaignId, on, uses }),
    atEnd: await readWaterfall(db, { campaignId, bookSize, on: until, uses }),
    contextNote: newest?.body ?? null,
  })
}
