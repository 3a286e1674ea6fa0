import { type Database, invariantRuns, type Transaction } from '@carnet/db'
import { desc, lt, sql } from 'drizzle-orm'

export type InvariantRun = typeof invariantRuns.$inferSelect

export async function insertRun(tx: Transaction, run: InvariantRun): Promise<void> {
  await tx.insert(invariantRuns).values(run).onConflictDoNothing()
}

export async function deleteRunsBefore(tx: Transaction, instant: Date): Promise<void> {
  await tx.delete(invariantRuns).where(lt(invariantRuns.ranAt, instant))
}

export async function findLastBroken(db: Database | Transaction): Promise<InvariantRun | undefined> {
  const [run] = await db
    .select()
    .from(invariantRuns)
    .where(sql`cardinality(${invariantRuns.brokenChecks}) > 0`)
    .orderBy(desc(invariantRuns.ranAt))
    .limit(1)
  return run
}

/** Newest first. */
export const listRuns = (db: Database | Transaction, limit: number): Promise<InvariantRun[]> =>
  db.select().from(invariantRuns).orderBy(desc(invariantRuns.ranAt)).limit(limit)
