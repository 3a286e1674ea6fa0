import { campaigns, type Database, funders, fundingCalls, invoices, type Transaction } from '@carnet/db'
import { and, desc, eq, max, sum } from 'drizzle-orm'
import { AppError } from '../shared/errors.ts'
import type { Cents } from '../shared/money.ts'
import { receivedForCall } from '../treasury/call-queries.ts'
import type { Invoice } from './invoice.ts'

type Reader = Database | Transaction

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

type OfFunder = { campaignId: string; funderId: string }

/** Credit notes of a funder for vouchers of a campaign that expired, made by themselves or by somebody, the oldest first. */
export const listCreditsForExpiry = (tx: Transaction, { campaignId, funderId }: OfFunder): Promise<Invoice[]> =>
  tx
    .select()
    .from(invoices)
    .where(and(eq(invoices.campaignId, campaignId), eq(invoices.funderId, funderId), eq(invoices.isForExpiry, true)))
    .orderBy(invoices.year, invoices.number)

/** The invoices of a funder for a campaign, the oldest first. */
export const listInvoicesOf = (tx: Transaction, { campaignId, funderId }: OfFunder): Promise<Invoice[]> =>
  tx
    .select()
    .from(invoices)
    .where(and(eq(invoices.campaignId, campaignId), eq(invoices.funderId, funderId), eq(invoices.kind, 'invoice')))
    .orderBy(invoices.year, invoices.number)

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

export type CallInList = Pick<
  typeof fundingCalls.$inferSelect,
  'id' | 'campaignId' | 'reference' | 'amountCents' | 'calledOn' | 'dueOn'
> & {
  campaign: string
  funder: string
  receivedCents: Cents
  invoiceId: string | null
}

/** Funding calls, newest first, with what came for each and its invoice; of all funders when `funderId` is null. */
export async function listFunderCalls(db: Reader, funderId: string | null): Promise<CallInList[]> {
  const { id, campaignId, reference, amountCents, calledOn, dueOn } = fundingCalls
  const rows = await db
    .select({
      ...{ id, campaignId, reference, amountCents, calledOn, dueOn },
      ...{ campaign: campaigns.name, funder: funders.name, invoiceId: invoices.id },
      receivedCents: receivedForCall,
    })
    .from(fundingCalls)
    .innerJoin(campaigns, eq(campaigns.id, fundingCalls.campaignId))
    .innerJoin(funders, eq(funders.id, fundingCalls.funderId))
    .leftJoin(invoices, eq(invoices.fundingCallId, fundingCalls.id))
    .where(funderId === null ? undefined : eq(fundingCalls.funderId, funderId))
    .orderBy(desc(calledOn), reference)
    .limit(1000)
  return rows.map(({ receivedCents, ...call }) => ({ ...call, receivedCents: Number(receivedCents) as Cents }))
}

/** Credit notes on one invoice, oldest first. */
export const listCreditNotes = (db: Reader, invoiceId: string): Promise<Invoice[]> =>
  db.select().from(invoices).where(eq(invoices.creditedId, invoiceId)).orderBy(invoices.number)
