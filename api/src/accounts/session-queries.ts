import { type Database, memberships, people, sessions, type Transaction } from '@carnet/db'
import { and, asc, desc, eq, gt, inArray, lt, ne } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { isCurrent, membershipColumns } from './queries.ts'

type Reader = Database | Transaction

/** One lookup for each request of a page: who it is, as whom, and how the session stands. */
export async function findSession(db: Reader, tokenHash: Uint8Array, now: Date, today: Day) {
  const [row] = await db
    .select({
      ...membershipColumns,
      sessionId: sessions.id,
      method: sessions.method,
      authenticatedAt: sessions.authenticatedAt,
      seenAt: sessions.seenAt,
      createdAt: sessions.createdAt,
      browser: sessions.browser,
      idToken: sessions.idToken,
    })
    .from(sessions)
    .innerJoin(memberships, eq(memberships.id, sessions.membershipId))
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now), isCurrent(today)))
  return row
}

export async function noteSessionSeen(db: Reader, tokenHash: Uint8Array, seenAt: Date): Promise<void> {
  await db.update(sessions).set({ seenAt }).where(eq(sessions.tokenHash, tokenHash))
}

export async function addSession(tx: Transaction, session: typeof sessions.$inferInsert): Promise<void> {
  await tx.insert(sessions).values(session)
}

/** False when it was gone already: two requests that replace one session leave one. */
export async function removeSession(tx: Transaction, tokenHash: Uint8Array): Promise<boolean> {
  const removed = await tx.delete(sessions).where(eq(sessions.tokenHash, tokenHash)).returning({ id: sessions.id })
  return removed.length > 0
}

export async function isSession(db: Reader, id: string): Promise<boolean> {
  const found = await db.select({ id: sessions.id }).from(sessions).where(eq(sessions.id, id))
  return found.length > 0
}

const ofPerson = (db: Reader, personId: string) =>
  inArray(
    sessions.membershipId,
    db.select({ id: memberships.id }).from(memberships).where(eq(memberships.personId, personId)),
  )

/** Those of every role of a person, newest first. */
export const listSessions = (db: Reader, personId: string, now: Date) =>
  db
    .select({
      id: sessions.id,
      role: memberships.role,
      method: sessions.method,
      browser: sessions.browser,
      createdAt: sessions.createdAt,
      seenAt: sessions.seenAt,
    })
    .from(sessions)
    .innerJoin(memberships, eq(memberships.id, sessions.membershipId))
    .where(and(ofPerson(db, personId), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.createdAt), asc(sessions.id))

/** One of a person's sessions, or all but one, or all. Gives how many ended. */
export async function removeSessionsOf(
  tx: Transaction,
  personId: string,
  { only, but }: { only?: string; but?: string } = {},
): Promise<number> {
  const removed = await tx
    .delete(sessions)
    .where(
      and(
        ofPerson(tx, personId),
        only === undefined ? undefined : eq(sessions.id, only),
        but === undefined ? undefined : ne(sessions.id, but),
      ),
    )
    .returning({ id: sessions.id })
  return removed.length
}

export async function removeEndedSessions(tx: Transaction, now: Date): Promise<void> {
  await tx.delete(sessions).where(lt(sessions.expiresAt, now))
}

/** What a person may work as today, the oldest role of the list first. */
export const listCurrentMemberships = (db: Reader, personId: string, today: Day) =>
  db
    .select(membershipColumns)
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(people.id, personId), isCurrent(today)))
    .orderBy(asc(memberships.role), asc(memberships.tenantId), asc(memberships.id))
