import { type Context, requireOperatorOr } from '../shared/context.ts'
import { addDays } from '../shared/days.ts'
import { removeOldAttempts } from './attempt-queries.ts'
import { removeOldAnswers } from './idempotency-queries.ts'
import { removeOldApiTokens } from './queries.ts'
import { removeEndedSessions } from './session-queries.ts'

const keptDays = 30

/** Every night: sessions that ended, sign-ins that nobody finished; what ended 30 days ago: API tokens, kept answers of writes. */
export async function forgetOldSessions(ctx: Context): Promise<void> {
  requireOperatorOr(ctx.actor)
  await ctx.transaction(async (tx) => {
    await removeEndedSessions(tx, ctx.now())
    await removeOldAttempts(tx, new Date(ctx.now().getTime() - 3_600_000))
    await removeOldAnswers(tx, addDays(ctx.today(), -keptDays))
    await removeOldApiTokens(tx, addDays(ctx.today(), -keptDays))
  })
}
