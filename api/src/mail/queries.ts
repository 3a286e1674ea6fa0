import { type Database, mails, type Transaction } from '@carnet/db'
import { and, count, eq, lt, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'

type Reader = Database | Transaction
export type NewMailRow = Pick<
  typeof mails.$inferInsert,
  'recipient' | 'template' | 'language' | 'facts' | 'nextAttemptAt' | 'createdOn'
>
export type WaitingMail = Pick<
  typeof mails.$inferSelect,
  'id' | 'recipient' | 'template' | 'language' | 'facts' | 'attempts'
>

export async function insertMail(tx: Transaction, mail: NewMailRow): Promise<void> {
  await tx.insert(mails).values(mail)
}

/**
 * Takes mails that are due, oldest first, and counts the attempt: no other process takes them before `until`. One that dies
 * with a mail in its hands leaves it to the next.
 */
export async function claimMails(
  tx: Transaction,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<WaitingMail[]> {
  const due = sql`(select id from mails where state = 'waiting' and next_attempt_at <= ${now.toISOString()}
    order by next_attempt_at limit ${limit} for update skip locked)`
  return tx
    .update(mails)
    .set({ nextAttemptAt: until, attempts: sql`${mails.attempts} + 1` })
    .where(sql`${mails.id} in ${due}`)
    .returning({
      id: mails.id,
      recipient: mails.recipient,
      template: mails.template,
      language: mails.language,
      facts: mails.facts,
      attempts: mails.attempts,
    })
}

export async function markSent(tx: Transaction, id: string, sentOn: Day): Promise<void> {
  await tx
    .update(mails)
    .set({ state: 'sent', sentOn })
    .where(and(eq(mails.id, id), eq(mails.state, 'waiting')))
}

/** Null: given up. */
export async function putOff(tx: Transaction, id: string, nextAttemptAt: Date | null): Promise<void> {
  await tx
    .update(mails)
    .set(nextAttemptAt ? { nextAttemptAt } : { state: 'dead' })
    .where(and(eq(mails.id, id), eq(mails.state, 'waiting')))
}

export async function countDeadMails(db: Reader): Promise<number> {
  const [row] = await db.select({ dead: count() }).from(mails).where(eq(mails.state, 'dead'))
  return row!.dead
}

export async function removeOldMails(tx: Transaction, before: Day): Promise<void> {
  await tx.delete(mails).where(lt(mails.createdOn, before))
}
