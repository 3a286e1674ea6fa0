import { apiTokens, type Database, memberships, people, sessions, type Transaction } from '@carnet/db'
import { and, eq, gt, gte, isNull, or, sql } from 'drizzle-orm'
import type { Role } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'

type Reader = Database | Transaction

export type NewAuditLine = {
  at: Date
  actor: string
  personId: string | null
  action: string
  details: Record<string, unknown>
}

/** The trigger of the table gives the line its number and its hashes. */
export async function insertAuditLine(tx: Transaction, line: NewAuditLine): Promise<void> {
  await tx.execute(sql`
    insert into audit_log (at, actor, person_id, action, details)
    values (${line.at.toISOString()}, ${line.actor}, ${line.personId}, ${line.action}, ${JSON.stringify(line.details)}::jsonb)`)
}

export type AuditLine = { seq: number; previousHash: string; hash: string; canonicalText: string }

/** The canonical text is built here again, not by the trigger's function: who changes one must change both. */
export async function listAuditLines(
  db: Reader,
  { afterSeq, limit }: { afterSeq: number; limit: number },
): Promise<AuditLine[]> {
  const rows = await db.execute<AuditLine>(sql`
    select seq::int as seq, encode(previous_hash, 'hex') as "previousHash", encode(hash, 'hex') as hash,
      jsonb_build_object('seq', seq, 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'actor', actor, 'personId', person_id, 'action', action, 'details', details,
        'previousHash', encode(previous_hash, 'hex'))::text as "canonicalText"
    from audit_log where seq > ${afterSeq} order by seq limit ${limit}`)
  return [...rows]
}

export type MembershipRow = {
  personId: string
  membershipId: string
  role: Role
  name: string
  tenantId: string | null
}

const membershipColumns = {
  personId: people.id,
  membershipId: memberships.id,
  role: memberships.role,
  name: people.name,
  tenantId: memberships.tenantId,
}

const isCurrent = (today: Day) =>
  and(eq(people.isActive, true), or(isNull(memberships.validUntil), gte(memberships.validUntil, today)))

export async function findSession(
  db: Reader,
  tokenHash: Uint8Array,
  now: Date,
  today: Day,
): Promise<MembershipRow | undefined> {
  const [row] = await db
    .select(membershipColumns)
    .from(sessions)
    .innerJoin(memberships, eq(memberships.id, sessions.membershipId))
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now), isCurrent(today)))
  return row
}

export async function findApiToken(db: Reader, tokenHash: Uint8Array, today: Day) {
  const [row] = await db
    .select({
      ...membershipColumns,
      tokenId: apiTokens.id,
      scopes: apiTokens.scopes,
      expiresOn: apiTokens.expiresOn,
      lastUsedOn: apiTokens.lastUsedOn,
    })
    .from(apiTokens)
    .innerJoin(memberships, eq(memberships.id, apiTokens.membershipId))
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(apiTokens.tokenHash, tokenHash), isCurrent(today)))
  return row
}

/** One write a day for each token, whatever the number of requests. */
export async function noteTokenUsed(db: Reader, tokenId: string, today: Day): Promise<void> {
  await db.update(apiTokens).set({ lastUsedOn: today }).where(eq(apiTokens.id, tokenId))
}
