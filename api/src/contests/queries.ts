import { contests, type Database, type Transaction, venues } from '@carnet/db'
import { and, asc, desc, eq, lt, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import type { Contest, ContestState } from './contest.ts'

/** Null when this scan was contested already. */
export async function addContest(tx: Transaction, values: typeof contests.$inferInsert): Promise<Contest | null> {
  const [contest] = await tx.insert(contests).values(values).onConflictDoNothing().returning()
  return contest ?? null
}

export async function findContest(db: Database | Transaction, answerMac: string): Promise<Contest | undefined> {
  const [contest] = await db.select().from(contests).where(eq(contests.answerMac, answerMac))
  return contest
}

export async function getContest(db: Transaction, id: string): Promise<Contest> {
  const [contest] = await db.select().from(contests).where(eq(contests.id, id))
  if (!contest) throw contestNotFound()
  return contest
}

export const contestNotFound = () => new AppError('not_found', 'contest_not_found', 'There is no such contest')

/** The loser of two decisions changes nothing and gets a conflict. */
export async function moveContest(
  tx: Transaction,
  contest: Contest,
  change: Pick<typeof contests.$inferInsert, 'state' | 'answer' | 'orderId' | 'decidedBy' | 'decidedOn'>,
): Promise<Contest> {
  const [moved] = await tx
    .update(contests)
    .set(change)
    .where(and(eq(contests.id, contest.id), eq(contests.state, contest.state)))
    .returning()
  if (!moved) throw new AppError('conflict', 'contest_changed', 'Somebody else just answered')
  return moved
}

/** What became of the payment; nothing for an order that is of no contest. */
export async function settleContestOf(tx: Transaction, orderId: string, isPaid: boolean): Promise<void> {
  await tx
    .update(contests)
    .set(isPaid ? { state: 'paid' } : { state: 'upheld', answer: 'payment_refused' })
    .where(and(eq(contests.orderId, orderId), eq(contests.state, 'payment_proposed')))
}

export type ContestRow = Omit<Contest, 'answerMac'> & { venue: string }
const withoutMac = ({
  contest: { answerMac: _, ...contest },
  venue,
}: {
  contest: Contest
  venue: string
}): ContestRow => ({
  ...contest,
  venue,
})

export async function getContestRow(db: Database, id: string): Promise<ContestRow> {
  const [row] = await db
    .select({ contest: contests, venue: venues.name })
    .from(contests)
    .innerJoin(venues, eq(venues.id, contests.venueId))
    .where(eq(contests.id, id))
  if (!row) throw contestNotFound()
  return withoutMac(row)
}

type ContestPage = { limit: number; organisationId?: string | null; state?: ContestState | undefined }

/** Those to answer first, the oldest of them first; then the newest answers. */
export async function listContests(db: Database, { limit, organisationId, state }: ContestPage): Promise<ContestRow[]> {
  const rows = await db
    .select({ contest: contests, venue: venues.name })
    .from(contests)
    .innerJoin(venues, eq(venues.id, contests.venueId))
    .where(
      and(
        organisationId ? eq(contests.organisationId, organisationId) : undefined,
        state ? eq(contests.state, state) : undefined,
      ),
    )
    .orderBy(
      sql`${contests.state} not in ('open', 'payment_proposed')`,
      sql`case when ${contests.state} in ('open', 'payment_proposed') then ${contests.askedOn} end`,
      desc(contests.decidedOn),
      asc(contests.id),
    )
    .limit(limit)
  return rows.map(withoutMac)
}

/** Only what was answered: what waits never leaves a list by its age. */
export async function removeOldContests(tx: Transaction, before: Day): Promise<void> {
  await tx
    .delete(contests)
    .where(and(lt(contests.decidedOn, before), sql`${contests.state} not in ('open', 'payment_proposed')`))
}
