import { isDemo } from '../accounts/installation-queries.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { addMonths, monthOf } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { decideFolds } from './decide-folds.ts'
import { oneAtATime } from './guard.ts'
import { openNextPeriod } from './open-period.ts'
import { isMonthOver, type Period, stateAfter } from './period.ts'
import { getPeriod } from './queries.ts'

/**
 * Closes the open period and opens the next in the same step; then decides the folds of the closed one. Ahead of the month's
 * end only in the demo. Throws `forbidden`, `not_found`, `conflict` (`period_is_…`, `too_early`, `too_many_live_periods`).
 */
export async function closePeriod(ctx: Context, periodId: number): Promise<Period> {
  requireOperatorOr(ctx.actor, 'coordinator')
  const closed = await oneAtATime(ctx, 'opening', async () => {
    const period = await ctx.transaction((tx) => getPeriod(tx, periodId), 'carnet_jobs')
    stateAfter(period.state, 'close')
    if (!isMonthOver(period, ctx.today()) && !(await ctx.transaction(isDemo, 'carnet_jobs')))
      throw new AppError('conflict', 'too_early', 'The month is not over', { from: addMonths(period.month, 1) })
    await openNextPeriod(ctx, { month: monthOf(ctx.today()), reason: 'asked' })
    return ctx.transaction((tx) => getPeriod(tx, periodId), 'carnet_jobs')
  })
  await decideFolds(ctx, periodId)
  return closed
}
