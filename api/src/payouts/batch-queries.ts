import { type Database, paymentBatches, payoutLines, payouts, type Transaction } from '@carnet/db'
import { and, asc, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { takeLock } from '../shared/lock-queries.ts'
import type { Cents } from '../shared/money.ts'
import { type BatchEvent, batchStateAfter } from './payment-batch.ts'
import { endToEndIdOf, type Payable, type PayoutEvent, type Proposal, payoutStateAfter } from './payout.ts'

type Reader = Database | Transaction
type BatchRow = typeof paymentBatches.$inferSelect
type PayoutRow = typeof payouts.$inferSelect
/** Hashes as hex digits. */
export type Batch = Omit<BatchRow, 'sha256' | 'fileSha256'> & { sha256: string | null }
export type Payout = PayoutRow & { lines: { campaignId: string; amountCents: Cents }[] }

const hexOf = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString('hex'))
const batchOf = ({ sha256, fileSha256: _file, ...row }: BatchRow): Batch => ({ ...row, sha256: hexOf(sha256) })

/** Everything payable today, with the account to pay to. */
export async function listPayables(db: Reader, today: Day): Promise<Payable[]> {
  const rows = await db.execute<
    Omit<Payable, 'amountCents' | 'bankAccount' | 'reviewedCents'> & {
      amount: string
      reviewed: string
      account: Payable['bankAccount']
    }
  >(sql`
    select a.organisation_id as "organisationId", o.legal_name as "legalName", o.siret, a.paying_account_id as "payingAccountId",
           a.campaign_id as "campaignId", a.balance_cents as amount,
           case when k.id is not null then json_build_object('id', k.id, 'iban', k.iban, 'bic', k.bic, 'holderName', k.holder_name) end as account,
           exists (select from payouts f where f.bank_account_id = k.id and f.state in ('rejected', 'returned')) as "hasFailed",
           least(a.balance_cents, coalesce(r.cents, 0)) as reviewed, r.until as "reviewedUntil", h.hold
      from ledger_accounts a
      join organisations o on o.id = a.organisation_id
      left join bank_accounts k on k.organisation_id = o.id and k.state in ('verified', 'superseded')
                               and k.valid_from <= ${today} and (k.valid_until is null or k.valid_until >= ${today})
      left join lateral (
        select sum(l.amount_cents) as cents, max(v.until)::text as until
          from (select venue_id, period_id, max(paid_by) as until from statement_reviews
                 where organisation_id = o.id and decision is null and paid_by >= ${today} group by 1, 2) v
          join statements s on s.period_id = v.period_id and s.organisation_id = o.id
          join statement_lines l on l.statement_id = s.id and l.venue_id = v.venue_id and l.campaign_id = a.campaign_id) r on true
      left join lateral (
        select json_build_object('reason', x.reason, 'until', x.until) as hold from payout_holds x
         where x.organisation_id = o.id and x.lifted_on is null and x.until >= ${today} order by x.until desc limit 1) h on true
     where a.kind = 'payable' and a.balance_cents > 0
     order by a.organisation_id, a.paying_account_id, a.campaign_id`)
  return [...rows].map(({ amount, reviewed, account, ...row }) => ({
    ...row,
    amountCents: Number(amount) as Cents,
    reviewedCents: Number(reviewed) as Cents,
    bankAccount: account,
  }))
}

/** Numbers have no gap: who takes one holds this lock until commit. */
export async function insertBatch(
  tx: Transaction,
  values: { preparedBy: string | null; preparedOn: Day; executesOn: Day },
): Promise<Batch> {
  await takeLock(tx, 'batchNumbers')
  const [row] = await tx
    .insert(paymentBatches)
    .values({ ...values, number: sql`(select coalesce(max(b.number), 0) + 1 from payment_batches b)` })
    .onConflictDoNothing()
    .returning()
  if (!row) throw new AppError('conflict', 'draft_exists', 'There is a draft already: freeze it first')
  return batchOf(row)
}

export async function listBatches(db: Reader, page: { limit: number; before?: number | undefined }): Promise<Batch[]> {
  const rows = await db
    .select()
    .from(paymentBatches)
    .where(page.before === undefined ? undefined : lt(paymentBatches.number, page.before))
    .orderBy(desc(paymentBatches.number))
    .limit(page.limit)
  return rows.map(batchOf)
}

