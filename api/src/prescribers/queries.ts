import {
  boxes,
  campaigns,
  communes,
  type Database,
  handouts,
  prescribers,
  stockMoves,
  type Transaction,
} from '@carnet/db'
import { and, asc, eq, gt, inArray, isNotNull, or, sql, sum } from 'drizzle-orm'
import type { Month } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { contains } from '../shared/list-queries.ts'

type Reader = Database | Transaction
export type Prescriber = typeof prescribers.$inferSelect
export type Handout = typeof handouts.$inferSelect

const notFound = () => new AppError('not_found', 'prescriber_not_found', 'There is no such prescriber')

export async function getPrescriber(db: Reader, id: string): Promise<Prescriber> {
  const [prescriber] = await db.select().from(prescribers).where(eq(prescribers.id, id))
  if (!prescriber) throw notFound()
  return prescriber
}

/** Others who count for it wait. */
export async function lockPrescriber(tx: Transaction, id: string): Promise<void> {
  const [prescriber] = await tx.select().from(prescribers).where(eq(prescribers.id, id)).for('no key update')
  if (!prescriber) throw notFound()
}

export type PrescriberFilter = {
  onlyId: string | null
  q?: string | undefined
  after?: string | undefined
  limit: number
}

/** By name; `after` is the last name of the page before. */
export const listPrescribers = (db: Reader, { onlyId, q, after, limit }: PrescriberFilter): Promise<Prescriber[]> =>
  db
    .select()
    .from(prescribers)
    .where(
      and(
        onlyId === null ? undefined : eq(prescribers.id, onlyId),
        q ? contains(prescribers.name, q) : undefined,
        after === undefined ? undefined : gt(prescribers.name, after),
      ),
    )
    .orderBy(asc(prescribers.name))
    .limit(limit)

/** Null when the name is taken. */
export async function insertPrescriber(
  tx: Transaction,
  prescriber: Omit<Prescriber, 'id'>,
): Promise<Prescriber | null> {
  const [inserted] = await tx.insert(prescribers).values(prescriber).onConflictDoNothing().returning()
  return inserted ?? null
}

export async function isCommuneKnown(tx: Transaction, code: string): Promise<boolean> {
  const found = await tx.select({ code: communes.code }).from(communes).where(eq(communes.code, code))
  return found.length > 0
}

/** Campaigns that run now and of which books came to the prescriber, in a box or from the stock. */
export async function listCampaignsOf(db: Reader, prescriberId: string): Promise<string[]> {
  const inBoxes = db
    .select({ id: boxes.campaignId })
    .from(boxes)
    .where(and(eq(boxes.prescriberId, prescriberId), inArray(boxes.state, ['delivered', 'active'])))
  const moved = db
    .select({ id: stockMoves.campaignId })
    .from(stockMoves)
    .where(and(eq(stockMoves.toPrescriberId, prescriberId), isNotNull(stockMoves.receivedOn)))
  const rows = await db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(
      and(
        inArray(campaigns.state, ['open', 'ending']),
        or(inArray(campaigns.id, inBoxes), inArray(campaigns.id, moved)),
      ),
    )
    .orderBy(asc(campaigns.number))
  return rows.map(({ id }) => id)
}

export const listHandouts = (db: Reader, prescriberId: string): Promise<Handout[]> =>
  db
    .select()
    .from(handouts)
    .where(eq(handouts.prescriberId, prescriberId))
    .orderBy(asc(handouts.campaignId), asc(handouts.month))

export async function countHandedOut(
  tx: Transaction,
  { prescriberId, campaignId, month }: Pick<Handout, 'prescriberId' | 'campaignId' | 'month'>,
): Promise<{ inAll: number; inMonth: number }> {
  const [row] = await tx
    .select({
      inAll: sum(handouts.books).mapWith(Number),
      inMonth: sql<number>`coalesce(sum(${handouts.books}) filter (where ${handouts.month} = ${month}), 0)::int`,
    })
    .from(handouts)
    .where(and(eq(handouts.prescriberId, prescriberId), eq(handouts.campaignId, campaignId)))
  return { inAll: row?.inAll ?? 0, inMonth: row?.inMonth ?? 0 }
}

export async function readMonth(
  tx: Transaction,
  { prescriberId, campaignId, month }: Pick<Handout, 'prescriberId' | 'campaignId' | 'month'>,
): Promise<{ replacements: number }> {
  const [row] = await tx
    .select({ replacements: handouts.replacements })
    .from(handouts)
    .where(and(eq(handouts.prescriberId, prescriberId), eq(handouts.campaignId, campaignId), eq(handouts.month, month)))
  return row ?? { replacements: 0 }
}

export async function writeReplacements(
  tx: Transaction,
  key: { prescriberId: string; campaignId: string; month: Month },
  replacements: number,
): Promise<Handout> {
  const [written] = await tx
    .insert(handouts)
    .values({ ...key, books: 0, replacements })
    .onConflictDoUpdate({ target: [handouts.prescriberId, handouts.campaignId, handouts.month], set: { replacements } })
    .returning()
  return written!
}

export async function writeHandouts(
  tx: Transaction,
  key: { prescriberId: string; campaignId: string; month: Month },
  books: number,
): Promise<Handout> {
  const [written] = await tx
    .insert(handouts)
    .values({ ...key, books })
    .onConflictDoUpdate({ target: [handouts.prescriberId, handouts.campaignId, handouts.month], set: { books } })
    .returning()
  return written!
}
