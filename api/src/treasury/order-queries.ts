import { type Database, moneyOrders, receipts, type Transaction } from '@carnet/db'
import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { AppError } from '../shared/errors.ts'
import type { Cents } from '../shared/money.ts'
import type { MoneyOrder } from './money-order.ts'

type Reader = Database | Transaction
export type Receipt = typeof receipts.$inferSelect

/** Null when the reference is known already. */
export async function insertOrder(
  tx: Transaction,
  values: typeof moneyOrders.$inferInsert,
): Promise<MoneyOrder | null> {
  const [order] = await tx.insert(moneyOrders).values(values).onConflictDoNothing().returning()
  return order ?? null
}

export async function getOrderByReference(db: Reader, reference: string): Promise<MoneyOrder> {
  const [order] = await db.select().from(moneyOrders).where(eq(moneyOrders.reference, reference))
  if (!order) throw orderNotFound()
  return order
}

const orderNotFound = () => new AppError('not_found', 'order_not_found', 'There is no such order')

/** Who else decides on it waits. */
export async function lockOrder(tx: Transaction, id: string): Promise<MoneyOrder> {
  const [order] = await tx.select().from(moneyOrders).where(eq(moneyOrders.id, id)).for('no key update')
  if (!order) throw orderNotFound()
  return order
}

export async function setOrder(tx: Transaction, id: string, columns: Partial<MoneyOrder>): Promise<MoneyOrder> {
  const [order] = await tx.update(moneyOrders).set(columns).where(eq(moneyOrders.id, id)).returning()
  return order!
}

/** What these orders are about, in cents. */
export async function readAmounts(db: Reader, ids: readonly string[]): Promise<Map<string, Cents>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: moneyOrders.id, amountCents: moneyOrders.amountCents })
    .from(moneyOrders)
    .where(inArray(moneyOrders.id, [...ids]))
  return new Map(rows.map(({ id, amountCents }) => [id, amountCents]))
}

/** Those to decide first, then the newest. */
export const listOrders = (db: Reader, limit: number): Promise<MoneyOrder[]> =>
  db
    .select()
    .from(moneyOrders)
    .orderBy(asc(moneyOrders.state), desc(moneyOrders.proposedOn), asc(moneyOrders.id))
    .limit(limit)

/** Refunds and transfers of a campaign, those to decide first. */
export const listOrdersOf = (db: Reader, campaignId: string): Promise<MoneyOrder[]> =>
  db
    .select()
    .from(moneyOrders)
    .where(and(eq(moneyOrders.campaignId, campaignId), inArray(moneyOrders.kind, ['refund', 'transfer'])))
    .orderBy(asc(moneyOrders.state), desc(moneyOrders.proposedOn), asc(moneyOrders.id))

export async function getReceipt(db: Reader, id: string): Promise<Receipt> {
  const [receipt] = await db.select().from(receipts).where(eq(receipts.id, id))
  if (!receipt) throw new AppError('not_found', 'receipt_not_found', 'There is no such receipt')
  return receipt
}

/** Throws `conflict` `receipt_is_attributed`, `receipt_is_sent_back`: nobody decides twice on the same money. */
export async function moveReceipt(tx: Transaction, id: string, columns: Partial<Receipt>): Promise<Receipt> {
  const [moved] = await tx
    .update(receipts)
    .set(columns)
    .where(and(eq(receipts.id, id), eq(receipts.state, 'suspense')))
    .returning()
  if (moved) return moved
  const { state } = await getReceipt(tx, id)
  throw new AppError('conflict', `receipt_is_${state}`, 'It was decided already')
}

export async function insertReceipt(tx: Transaction, values: typeof receipts.$inferInsert): Promise<Receipt | null> {
  const [receipt] = await tx.insert(receipts).values(values).onConflictDoNothing().returning()
  return receipt ?? null
}

export const listSuspense = (db: Reader): Promise<Receipt[]> =>
  db.select().from(receipts).where(eq(receipts.state, 'suspense')).orderBy(asc(receipts.bookedOn), asc(receipts.id))

/** What sealed statements of an organisation counted in a campaign, less what was taken back since. */
export async function countSealed(
  db: Reader,
  { campaignId, organisationId }: { campaignId: string; organisationId: string },
): Promise<{ sealed: number; corrected: number }> {
  const [row] = await db.execute<{ sealed: number; corrected: number }>(sql`
    select (coalesce((select sum(l.voucher_count) from statement_lines l join statements s on s.id = l.statement_id
                        join periods p on p.id = s.period_id and p.state = 'sealed'
                       where l.campaign_id = ${campaignId} and s.organisation_id = ${organisationId}), 0)
          - coalesce((select sum(a.voucher_count) from statement_adjustments a join statements s on s.id = a.statement_id
                        join periods p on p.id = s.period_id and p.state = 'sealed'
                       where a.campaign_id = ${campaignId} and s.organisation_id = ${organisationId}), 0))::int as sealed,
           coalesce((select sum(o.voucher_count) from money_orders o where o.kind = 'correction' and o.state = 'approved'
                        and o.campaign_id = ${campaignId} and o.organisation_id = ${organisationId}), 0)::int as corrected`)
  return row!
}

/** What was ordered to the bank and posted, and is on no statement yet. */
export async function sumOnTheWay(db: Reader, payingAccountId: string): Promise<Cents> {
  const [row] = await db
    .select({ cents: sql<string>`coalesce(sum(${moneyOrders.amountCents}), 0)` })
    .from(moneyOrders)
    .where(
      and(
        eq(moneyOrders.payingAccountId, payingAccountId),
        eq(moneyOrders.state, 'approved'),
        isNull(moneyOrders.bookedOn),
        sql`${moneyOrders.kind} in ('refund', 'receipt_sent_back')`,
      ),
    )
  return Number(row!.cents) as Cents
}