export async function getBatch(db: Reader, id: string): Promise<Batch> {
  const [row] = await db.select().from(paymentBatches).where(eq(paymentBatches.id, id))
  if (!row) throw new AppError('not_found', 'batch_not_found', 'There is no such batch')
  return batchOf(row)
}

/** What happens to the payouts of one batch happens one after the other. */
export async function lockBatch(tx: Transaction, id: string): Promise<Batch> {
  const [row] = await tx.select().from(paymentBatches).where(eq(paymentBatches.id, id)).for('no key update')
  if (!row) throw new AppError('not_found', 'batch_not_found', 'There is no such batch')
  return batchOf(row)
}

type Move = Partial<Omit<BatchRow, 'sha256'>> & { sha256?: string }

/** The loser of two concurrent moves updates nothing and gets a conflict; a list that changed is another batch. */
export async function moveBatch(tx: Transaction, batch: Batch, event: BatchEvent, also: Move = {}): Promise<Batch> {
  const { sha256, ...columns } = also
  const asRead =
    batch.sha256 === null ? isNull(paymentBatches.sha256) : eq(paymentBatches.sha256, Buffer.from(batch.sha256, 'hex'))
  const [moved] = await tx
    .update(paymentBatches)
    .set({
      ...columns,
      ...(sha256 !== undefined && { sha256: Buffer.from(sha256, 'hex') }),
      state: batchStateAfter(batch.state, event),
    })
    .where(and(eq(paymentBatches.id, batch.id), eq(paymentBatches.state, batch.state), asRead))
    .returning()
  if (!moved) throw new AppError('conflict', 'batch_changed', 'The batch just changed: read it again')
  return batchOf(moved)
}

const rowsAtOnce = 1_000

export async function insertPayouts(
  tx: Transaction,
  batchId: string,
  proposals: readonly (Proposal & { id: string })[],
): Promise<void> {
  for (let at = 0; at < proposals.length; at += rowsAtOnce) {
    const some = proposals.slice(at, at + rowsAtOnce)
    await tx
      .insert(payouts)
      .values(some.map(({ lines: _lines, ...payout }) => ({ ...payout, batchId, endToEndId: endToEndIdOf(payout.id) })))
    await tx
      .insert(payoutLines)
      .values(some.flatMap(({ id, lines }) => lines.map((line) => ({ payoutId: id, ...line }))))
  }
}

export async function listPayouts(db: Reader, batchId: string): Promise<Payout[]> {
  const rows = await db.select().from(payouts).where(eq(payouts.batchId, batchId)).orderBy(asc(payouts.endToEndId))
  return withLines(db, rows)
}

export async function getPayout(db: Reader, id: string): Promise<Payout> {
  const [payout] = await withLines(db, await db.select().from(payouts).where(eq(payouts.id, id)))
  if (!payout) throw new AppError('not_found', 'payout_not_found', 'There is no such payout')
  return payout
}

async function withLines(db: Reader, rows: PayoutRow[]): Promise<Payout[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const lines = await db
    .select()
    .from(payoutLines)
    .where(inArray(payoutLines.payoutId, ids))
    .orderBy(asc(payoutLines.campaignId))
  const byPayout = new Map<string, Payout['lines']>(ids.map((id) => [id, []]))
  for (const { payoutId, ...line } of lines) byPayout.get(payoutId)!.push(line)
  return rows.map((row) => ({ ...row, lines: byPayout.get(row.id)! }))
}

/** The loser of two concurrent moves updates nothing and gets a conflict. */
export async function movePayout(
  tx: Transaction,
  payout: Payout,
  event: PayoutEvent,
  also: Partial<PayoutRow> = {},
): Promise<Payout> {
  const [moved] = await tx
    .update(payouts)
    .set({ ...also, state: payoutStateAfter(payout.state, event) })
    .where(and(eq(payouts.id, payout.id), eq(payouts.state, payout.state)))
    .returning()
  if (!moved) throw new AppError('conflict', 'payout_changed', 'The payout just changed: read it again')
  return { ...moved, lines: payout.lines }
}

/** Pending payouts of the batch whose organisation is no longer paid to the account that was copied. */
export async function listChangedPayees(db: Reader, batchId: string, today: Day): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select p.id from payouts p
     where p.batch_id = ${batchId} and p.state = 'pending'
       and not exists (select from bank_accounts k where k.id = p.bank_account_id and k.state in ('verified', 'superseded')
                         and k.valid_from <= ${today} and (k.valid_until is null or k.valid_until >= ${today}))
     order by p.id`)
  return [...rows].map(({ id }) => id)
}
