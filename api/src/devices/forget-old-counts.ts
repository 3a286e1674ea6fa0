import { type Context, requireOperatorOr } from '../shared/context.ts'
import { addDays } from '../shared/days.ts'
import { removeOldCounts, removeOldEnrolmentTokens } from './queries.ts'

/** Long enough for a coordinator to look into a month of odd codes. */
export const countedDays = 60

/** Every night: what phones checked and mistyped more than 60 days ago, and enrolment tokens that ended. */
export async function forgetOldCounts(ctx: Context): Promise<void> {
  requireOperatorOr(ctx.actor)
  await ctx.transaction(async (tx) => {
    await removeOldCounts(tx, addDays(ctx.today(), -countedDays))
    await removeOldEnrolmentTokens(tx, ctx.now())
  })
}
