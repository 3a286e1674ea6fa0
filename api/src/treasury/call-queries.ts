import { type Database, fundingCalls, receipts, type Transaction } from '@carnet/db'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Cents } from '../shared/money.ts'

export type FundingCall = typeof fundingCalls.$inferSelect & { receivedCents: Cents }

export async function insertCall(tx: Transaction, values: typeof fundingCalls.$inferInsert): Promise<FundingCall> {
  const [call] = await tx.insert(fundingCalls).values(values).returning()
  return { ...call!, receivedCents: 0 as Cents }
}

export async function listCalls(
  db: Database | Transaction,
  campaignId: string,
  funderId: string | null,
): Promise<FundingCall[]> {
  const rows = await db
    .select({
      call: fundingCalls,
      received: sql<string>`coalesce((select sum(r.amount_cents) from ${receipts} r where r.funding_call_id = ${fundingCalls}.id), 0)`,
    })
    .from(fundingCalls)
    .where(
      and(eq(fundingCalls.campaignId, campaignId), funderId === null ? undefined : eq(fundingCalls.funderId, funderId)),
    )
    .orderBy(asc(fundingCalls.calledOn), asc(fundingCalls.reference))
  return rows.map(({ call, received }) => ({ ...call, receivedCents: Number(received) as Cents }))
}
