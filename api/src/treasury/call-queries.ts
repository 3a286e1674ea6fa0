import { type Database, fundingCalls, fundings, type Transaction } from '@carnet/db'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import type { Cents } from '../shared/money.ts'

export type FundingCall = typeof fundingCalls.$inferSelect & { receivedCents: Cents }
export const callStates = ['paid', 'part', 'waiting', 'overdue'] as const
export type CallState = (typeof callStates)[number]

/** Overdue until it is paid whole, whatever came in part. */
export const callState = (
  { amountCents, receivedCents, dueOn }: Pick<FundingCall, 'amountCents' | 'receivedCents' | 'dueOn'>,
  today: Day,
): CallState => {
  if (receivedCents >= amountCents) return 'paid'
  if (dueOn < today) return 'overdue'
  return receivedCents > 0 ? 'part' : 'waiting'
}

export async function insertCall(tx: Transaction, values: typeof fundingCalls.$inferInsert): Promise<FundingCall> {
  const [call] = await tx.insert(fundingCalls).values(values).returning()
  return { ...call!, receivedCents: 0 as Cents }
}

export async function getCall(db: Database | Transaction, id: string): Promise<typeof fundingCalls.$inferSelect> {
  const [call] = await db.select().from(fundingCalls).where(eq(fundingCalls.id, id))
  if (!call) throw new AppError('not_found', 'funding_call_not_found', 'There is no such call')
  return call
}

/** What came for a call, beside its row: whatever came by the bank, or was attributed by hand, is a funding too. */
export const receivedForCall = sql<string>`coalesce((select sum(r.amount_cents) from ${fundings} r where r.funding_call_id = ${fundingCalls}.id), 0)`

export async function listCalls(
  db: Database | Transaction,
  campaignId: string,
  funderId: string | null,
): Promise<FundingCall[]> {
  const rows = await db
    .select({ call: fundingCalls, received: receivedForCall })
    .from(fundingCalls)
    .where(
      and(eq(fundingCalls.campaignId, campaignId), funderId === null ? undefined : eq(fundingCalls.funderId, funderId)),
    )
    .orderBy(asc(fundingCalls.calledOn), asc(fundingCalls.reference))
  return rows.map(({ call, received }) => ({ ...call, receivedCents: Number(received) as Cents }))
}

export type PossibleOwner = {
  payingAccountId: string
  campaignId: string
  campaign: string
  funderId: string
  funder: string
  /** One of its calls that is not paid whole; null is whatever it was called for. */
  call: { id: string; reference: string; restCents: Cents } | null
}

/** Funders that money in suspense may be of, those of campaigns that take money now, each followed by its open calls. */
export async function listPossibleOwners(db: Database): Promise<PossibleOwner[]> {
  const rows = await db.execute<PossibleOwner>(sql`
    select c.paying_account_id as "payingAccountId", c.id as "campaignId", c.name as campaign, f.id as "funderId", f.name as funder, l.call
      from campaigns c join campaign_funders p on p.campaign_id = c.id join funders f on f.id = p.funder_id
     cross join lateral (
       select null as call, null as called_on
       union all
       select json_build_object('id', o.id, 'reference', o.reference, 'restCents', o.rest), o.called_on
         from (select funding_calls.id, reference, called_on, amount_cents - ${receivedForCall} as rest from funding_calls
                where campaign_id = c.id and funder_id = f.id) o
        where o.rest > 0) l
     where c.state in ('agreed', 'open') order by f.name, c.name, f.id, c.id, l.called_on nulls first, l.call ->> 'reference' limit 500`)
  return [...rows]
}
