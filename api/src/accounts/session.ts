import type { Transaction } from '@carnet/db'
import type { Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { sessionHours } from './authenticate.ts'
import { addSession, findDemoSignIn, removeSession } from './queries.ts'
import { hashToken, newToken } from './tokens.ts'

export type NewSession = { token: string; expiresAt: Date }

async function startSession(tx: Transaction, ctx: Context, membershipId: string): Promise<NewSession> {
  const token = newToken('session')
  const createdAt = ctx.now()
  const expiresAt = new Date(createdAt.getTime() + sessionHours * 3_600_000)
  await addSession(tx, {
    tokenHash: hashToken(token),
    membershipId,
    createdAt,
    expiresAt,
    authenticatedAt: createdAt,
    seenAt: createdAt,
    method: 'demo',
    browser: '',
  })
  return { token, expiresAt }
}

/** Starts the session of a demo account by its one-click link, as often as it is clicked. Throws `not_found`. */
export async function signInToDemo(ctx: Context, token: string): Promise<NewSession> {
  const membershipId = await findDemoSignIn(ctx.db, hashToken(token))
  if (!membershipId) throw new AppError('not_found', 'sign_in_link_not_found', 'This sign-in link does not exist')
  return ctx.transaction((tx) => startSession(tx, ctx, membershipId))
}

/** Ends a session at once, in every process. Ending it twice is fine. */
export async function endSession(ctx: Context, token: string): Promise<void> {
  await ctx.transaction((tx) => removeSession(tx, hashToken(token)))
}
