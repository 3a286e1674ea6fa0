import { listTargets } from '../../campaigns/steering-queries.ts'
import { readEndingDates } from '../../endings/read-ending.ts'
import type { Context } from '../../shared/context.ts'
import { gapsOf, heldOf, paceOf, phaseOn, splitUsed, wantedOn, wholeMonths } from '../../statistics/campaign-course.ts'
import { listFunderParts, listMonthlyUses, listOrders, readSteering } from '../../statistics/campaign-queries.ts'
import { asleepIn, waitingIn } from '../../statistics/campaign-stock.ts'
import { readDistrictUse } from '../../statistics/district-use.ts'
import { forecastOf } from '../../statistics/forecast.ts'
import { listStock } from '../../statistics/read-campaign-stock.ts'
import { readComparables } from '../../statistics/read-comparables.ts'
import { readUsageOf } from '../../statistics/read-figures.ts'
import { listReleasedThemes } from '../../statistics/released-cells-queries.ts'
import { callState, listCalls } from '../../treasury/call-queries.ts'
import { listAlerts } from '../../treasury/low-balance-queries.ts'
import { readAsOf } from './read-as-of.ts'
import { listWaiting } from './waiting-facts.ts'

export type CampaignFacts = Awaited<ReturnType<typeof readCampaignFacts>>

/** Everything the campaign page says, as of one evening. */
export async function readCampaignFacts(ctx: Context, id: string, asked: string | undefined) {
  const asOf = await readAsOf(ctx, id, asked)
  const { campaign, on, waterfall, dates } = asOf
  const of = { campaignId: id, on }
  const months = await listMonthlyUses(ctx.db, { ...of, uses: asOf.uses })
  const targets = await listTargets(ctx.db, id)
  const steering = await readSteering(ctx.db, of)
  const stock = await listStock(ctx.db, of)
  const usage = await readUsageOf(ctx.db, asOf)
  const until = [usage.until, dates.usesUntil].sort()[0]!
  const whole = wholeMonths(months, { startsOn: campaign.startsOn, until })
  const wanted = wantedOn(targets, campaign.startsOn, on)
  return {
    ...asOf,
    months,
    steering,
    wanted,
    stock,
    waitingBooks: waitingIn(stock),
    parts: await listFunderParts(ctx.db, of),
    orders: await listOrders(ctx.db, of),
    district: await readDistrictUse(ctx.db, of),
    themes: await listReleasedThemes(ctx.db, { campaignIds: [id], on }),
    targets: gapsOf(targets, waterfall),
    /** Of today, unless another day was asked for. */
    phase: phaseOn(dates, asked !== undefined && asOf.notKeptBefore === null ? on : ctx.today()),
    split: splitUsed(waterfall, campaign),
    held: heldOf(waterfall, campaign, waitingIn(stock)),
    usage,
    comparables: await readComparables(ctx, campaign, usage.until),
    pace: paceOf(whole),
    forecast: forecastOf({
      ...{ months: whole, on, until: dates.usesUntil },
      ...{ redeemed: waterfall.redeemed, active: waterfall.active },
    }),
    asleep: asleepIn(stock, usage.until),
    ending: await readEndingDates(ctx.db, campaign),
    alerts: await listAlerts(ctx.db, id),
    waiting: await listWaiting(ctx, asOf),
    overdue: (await listCalls(ctx.db, id, ctx.tenant)).filter((call) => callState(call, ctx.today()) === 'overdue'),
  }
}
