import { createHash } from 'node:crypto'
import type { Database, Transaction } from '@carnet/db'
import type { Actor, Context } from '../shared/context.ts'
import { insertAuditLine, listAuditLines } from './audit-queries.ts'

/*
 * The audit log tells who did what in administration and money: never a scan, a phone's request or a check. The database
 * chains the lines; nobody changes them.
 */

/**
 * Adds a line in the transaction of the act itself. Call it last: the chain is serial, and its lock is held until commit.
 * `action` is what happened, in the past (`batch_approved`); `details` hold ids, counts and amounts, never a voucher.
 */
export async function recordAudit(
  tx: Transaction,
  ctx: Context,
  action: string,
  details: Record<string, unknown>,
): Promise<void> {
  const personId = ctx.actor.kind === 'person' ? ctx.actor.personId : null
  await insertAuditLine(tx, { at: ctx.now(), actor: actorLabel(ctx.actor), personId, action, details })
}

function actorLabel(actor: Actor): string {
  if (actor.kind === 'person') return actor.role
  return 'deviceId' in actor ? `device ${actor.deviceId}` : actor.kind
}

const noHash = '0'.repeat(64)

/** Reads the whole chain, 1,000 lines at a time. Gives the number of the first line that does not hold, or null. */
export async function verifyAuditChain(db: Database | Transaction): Promise<number | null> {
  let expectedSeq = 1
  let previousHash = noHash
  while (true) {
    const lines = await listAuditLines(db, { afterSeq: expectedSeq - 1, limit: 1000 })
    if (lines.length === 0) return null
    for (const line of lines) {
      const hash = createHash('sha256').update(line.canonicalText).digest('hex')
      const holds = line.seq === expectedSeq && line.previousHash === previousHash && line.hash === hash
      if (!holds) return expectedSeq
      previousHash = hash
      expectedSeq += 1
    }
  }
}
