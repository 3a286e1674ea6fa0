import { type Context, requireOperatorOr } from '../shared/context.ts'
import { addDays } from '../shared/days.ts'
import { removeOldAttempts } from './attempt-queries.ts'
import { removeOldAnswers } from './idempotency-queries.ts'
import { removeOldInvitations } from './invitation-queries.ts'
import { removeOldApiTokens } from './queries.ts'
import { removeEndedSessions } from './session-queries.ts'

const keptDays = 30
const invitationKeptDays = 180

/**
 * Every night: sessions that ended, sign-ins that nobody finished; what ended 30 days ago: API tokens, kept answers of writes;
 * after half a year: invitations, and people who were known by one and never came.
 */
export async function forgetOldSessions(ctx: Context): Promise<void> {
  requireOperatorOr(ctx.actor)
  await ctx.transaction(async (tx) => {
    await removeEndedSessions(tx, ctx.now())
    await removeOldAttempts(tx, new Date(ctx.now().getTime() - 3_600_000))
    await removeOldAnswers(tx, addDays(ctx.today(), -keptDays))
    await removeOldInvitations(tx, addDays(ctx.today(), -invitationKeptDays))
    await removeOldApiTokens(tx, addDays(ctx.today(), -keptDays))
  })
}
