import type { Database, DatabaseRole, role, signInMethod, Transaction } from '@carnet/db'
import { type Scope, scopeDatabase } from '@carnet/db/scope'
import type { Keyring } from '../keyring/keyring.ts'
import { type Day, dayOf } from './days.ts'
import { AppError } from './errors.ts'
import type { Limit } from './rate-limit.ts'

export type Role = (typeof role.enumValues)[number]
export type SignInMethod = (typeof signInMethod.enumValues)[number]
/** How and when a person last proved who they are, in this session. */
type Session = { id: string; method: SignInMethod; authenticatedAt: Date }

export type Person = {
  kind: 'person'
  role: Role
  personId: string
  membershipId: string
  name: string
  /** A funder, an organisation or a prescriber; null for those who serve the whole scheme. */
  tenantId: string | null
  /** What an API token may do: `*` or module names. A session may do all its role may. */
  scopes: readonly string[]
  /** Absent for an API token. */
  session?: Session
}
/** Signed in by mail alone, in a role that works with a passkey: the public, until the passkey was shown. */
export type Halfway = Pick<Person, 'role' | 'personId' | 'membershipId' | 'name'> & { session: Session }
/** An enrolled phone: it scans for its organisation, at its venue or at any of them. */
export type Phone = { kind: 'device'; deviceId: string; organisationId: string; venueId: string | null }
/** A prescriber's phone: it counts hand-outs and stops lost books, and scans nothing. */
export type PrescriberPhone = { kind: 'prescriber_device'; deviceId: string; prescriberId: string }
export type Actor = Person | Phone | PrescriberPhone | { kind: 'public'; halfway?: Halfway } | { kind: 'operator' }

/** What every use case needs, built once per request (app.ts), per job (jobs.ts) and per seed. */
export type Context = {
  /** Reads, of the rows that the actor may see. Every write goes through `transaction`. */
  db: Database
  actor: Actor
  /** Whose rows the actor may see: the database is told with every statement. */
  tenant: string | null
  now: () => Date
  today: () => Day
  keyring: Keyring
  /** READ COMMITTED; as `carnet_app` unless a use case of the operator's asks for `carnet_jobs`. */
  transaction: <Result>(run: (tx: Transaction) => Promise<Result>, as?: DatabaseRole) => Promise<Result>
}

export type AppEnv = {
  Variables: {
    context: Context
    requestId: string
    /** Counts one more of a kind, and throws when there were too many (rate-limit.ts). */
    limit: Limit
    /** Who asks, when there is no account: for `limit` alone, kept nowhere. */
    caller: string
  }
}

function tenantOf(actor: Actor): string | null {
  if (actor.kind === 'person') return actor.tenantId
  if (actor.kind === 'prescriber_device') return actor.prescriberId
  return actor.kind === 'device' ? actor.organisationId : null
}

/** What the database is told of an actor: its policies let nothing else through. */
const scopeOf = (actor: Actor): Scope => ({
  role: actor.kind === 'person' ? actor.role : actor.kind,
  tenant: tenantOf(actor),
  person: actor.kind === 'person' ? actor.personId : null,
})

type Parts = Pick<Context, 'db' | 'now' | 'keyring'> & { actor: Actor }

/** A context for one actor. Its reads and writes are told to the database as that actor's, unless another scope is given. */
export function createContext(parts: Parts, scope: Scope = scopeOf(parts.actor)): Context {
  const { db, now, keyring, actor } = parts
  const usualRole: DatabaseRole = actor.kind === 'operator' ? 'carnet_jobs' : 'carnet_app'
  return {
    db: scopeDatabase(db, scope),
    actor,
    tenant: tenantOf(actor),
    now,
    keyring,
    today: () => dayOf(now()),
    transaction: (run, as = usualRole) => scopeDatabase(db, scope, as).transaction(run),
  }
}

/**
 * Before it is known who asks, when something is looked up by a secret that the caller shows: a session, a code, the token of
 * a phone. Sees how people and phones sign in, and no tenant's things.
 */
export const atGate = (parts: Parts): Context => createContext(parts, gate)

const gate: Scope = { role: 'gate', tenant: null, person: null }
/** The same for a database alone: who asks is found out before there is a context. */
export const scopeToGate = (db: Database): Database => scopeDatabase(db, gate)

/** Whoever is signed in, in any role. Throws `unauthenticated` for the public, `forbidden` for a phone. */
export function requirePerson(actor: Actor): Person {
  if (actor.kind === 'public') throw new AppError('unauthenticated', 'sign_in_needed', 'Sign in first')
  if (actor.kind !== 'person') throw new AppError('forbidden', 'role_not_allowed', 'Only a person may do this')
  return actor
}

/** The same in one of some roles. Throws `forbidden` for another role too. */
export function requireRole(actor: Actor, ...roles: readonly Role[]): Person {
  const person = requirePerson(actor)
  if (!roles.includes(person.role))
    throw new AppError('forbidden', 'role_not_allowed', `Only these roles may do this: ${roles.join(', ')}`)
  return person
}

/** The same, or the operator itself: what runs on a schedule and can be asked for by hand. */
export function requireOperatorOr(actor: Actor, ...roles: readonly Role[]): Person | null {
  return actor.kind === 'operator' ? null : requireRole(actor, ...roles)
}

/** Throws `not_found` (not `forbidden`: that another tenant's thing exists is already an answer). */
export function requireOwn(person: Person, tenantId: string, what: string): void {
  if (person.tenantId !== null && person.tenantId !== tenantId)
    throw new AppError('not_found', `${what}_not_found`, `There is no such ${what}`)
}
