import type { Database, Transaction } from '@carnet/db'
import { sql } from 'drizzle-orm'

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

export type AuditEntry = {
  seq: number
  at: string
  actor: string
  person: string | null
  action: string
  details: Record<string, unknown>
  hash: string
}

/** Newest first; `beforeSeq` is where the page before ended. */
export async function listAuditEntries(
  db: Reader,
  { beforeSeq, limit }: { beforeSeq: number | undefined; limit: number },
): Promise<AuditEntry[]> {
  const rows = await db.execute<AuditEntry>(sql`
    select l.seq::int as seq, to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, l.actor,
      p.name as person, l.action, l.details, encode(l.hash, 'hex') as hash
    from audit_log l left join people p on p.id = l.person_id
    where ${beforeSeq ?? null}::bigint is null or l.seq < ${beforeSeq ?? null}::bigint
    order by l.seq desc limit ${limit}`)
  return [...rows]
}
