import type { periodState, periods } from '@carnet/db'
import { addDays, addMonths, type Day, lastDayOfMonth, type Month, monthOf } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'

/**
 * A period is a month of scans under one key. Which one is open is what the database says, never a clock; the calendar only
 * says when the next step may be taken. A step changes the state and nothing else; counting and posting come after it.
 */
export type Period = typeof periods.$inferSelect
export type PeriodState = (typeof periodState.enumValues)[number]
export type PeriodEvent = 'close' | 'freeze' | 'seal' | 'seal_from_records'

/** The last step, sealing → sealed, is taken by the database function that drops the rows. */
const transitions: Record<PeriodState, Partial<Record<PeriodEvent, PeriodState>>> = {
  open: { close: 'closed' },
  closed: { freeze: 'frozen', seal_from_records: 'sealing' },
  frozen: { seal: 'sealing', seal_from_records: 'sealing' },
  sealing: {},
  sealed: {},
}

export function stateAfter(state: PeriodState, event: PeriodEvent): PeriodState {
  const next = transitions[state][event]
  if (!next) throw new AppError('conflict', `period_is_${state}`, `Cannot ${event} it now`)
  return next
}

/** A scan is checked under three keys (the arrays of redeem_scans): the open period's and those of two older ones. */
const mostLivePeriods = 3

/** Abandoned periods have no key left to check a scan with. */
export const isLive = (period: Pick<Period, 'state' | 'isAbandoned'>): boolean =>
  period.state !== 'sealed' && !period.isAbandoned

/** The oldest must be sealed first; until then the open period stays open, so scans go on. Throws `conflict`. */
export function checkOpening(periods: readonly Period[]): void {
  const live = periods.filter(isLive)
  if (live.length >= mostLivePeriods)
    throw new AppError(
      'conflict',
      'too_many_live_periods',
      'Seal the oldest period first: scans go on in the open one',
      {
        oldest: live[0]!.id,
      },
    )
}

export const isMonthOver = (period: Pick<Period, 'month'>, today: Day): boolean => period.month < monthOf(today)

/** From the 20th on, the next period's key and tables lie ready. */
export const isPreparingTime = (today: Day): boolean => Number(today.slice(8)) >= 20

/** Days of the month after, counted as 1..31. */
export const freezingDay = (month: Month, dayOfMonth: number): Day => addDays(addMonths(month, 1), dayOfMonth - 1)

/**
 * Sealing starts on the 31st day after the month's end and the key is gone on the 59th: no link lives longer than 90 days.
 * Four days before, whoever runs the scheme is told with urgency.
 */
export const sealingDays = (month: Month) => {
  const monthEnd = lastDayOfMonth(month)
  return {
    from: addDays(monthEnd, 31),
    reviewsPaidFrom: addDays(monthEnd, 45),
    urgentFrom: addDays(monthEnd, 55),
    until: addDays(monthEnd, 59),
  }
}

/** What is told of a month that is not sealed yet, from the day on that it should be. */
export function sealingAlarmOf(month: Month, today: Day): 'sealing_waits' | 'sealing_urgent' | 'sealing_late' | null {
  const { reviewsPaidFrom, urgentFrom, until } = sealingDays(month)
  if (today >= until) return 'sealing_late'
  if (today >= urgentFrom) return 'sealing_urgent'
  return today >= reviewsPaidFrom ? 'sealing_waits' : null
}

/** First answers are kept 13 months, to the end of a month so that the day of sealing is not in each of them. */
export const answersKeptUntil = (today: Day): Day => lastDayOfMonth(addMonths(monthOf(today), 13))
