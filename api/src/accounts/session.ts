import type { Transaction } from '@carnet/db'
import type { Context, Role, SignInMethod } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { takeLock } from '../shared/lock-queries.ts'
import { recordAudit } from './audit.ts'
import { requireSession } from './proof.ts'
import { findDemoSignIn } from './queries.ts'
import { addSession, findSession, listCurrentMemberships, removeSession, removeSessionsOf } from './session-queries.ts'
import { endOf, mayWork } from './session-rules.ts'
import { hashToken, newToken } from './tokens.ts'

export type NewSession = {
  token: string
  expiresAt: Date
  role: Role
  /** Several roles: the page after this one asks which. */
  hasChoice: boolean
  /** The role works with a passkey, which was not shown yet. */
  isHalfway: boolean
}
/** What the browser tells of itself: its rough name, and the session it had, which the new one replaces. */
export type Browser = { name: string; sessionToken: string | undefined }
/** `provenAt`: at a provider, a while ago. */
type Proof = { personId: string; method: SignInMethod; idToken?: string; provenAt?: Date }

/**
 * Somebody proved who they are: a new session with a token that nobody knew before, in the role of the session it replaces where
 * that was theirs. Throws `forbidden` `no_membership` for a person without a role today.
 */
export async function startSession(
  tx: Transaction,
  ctx: Context,
  { personId, method, idToken, provenAt }: Proof,
  browser: Browser,
  wanted?: string,
): Promise<NewSession> {
  const former = browser.sessionToken === undefined ? undefined : hashToken(browser.sessionToken)
  const replaced = former && (await findSession(tx, former, ctx.now(), ctx.today()))
  if (former) await removeSession(tx, former)
  const choices = await listCurrentMemberships(tx, personId, ctx.today())
  const membership =
    choices.find(({ membershipId }) => membershipId === (wanted ?? replaced?.membershipId)) ?? choices[0]
  if (!membership) throw new AppError('forbidden', 'no_membership', 'This person works for nobody here today')
  const { role, membershipId } = membership
  const createdAt = ctx.now()
  const began = {
    createdAt,
    seenAt: createdAt,
    authenticatedAt: provenAt ?? createdAt,
    expiresAt: endOf(role, method, createdAt),
  }
  const token = newToken('session')
  await addSession(tx, {
    ...began,
    tokenHash: hashToken(token),
    membershipId,
    method,
    browser: browser.name,
    idToken: idToken ?? (replaced?.personId === personId ? replaced.idToken : null),
  })
  const { expiresAt } = began
  return { token, expiresAt, role, hasChoice: choices.length > 1 && !replaced, isHalfway: !mayWork(role, method) }
}

/** Starts the session of a demo account by its one-click link, as often as it is clicked. Throws `not_found`. */
export async function signInToDemo(ctx: Context, token: string, browser: Browser): Promise<NewSession> {
  const link = await findDemoSignIn(ctx.db, hashToken(token))
  if (!link) throw new AppError('not_found', 'sign_in_link_not_found', 'This sign-in link does not exist')
  const { personId, membershipId } = link
  return ctx.transaction((tx) => startSession(tx, ctx, { personId, method: 'demo' }, browser, membershipId))
}

/**
 * Works as another of one's roles: the token changes, the proof and the end of the session stay what they were, or come sooner.
 * Throws `not_found` for a role of somebody else, `conflict` `session_replaced` for the second of two at once.
 */
export async function changeMembership(ctx: Context, token: string, membershipId: string): Promise<NewSession> {
  return ctx.transaction(async (tx) => {
    const session = await findSession(tx, hashToken(token), ctx.now(), ctx.today())
    if (!session) throw new AppError('unauthenticated', 'sign_in_needed', 'Sign in first')
    const choices = await listCurrentMemberships(tx, session.personId, ctx.today())
    const wanted = choices.find((choice) => choice.membershipId === membershipId)
    if (!wanted) throw new AppError('not_found', 'membership_not_found', 'You have no such role')
    await takeLock(tx, 'passkeys', session.personId)
    if (!(await removeSession(tx, hashToken(token))))
      throw new AppError('conflict', 'session_replaced', 'This session was just replaced')
    const { createdAt, method, authenticatedAt, browser, idToken } = session
    const expiresAt = endOf(wanted.role, method, createdAt)
    const fresh = newToken('session')
    const seenAt = ctx.now()
    const kept = { createdAt, expiresAt, seenAt, method, authenticatedAt, browser, idToken, membershipId }
    await addSession(tx, { ...kept, tokenHash: hashToken(fresh) })
    const { role } = wanted
    return { token: fresh, expiresAt, role, hasChoice: false, isHalfway: !mayWork(role, method) }
  })
}

/** Ends a session at once, in every process. Ending it twice is fine. Gives what ends it at the provider too, where there is one. */
export async function endSession(ctx: Context, token: string): Promise<{ idToken: string | null }> {
  return ctx.transaction(async (tx) => {
    const session = await findSession(tx, hashToken(token), ctx.now(), ctx.today())
    await removeSession(tx, hashToken(token))
    return { idToken: session?.idToken ?? null }
  })
}

/** Ends others of one's own sessions: one of them, all others, or every one. Throws `not_found` for a session of somebody else. */
export async function endSessions(ctx: Context, which: { id: string } | 'others' | 'all'): Promise<void> {
  const { personId, session } = requireSession(ctx)
  await ctx.transaction(async (tx) => {
    const ids = which === 'all' ? {} : which === 'others' ? { but: session.id } : { only: which.id }
    await takeLock(tx, 'passkeys', personId)
    const ended = await removeSessionsOf(tx, personId, ids)
    if (ended === 0 && typeof which === 'object')
      throw new AppError('not_found', 'session_not_found', 'You have no such session')
    await recordAudit(tx, ctx, 'sessions_ended', { count: ended })
  })
}
