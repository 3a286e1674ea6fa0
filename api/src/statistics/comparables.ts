import { type Campaign, listCampaigns } from '../campaigns/queries.ts'
import { listContextNotes } from '../campaigns/steering-queries.ts'
import type { Context } from '../shared/context.ts'
import { addMonths, type Day, lastDayOfMonth, lastMonthEnd, type Month, monthOf } from '../shared/days.ts'
import { figuresDay, usageOf } from './campaign-figures.ts'
import { listMonthlyUses } from './campaign-queries.ts'
import { readToldUses } from './told-uses.ts'

export type Range = { low: number; median: number; high: number }
export type Comparables = { campaigns: number; range: Range | null }

/** With fewer, a range would be the rates of single campaigns. */
const fewestCompared = 5
const mostCompared = 50

/** The middle half of some rates and their median, to a tenth of a percent; null for fewer than five. */
export function rangeOfRates(rates: readonly number[]): Range | null {
  if (rates.length < fewestCompared) return null
  const sorted = rates.toSorted((a, b) => a - b)
  const at = (share: number) => {
    const place = share * (sorted.length - 1)
    const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
    return Math.round((below + (above - below) * (place % 1)) * 1000) / 1000
  }
  return { low: at(0.25), median: at(0.5), high: at(0.75) }
}

/**
 * The usage rates of the other campaigns that the reader may read, each at the end of the month of its life that this one has
 * reached. Rates of other funders' campaigns are published nowhere, so a funder compares with its own alone.
 */
export async function readComparables(ctx: Context, { id, startsOn }: Campaign, until: Day): Promise<Comparables> {
  const listed = await listCampaigns(ctx.db, { onlyFunderId: ctx.tenant, limit: mostCompared + 1 })
  const age = monthsBetween(monthOf(startsOn), monthOf(until))
  const rates: number[] = []
  for (const other of listed.filter((one) => one.id !== id)) {
    const rate = await rateAt(ctx, other, lastDayOfMonth(addMonths(monthOf(other.startsOn), age)))
    if (rate !== null) rates.push(rate)
  }
  return { campaigns: rates.length, range: rangeOfRates(rates) }
}

const monthsBetween = (from: Month, to: Month): number => {
  const count = (month: Month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))
  return count(to) - count(from)
}

async function rateAt(ctx: Context, { id, bookSize, budgetedBooks }: Campaign, until: Day): Promise<number | null> {
  const on = figuresDay({ today: ctx.today(), books: budgetedBooks })
  const [note] = await listContextNotes(ctx.db, id)
  if (until > lastMonthEnd(on) || !note) return null
  const months = await listMonthlyUses(ctx.db, { campaignId: id, on, uses: await readToldUses(ctx, id, on) })
  const atEnd = { ordered: 0, issued: 0, circulating: 0 }
  return usageOf({ until, months, atEnd, bookSize, contextNote: note.body }).rate
}
