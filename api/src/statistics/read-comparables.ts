import { type Campaign, listCampaigns } from '../campaigns/queries.ts'
import { listContextNotes } from '../campaigns/steering-queries.ts'
import type { Context } from '../shared/context.ts'
import { addDays, type Day, lastMonthEnd } from '../shared/days.ts'
import { figuresDay, usageFraction } from './campaign-figures.ts'
import { listMonthlyUses } from './campaign-queries.ts'
import { type Comparables, nearestInLife, rangeOfRates } from './comparables.ts'
import { readToldUses } from './told-uses.ts'

/** Of one funder; the coordination has more, and compares with the first by name. */
const mostListed = 1000

/**
 * The usage rates of the other campaigns that the reader may read, each at the end of the month of its life that this one has
 * reached. Rates of other funders' campaigns are published nowhere, so a funder compares with its own alone.
 */
export async function readComparables(ctx: Context, campaign: Campaign, until: Day): Promise<Comparables> {
  const listed = await listCampaigns(ctx.db, { onlyFunderId: ctx.tenant, limit: mostListed })
  const rates: number[] = []
  for (const near of nearestInLife(campaign, listed, { until, lastEnd: lastMonthEnd(addDays(ctx.today(), -1)) })) {
    const rate = await rateAt(ctx, near.other, near.until)
    if (rate !== null) rates.push(rate)
  }
  return { campaigns: rates.length, range: rangeOfRates(rates) }
}

/** Null without a context note, and while the figures of that month are not told yet. */
async function rateAt(ctx: Context, { id, bookSize, budgetedBooks }: Campaign, until: Day): Promise<number | null> {
  const on = figuresDay({ today: ctx.today(), books: budgetedBooks })
  if (until > lastMonthEnd(on)) return null
  const [note] = await listContextNotes(ctx.db, id)
  if (!note) return null
  const months = await listMonthlyUses(ctx.db, { campaignId: id, on, uses: await readToldUses(ctx, id, on) })
  return usageFraction(months, { until, bookSize, contextNote: note.body }).rate
}
