import { removeOldRetold } from '../redemptions/retold-queries.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { addDays } from '../shared/days.ts'
import { removeOldContests } from './queries.ts'

/** As long as a link between a use and its voucher may live at most. */
const keptDays = 90
/** As long as a phone's other counts. */
const retoldDays = 60

/** Every night: contests answered more than 90 days ago, and counts of what was told again more than 60 days ago. What was paid stays. */
export async function forgetOldContests(ctx: Context): Promise<void> {
  requireOperatorOr(ctx.actor)
  await ctx.transaction(async (tx) => {
    await removeOldContests(tx, addDays(ctx.today(), -keptDays))
    await removeOldRetold(tx, addDays(ctx.today(), -retoldDays))
  })
}
