import { type Database, funders, type Transaction } from '@carnet/db'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { AppError } from '../shared/errors.ts'
import { contains } from '../shared/list-queries.ts'

type Reader = Database | Transaction
export type Funder = typeof funders.$inferSelect
export type NewFunder = Omit<typeof funders.$inferInsert, 'id'>

export async function getFunder(db: Reader, id: string): Promise<Funder> {
  const [funder] = await db.select().from(funders).where(eq(funders.id, id))
  if (!funder) throw new AppError('not_found', 'funder_not_found', 'There is no such funder')
  return funder
}

export type FunderFilter = { onlyId: string | null; q?: string | undefined; after?: string | undefined; limit: number }

/** By name; `after` is the last name of the page before. */
export async function listFunders(db: Reader, { onlyId, q, after, limit }: FunderFilter): Promise<Funder[]> {
  return db
    .select()
    .from(funders)
    .where(
      and(
        onlyId === null ? undefined : eq(funders.id, onlyId),
        q ? contains(funders.name, q) : undefined,
        after === undefined ? undefined : gt(funders.name, after),
      ),
    )
    .orderBy(asc(funders.name))
    .limit(limit)
}

/** Null when a funder of this name or SIRET is there already. */
export async function insertFunder(tx: Transaction, funder: NewFunder): Promise<Funder | null> {
  const [inserted] = await tx.insert(funders).values(funder).onConflictDoNothing().returning()
  return inserted ?? null
}

export async function updateFunder(tx: Transaction, id: string, change: Partial<NewFunder>): Promise<Funder> {
  const [updated] = await tx.update(funders).set(change).where(eq(funders.id, id)).returning()
  if (!updated) throw new AppError('not_found', 'funder_not_found', 'There is no such funder')
  return updated
}

export async function isFunderKnown(
  tx: Transaction,
  id: string,
  { name, siret }: Partial<NewFunder>,
): Promise<boolean> {
  const found = await tx.execute(sql`
    select from ${funders} where id <> ${id} and (name = ${name ?? null} or siret = ${siret ?? null}) limit 1`)
  return found.length > 0
}
