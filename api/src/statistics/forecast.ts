/**
 * Where a campaign goes if it is used as in its last months: plain multiplication, so that a committee can follow it. Built on totals by
 * month alone; what became of a single book is known to nobody. Pure.
 */
import { addDays, addMonths, type Day, daysBetween, lastDayOfMonth, type Month, monthOf } from '../shared/days.ts'
import { quantileOf } from '../shared/quantile.ts'

const fewestMonths = 3
const mostMonths = 6
const daysInMonth = 30.4
/** Some 27 years: past that a pace says nothing, and a date would leave the calendar. */
const mostDays = 9999

/** Uses in all, on a day: the middle, the middle half, and what the slowest and the fastest month would give. */
export type ForecastPoint = { on: Day; median: number; inner: [number, number]; outer: [number, number] }
export type Forecast = {
  /** How many whole months it follows. */
  months: number
  points: ForecastPoint[]
  /** On the last day that counts. */
  used: ForecastPoint
  /** Active vouchers that nobody would have used then: the middle, the least and the most. */
  unused: { median: number; least: number; most: number }
  /** The month in which every active voucher would be used at the middle pace; null when none is used. */
  usedUpIn: Month | null
}

type ForecastFacts = {
  /** Whole and over, oldest first, those without a use too. */
  months: readonly { redeemed: number }[]
  on: Day
  /** The last day on which a use counts. */
  until: Day
  redeemed: number
  active: number
}

/** Null when the campaign is over, or has fewer than three whole months to follow. */
export function forecastOf({ months, on, until, redeemed, active }: ForecastFacts): Forecast | null {
  const paces = months.slice(-mostMonths).map((month) => month.redeemed)
  if (paces.length < fewestMonths || on >= until) return null
  const at = (share: number) => quantileOf(paces, share)
  const most = Math.max(redeemed, active)
  const total = (pace: number, day: Day) =>
    Math.min(most, Math.round(redeemed + (pace * daysBetween(on, day)) / daysInMonth))
  const points = [on, ...monthEndsBetween(on, until), until].map(
    (day): ForecastPoint => ({
      on: day,
      median: total(at(0.5), day),
      inner: [total(at(0.25), day), total(at(0.75), day)],
      outer: [total(at(0), day), total(at(1), day)],
    }),
  )
  const used = points.at(-1)!
  return {
    months: paces.length,
    points,
    used,
    unused: { median: most - used.median, least: most - used.outer[1], most: most - used.outer[0] },
    usedUpIn: at(0.5) === 0 ? null : monthAfter(on, (most - redeemed) / at(0.5)),
  }
}

/** The month that lies so many months of middle length after a day. */
const monthAfter = (day: Day, months: number): Month =>
  monthOf(addDays(day, Math.min(mostDays, Math.ceil(months * daysInMonth))))

function monthEndsBetween(from: Day, to: Day): Day[] {
  const ends: Day[] = []
  for (let end = lastDayOfMonth(monthOf(from)); end < to; end = lastDayOfMonth(addMonths(monthOf(end), 1)))
    if (end > from) ends.push(end)
  return ends
}
