/** A campaign beside others in the same month of their life. Pure. */
import { addMonths, type Day, daysBetween, lastDayOfMonth, type Month, monthOf } from '../shared/days.ts'
import { quantileOf } from '../shared/quantile.ts'

export type Range = { low: number; median: number; high: number }
export type Comparables = { campaigns: number; range: Range | null }

/** With fewer, a range would be the rates of single campaigns. */
const fewestCompared = 5
/** Each costs a few questions to the database. */
const mostCompared = 20

/** The middle half of some rates and their median, to a tenth of a percent; null for fewer than five. */
export function rangeOfRates(rates: readonly number[]): Range | null {
  if (rates.length < fewestCompared) return null
  const at = (share: number) => Math.round(quantileOf(rates, share) * 1000) / 1000
  return { low: at(0.25), median: at(0.5), high: at(0.75) }
}

type Dated = { id: string; startsOn: Day }

/**
 * Those that have reached the month of life in which this campaign is at `until`, each with the end of that month: the twenty that
 * began nearest to it. `lastEnd` is the end of the newest month that is over.
 */
export function nearestInLife<Other extends Dated>(
  campaign: Dated,
  others: readonly Other[],
  { until, lastEnd }: { until: Day; lastEnd: Day },
): { other: Other; until: Day }[] {
  const age = monthsBetween(monthOf(campaign.startsOn), monthOf(until))
  const distance = ({ startsOn }: Dated) => Math.abs(daysBetween(campaign.startsOn, startsOn))
  return others
    .filter(({ id }) => id !== campaign.id)
    .map((other) => ({ other, until: lastDayOfMonth(addMonths(monthOf(other.startsOn), age)) }))
    .filter((one) => one.until <= lastEnd)
    .toSorted((a, b) => distance(a.other) - distance(b.other))
    .slice(0, mostCompared)
}

function monthsBetween(from: Month, to: Month): number {
  const count = (month: Month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))
  return count(to) - count(from)
}
