import { type Context, requireOperatorOr } from '../shared/context.ts'
import { addDays } from '../shared/days.ts'
import { removeOldAnswers } from './idempotency-queries.ts'
import { removeEndedSessions } from './queries.ts'

const answerDays = 30

/** Every night: sessions that ended, and the kept answers of writes older than 30 days. */
export async function forgetOldSessions(ctx: Context): Promise<void> {
  requireOperatorOr(ctx.actor)
  await ctx.transaction(async (tx) => {
    await removeEndedSessions(tx, ctx.now())
    await removeOldAnswers(tx, addDays(ctx.today(), -answerDays))
  })
}
