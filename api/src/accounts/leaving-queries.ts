import { apiTokens, demoSignIns, mails, memberships, sessions, type Transaction } from '@carnet/db'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'

/** With everything that opened something for it. False when it had ended before. */
export async function closeMembership(
  tx: Transaction,
  id: string,
  ending: { endedOn: Day; endedBy: string },
): Promise<boolean> {
  const closed = await tx
    .update(memberships)
    .set(ending)
    .where(and(eq(memberships.id, id), isNull(memberships.endedOn)))
    .returning({ id: memberships.id })
  await tx.delete(sessions).where(eq(sessions.membershipId, id))
  await tx.delete(apiTokens).where(eq(apiTokens.membershipId, id))
  await tx.delete(demoSignIns).where(eq(demoSignIns.membershipId, id))
  return closed.length > 0
}

export async function wasToldToday(tx: Transaction, membershipId: string, today: Day): Promise<boolean> {
  const told = await tx
    .select({ id: mails.id })
    .from(mails)
    .where(
      and(
        eq(mails.template, 'last_member'),
        eq(mails.createdOn, today),
        sql`${mails.facts}->>'membershipId' = ${membershipId}`,
      ),
    )
    .limit(1)
  return told.length > 0
}
