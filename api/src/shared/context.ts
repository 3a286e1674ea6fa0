import type { Database, DatabaseRole, role, Transaction } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Keyring } from '../keyring/keyring.ts'
import { type Day, dayOf } from './days.ts'
import { AppError } from './errors.ts'
import type { Limit } from './rate-limit.ts'

export type Role = (typeof role.enumValues)[number]

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
}
/** An enrolled phone: it scans for its organisation, at its venue or at any of them. */
export type Phone = { kind: 'device'; deviceId: string; organisationId: string; venueId: string | null }
/** A prescriber's phone: it counts hand-outs and stops lost books, and scans nothing. */
export type PrescriberPhone = { kind: 'prescriber_device'; deviceId: string; prescriberId: string }
export type Actor = Person | Phone | PrescriberPhone | { kind: 'public' } | { kind: 'operator' }

/** What every use case needs, built once per request (app.ts), per job (jobs.ts) and per seed. */
export type Context = {
  /** Reads. Every write goes through `transaction`. */
  db: Database
  actor: Actor
  /** Whose rows the actor may see: set in the database for each transaction. */
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

export function createContext(parts: Pick<Context, 'db' | 'now' | 'keyring'> & { actor: Actor }): Context {
  const { db, now, keyring, actor } = parts
  const tenant = tenantOf(actor)
  const usualRole: DatabaseRole = actor.kind === 'operator' ? 'carnet_jobs' : 'carnet_app'
  return {
    db,
    actor,
    tenant,
    now,
    keyring,
    today: () => dayOf(now()),
    transaction: (run, as = usualRole) =>
      db.transaction(
        async (tx) => {
          await tx.execute(
            sql`select set_config('role', ${as}, true), set_config('carnet.tenant', ${tenant ?? ''}, true)`,
          )
          return run(tx)
        },
        { isolationLevel: 'read committed' },
      ),
  }
}

/** Throws `unauthenticated` for the public, `forbidden` for another role. */
export function requireRole(actor: Actor, ...roles: readonly Role[]): Person {
  if (actor.kind === 'public') throw new AppError('unauthenticated', 'sign_in_needed', 'Sign in first')
  if (actor.kind !== 'person' || !roles.includes(actor.role))
    throw new AppError('forbidden', 'role_not_allowed', `Only these roles may do this: ${roles.join(', ')}`)
  return actor
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
