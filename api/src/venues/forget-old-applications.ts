import { type Context, requireOperatorOr } from '../shared/context.ts'
import { addDays, monthsBefore } from '../shared/days.ts'
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
