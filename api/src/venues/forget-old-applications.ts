import { type Context, requireOperatorOr } from '../shared/context.ts'
import { addDays, type Day } from '../shared/days.ts'
import { keptMonths, unconfirmedDays } from './application.ts'
import { forgetApplications } from './application-queries.ts'

/** Every night: addresses that never answered, and who applied, half a year after the decision. What was decided stays. */
export async function forgetOldApplications(ctx: Context): Promise<void> {
  requireOperatorOr(ctx.actor)
  const today = ctx.today()
  await ctx.transaction((tx) =>
    forgetApplications(tx, {
      unconfirmedBefore: addDays(today, -unconfirmedDays),
      decidedBefore: monthsBefore(today, keptMonths),
    }),
  )
}

/** The same day some months before; the last day of a shorter month. */
export function monthsBefore(day: Day, months: number): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10)
}
