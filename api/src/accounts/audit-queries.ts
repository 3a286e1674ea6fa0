import type { Database, Transaction } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { anyPart } from '../shared/list-queries.ts'

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
  { afterSeq, untilSeq = null, limit }: { afterSeq: number; untilSeq?: number | null; limit: number },
): Promise<AuditLine[]> {
  const rows = await db.execute<AuditLine>(sql`
    select seq::int as seq, encode(previous_hash, 'hex') as "previousHash", encode(hash, 'hex') as hash,
      jsonb_build_object('seq', seq, 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'actor', actor, 'personId', person_id, 'action', action, 'details', details,
        'previousHash', encode(previous_hash, 'hex'))::text as "canonicalText"
    from audit_log where seq > ${afterSeq} and (${untilSeq}::bigint is null or seq <= ${untilSeq}::bigint)
    order by seq limit ${limit}`)
  return [...rows]
}

export type AuditEntry = {
  seq: number
  at: string
  actor: string
  person: string | null
  action: string
  details: Record<string, unknown>
  hash: string
}

/** What to look for; whatever is absent is not looked at. Days are of Paris, both included. */
export type AuditSearch = {
  action?: string | undefined
  /** Part of a name. */
  person?: string | undefined
  from?: Day | undefined
  to?: Day | undefined
  /** Part of the details, as JSON writes them. */
  q?: string | undefined
}

/** Newest first; `beforeSeq` is where the page before ended. */
export async function listAuditEntries(
  db: Reader,
  { beforeSeq, limit, search = {} }: { beforeSeq: number | undefined; limit: number; search?: AuditSearch },
): Promise<AuditEntry[]> {
  const conditions = [
    beforeSeq !== undefined && sql`l.seq < ${beforeSeq}`,
    search.action && sql`l.action = ${search.action}`,
    search.person && sql`p.name ilike ${anyPart(search.person)}`,
    search.from && sql`l.at >= ${search.from}::date::timestamp at time zone 'Europe/Paris'`,
    search.to && sql`l.at < (${search.to}::date + 1)::timestamp at time zone 'Europe/Paris'`,
    search.q && sql`l.details::text ilike ${anyPart(search.q)}`,
  ].filter((condition) => typeof condition === 'object')
  const rows = await db.execute<AuditEntry>(sql`
    select l.seq::int as seq, to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, l.actor,
      p.name as person, l.action, l.details, encode(l.hash, 'hex') as hash
    from audit_log l left join people p on p.id = l.person_id
    ${conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``}
    order by l.seq desc limit ${limit}`)
  return [...rows]
}

/** Every kind of act that the log holds, for a list to choose from. */
export async function listAuditActions(db: Reader): Promise<string[]> {
  const rows = await db.execute<{ action: string }>(sql`select distinct action from audit_log order by action`)
  return rows.map(({ action }) => action)
}

export type AuditHead = { seq: number; on: Day; hash: string }

/** The newest line: its hash vouches for all before it. */
export async function findAuditHead(db: Reader): Promise<AuditHead | undefined> {
  const [head] = await db.execute<AuditHead>(sql`
    select seq::int as seq, (at at time zone 'Europe/Paris')::date::text as on, encode(hash, 'hex') as hash
    from audit_head()`)
  return head
}

/** Whether funders had the head of the log by mail in this month. */
export async function wasHeadMailed(tx: Transaction, month: string): Promise<boolean> {
  const lines = await tx.execute(
    sql`select 1 from audit_log where action = 'audit_head_mailed' and details->>'month' = ${month} limit 1`,
  )
  return lines.length > 0
}
