import { type Actor, type Context, type Person, scopeToGate } from '../shared/context.ts'
import { isHttps } from '../shared/cookies.ts'
import { AppError } from '../shared/errors.ts'
import { findApiToken, type MembershipRow, noteTokenUsed } from './queries.ts'
import { findSession, noteSessionSeen } from './session-queries.ts'
import { isIdle, isSeenLongAgo, mayWork } from './session-rules.ts'
import { hashToken } from './tokens.ts'

/** A browser keeps a `__Host-` cookie only from https: a demo on http://localhost is served without the prefix. */
export const cookieName = (publicUrl: string): string => (isHttps(publicUrl) ? '__Host-carnet' : 'carnet-session')

export const apiTokenPrefix = 'carnet'

/**
 * Who asks, by `Authorization: Bearer` or by the session cookie; without either, the public. A session that ended is the public
 * too, and so is one that still lacks its passkey: a page says "sign in" by itself. Throws `unauthenticated` for a token that is
 * unknown or expired.
 */
export async function authenticate(
  parts: Pick<Context, 'db' | 'now' | 'today'>,
  credentials: { authorization: string | undefined; sessionToken: string | undefined },
): Promise<Actor> {
  const gate = { ...parts, db: scopeToGate(parts.db) }
  if (credentials.authorization !== undefined) return authenticateToken(gate, credentials.authorization)
  if (credentials.sessionToken === undefined) return { kind: 'public' }
  return authenticateSession(gate, hashToken(credentials.sessionToken))
}

async function authenticateSession(
  { db, now, today }: Pick<Context, 'db' | 'now' | 'today'>,
  tokenHash: Uint8Array,
): Promise<Actor> {
  const row = await findSession(db, tokenHash, now(), today())
  if (!row || isIdle(row.role, row.method, row.seenAt, now())) return { kind: 'public' }
  if (isSeenLongAgo(row.seenAt, now())) await noteSessionSeen(db, tokenHash, now())
  const { sessionId: id, method, authenticatedAt, role, personId, membershipId, name } = row
  const session = { id, method, authenticatedAt }
  if (!mayWork(role, method)) return { kind: 'public', halfway: { role, personId, membershipId, name, session } }
  return { ...personOf(row, ['*']), session }
}

async function authenticateToken({ db, today }: Pick<Context, 'db' | 'today'>, authorization: string): Promise<Person> {
  const token = /^Bearer ([\w.~+/-]{20,200}=*)$/i.exec(authorization)?.[1]
  const row = token === undefined ? undefined : await findApiToken(db, hashToken(token), today())
  if (!row) throw new AppError('unauthenticated', 'token_unknown', 'This API token does not exist, or no longer')
  if (row.expiresOn < today())
    throw new AppError('unauthenticated', 'token_expired', `This API token ended on ${row.expiresOn}`, {
      expiredOn: row.expiresOn,
    })
  if (row.lastUsedOn === null || row.lastUsedOn < today()) await noteTokenUsed(db, row.tokenId, today())
  return personOf(row, row.scopes)
}

const personOf = ({ personId, membershipId, role, name, tenantId }: MembershipRow, scopes: string[]): Person => ({
  kind: 'person',
  role,
  personId,
  membershipId,
  name,
  tenantId,
  scopes,
})

/** An API token does what its scopes name: a module such as `campaigns`, or `*`. Throws `forbidden`. */
export function requireScope(actor: Actor, module: string): void {
  if (actor.kind !== 'person' || actor.scopes.includes('*') || actor.scopes.includes(module)) return
  throw new AppError('forbidden', 'scope_missing', `This API token lacks the scope ${module}`, { scope: module })
}
