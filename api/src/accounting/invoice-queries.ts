import { type Database, fundingCalls, invoices, type Transaction } from '@carnet/db'
import { and, desc, eq, max, sum } from 'drizzle-orm'
import { AppError } from '../shared/errors.ts'
import type { Cents } from '../shared/money.ts'
import type { Invoice } from './invoice.ts'

type Reader = Database | Transaction

export async function getCall(db: Reader, id: string): Promise<typeof fundingCalls.$inferSelect> {
  const [call] = await db.select().from(fundingCalls).where(eq(fundingCalls.id, id))
  if (!call) throw new AppError('not_found', 'funding_call_not_found', 'There is no such call')
  return call
}

/** The next of its holder, kind and year. Whoever asks holds the lock `invoiceNumbers` until commit. */
export async function nextNumber(
  tx: Transaction,
  { payingAccountId, kind, year }: Pick<Invoice, 'payingAccountId' | 'kind' | 'year'>,
): Promise<number> {
  const ofSequence = and(
    eq(invoices.payingAccountId, payingAccountId),
    eq(invoices.kind, kind),
    eq(invoices.year, year),
  )
  const [row] = await tx
    .select({ last: max(invoices.number) })
    .from(invoices)
    .where(ofSequence)
  return (row!.last ?? 0) + 1
}

export async function insertInvoice(tx: Transaction, values: typeof invoices.$inferInsert): Promise<Invoice> {
  const [invoice] = await tx.insert(invoices).values(values).returning()
  return invoice!
}

export async function isInvoiced(tx: Transaction, fundingCallId: string): Promise<boolean> {
  const found = await tx.select({ id: invoices.id }).from(invoices).where(eq(invoices.fundingCallId, fundingCallId))
  return found.length > 0
}

export async function sumCredited(tx: Transaction, invoiceId: string): Promise<Cents> {
  const [row] = await tx
    .select({ cents: sum(invoices.amountCents) })
    .from(invoices)
    .where(eq(invoices.creditedId, invoiceId))
  return Number(row!.cents ?? 0) as Cents
}

/** Of all funders when `funderId` is null. Throws `not_found` `invoice_not_found`. */
export async function getInvoice(db: Reader, id: string, funderId: string | null): Promise<Invoice> {
  const own = funderId === null ? undefined : eq(invoices.funderId, funderId)
  const [invoice] = await db
    .select()
    .from(invoices)
    .where(and(eq(invoices.id, id), own))
  if (!invoice) throw new AppError('not_found', 'invoice_not_found', 'There is no such invoice')
  return invoice
}

/** Newest first. */
export async function listInvoices(db: Reader, funderId: string | null): Promise<Invoice[]> {
  return db
    .select()
    .from(invoices)
    .where(funderId === null ? undefined : eq(invoices.funderId, funderId))
    .orderBy(desc(invoices.issuedOn), desc(invoices.kind), desc(invoices.number), desc(invoices.id))
    .limit(1000)
}

/** Calls that no invoice was made for yet, oldest first. */
export async function listCallsToInvoice(db: Reader): Promise<(typeof fundingCalls.$inferSelect)[]> {
  const rows = await db
    .select({ call: fundingCalls, invoiceId: invoices.id })
    .from(fundingCalls)
    .leftJoin(invoices, eq(invoices.fundingCallId, fundingCalls.id))
    .orderBy(fundingCalls.calledOn, fundingCalls.reference)
  return rows.filter(({ invoiceId }) => invoiceId === null).map(({ call }) => call)
}
