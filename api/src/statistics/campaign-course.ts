/**
 * Where a campaign stands between its dates, its money and its targets: what a page says of figures that are already counted.
 * Nothing here reads or writes; amounts are cents, days are days.
 */
import { releaseDayOf } from '../calendar/calendar.ts'
import { addMonths, type Day, daysBetween, lastDayOfMonth, lastMonthEnd, type Month, monthOf } from '../shared/days.ts'
import type { Waterfall } from './campaign-figures.ts'

export type CampaignDates = { startsOn: Day; endsOn: Day; usesUntil: Day; uploadsUntil: Day }
export type Phase = 'before' | 'running' | 'grace' | 'uploads' | 'over'

/** The phase on a day, and how many days of it are left, that day not included. */
export function phaseOn(
  { startsOn, endsOn, usesUntil, uploadsUntil }: CampaignDates,
  day: Day,
): { phase: Phase; daysLeft: number } {
  if (day < startsOn) return { phase: 'before', daysLeft: daysBetween(day, startsOn) }
  if (day <= endsOn) return { phase: 'running', daysLeft: daysBetween(day, endsOn) }
  if (day <= usesUntil) return { phase: 'grace', daysLeft: daysBetween(day, usesUntil) }
  if (day <= uploadsUntil) return { phase: 'uploads', daysLeft: daysBetween(day, uploadsUntil) }
  return { phase: 'over', daysLeft: 0 }
}

type Terms = { faceValueCents: number; bookSize: number }
export type UsedSplit = {
  usedCents: number
  paidCents: number
  inPaymentCents: number
  toPayCents: number
  overpaidCents: number
}

/** What was used is to be paid, on its way or paid. Paid for more than is counted now (undone after payment): told apart. */
export function splitUsed({ redeemed, paidCents, inPaymentCents }: Waterfall, { faceValueCents }: Terms): UsedSplit {
  const usedCents = redeemed * faceValueCents
  const left = usedCents - paidCents - inPaymentCents
  return { usedCents, paidCents, inPaymentCents, toPayCents: Math.max(0, left), overpaidCents: Math.max(0, -left) }
}

export type Held = { availableCents: number; blockedCents: number; inStockCents: number; withPeopleCents: number }

/** What has not passed on, step by step. `waitingBooks`: active and not handed out, as the stocks have them. */
export function heldOf(figures: Waterfall, { faceValueCents, bookSize }: Terms, waitingBooks: number): Held {
  const { issued, active, booksHandedOut, redeemed, availableCents } = figures
  const handedOut = booksHandedOut * bookSize
  return {
    availableCents,
    blockedCents: (issued - active) * faceValueCents,
    inStockCents: waitingBooks * bookSize * faceValueCents,
    withPeopleCents: Math.max(0, handedOut - redeemed) * faceValueCents,
  }
}

/** What a target may be about so that its gap is told: `vouchers_used`, `books_handed_out`. Another wording is shown as written. */
export type Target = { indicator: string; target: number; dueOn: Day; responsible: string }
export type TargetGap = Target & { actual: number | null; gap: number | null }

export function gapsOf(targets: readonly Target[], figures: Waterfall): TargetGap[] {
  const actuals: Record<string, number> = { vouchers_used: figures.redeemed, books_handed_out: figures.booksHandedOut }
  return targets.map((target) => {
    const actual = actuals[target.indicator] ?? null
    return { ...target, actual, gap: actual === null ? null : actual - target.target }
  })
}

/** Wanted on a day: on a straight line from the start through the dates of the targets. Null when there is none for that day. */
export function wantedOn(targets: readonly Target[], startsOn: Day, day: Day): number | null {
  const uses = targets.filter(({ indicator }) => indicator === 'vouchers_used')
  let from = { on: startsOn, total: 0 }
  for (const { dueOn, target } of [...uses].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))) {
    if (day <= dueOn) {
      const whole = daysBetween(from.on, dueOn)
      const share = whole <= 0 ? 1 : Math.max(0, daysBetween(from.on, day)) / whole
      return Math.round(from.total + share * (target - from.total))
    }
    from = { on: dueOn, total: target }
  }
  return null
}

/** The day of the next release that holds a whole quarter: themes of a campaign are told by quarter. */
export function nextQuarterRelease(today: Day): { on: Day; lastMonth: Day } {
  for (let month = addMonths(monthOf(today), -3); ; month = addMonths(month, 1)) {
    const isQuarterEnd = Number(month.slice(5, 7)) % 3 === 0
    if (isQuarterEnd && releaseDayOf(month) >= today) return { on: releaseDayOf(month), lastMonth: month }
  }
}

/** True on every day but the last of its month. */
export const isMonthRunning = (on: Day): boolean => lastMonthEnd(on) !== on

/**
 * Every month that lies whole between the start of a campaign and a day, oldest first: one without a use is there with 0, the one in
 * which the campaign began only if it began on its first day.
 */
export function wholeMonths(
  months: readonly { month: Month; redeemed: number }[],
  { startsOn, until }: { startsOn: Day; until: Day },
): { month: Month; redeemed: number }[] {
  const redeemedIn = new Map(months.map(({ month, redeemed }) => [month, redeemed]))
  const whole: { month: Month; redeemed: number }[] = []
  const first = startsOn === monthOf(startsOn) ? startsOn : addMonths(monthOf(startsOn), 1)
  for (let month = first; lastDayOfMonth(month) <= until; month = addMonths(month, 1))
    whole.push({ month, redeemed: redeemedIn.get(month) ?? 0 })
  return whole
}

/** The last two whole months, and what was used in them. */
export function paceOf<Whole>(months: readonly Whole[]): { last: Whole; before: Whole } | null {
  const [before, last] = months.slice(-2)
  return before && last ? { last, before } : null
}
