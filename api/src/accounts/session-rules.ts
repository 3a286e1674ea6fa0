import type { Role, SignInMethod } from '../shared/context.ts'

/*
 * How long a session lives and what it may do depends on its role and on how it began. Roles that decide about everybody's
 * money, or read everything, work with a passkey: a code by mail is one factor, and a mailbox is often shared.
 */

const minuteMs = 60_000
const strictRoles: readonly Role[] = ['coordinator', 'finance_approver', 'auditor']
export const isStrict = (role: Role): boolean => strictRoles.includes(role)

type Limits = { idleMinutes: number; absoluteMinutes: number }
const halfDay = 12 * 60
function limitsOf(role: Role, method: SignInMethod): Limits {
  if (method === 'demo') return { idleMinutes: halfDay, absoluteMinutes: halfDay }
  if (isStrict(role)) return { idleMinutes: 60, absoluteMinutes: halfDay }
  return { idleMinutes: halfDay, absoluteMinutes: 7 * 24 * 60 }
}

/** The end of a session that began at `createdAt`, whatever happens in it. */
export const endOf = (role: Role, method: SignInMethod, createdAt: Date): Date =>
  new Date(createdAt.getTime() + limitsOf(role, method).absoluteMinutes * minuteMs)

/** Nobody was there for too long. */
export const isIdle = (role: Role, method: SignInMethod, seenAt: Date, now: Date): boolean =>
  now.getTime() - seenAt.getTime() >= limitsOf(role, method).idleMinutes * minuteMs

/** A session that may not work yet: its owner still shows, or first makes, a passkey. */
export const mayWork = (role: Role, method: SignInMethod): boolean =>
  !isStrict(role) || method === 'passkey' || method === 'demo'

/** Written once in five minutes, whatever the number of requests. */
export const isSeenLongAgo = (seenAt: Date, now: Date): boolean => now.getTime() - seenAt.getTime() >= 5 * minuteMs

export const freshMinutes = 10
export const isFresh = (authenticatedAt: Date, now: Date): boolean =>
  now.getTime() - authenticatedAt.getTime() < freshMinutes * minuteMs
