import { type accountKind, campaignFunders, campaigns, type Database, funders, type Transaction } from '@carnet/db'
import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import type { Cents } from '../shared/money.ts'

type Reader = Database | Transaction
/** What moved on the accounts of one kind in a pool between the day before `at` of the days asked for and the one before it. */
export type PoolMove = {
  payingAccountId: string
  account: string
  campaignId: string | null
  campaign: string | null
  kind: (typeof accountKind.enumValues)[number]
  at: number
  cents: Cents
}

/** One pass over all transfers until the last of some days, oldest first. Each campaign apart: none has fewer than 50 books. */
export async function listPoolMoves(db: Reader, days: readonly Day[]): Promise<PoolMove[]> {
  const bounds = sql`array[${sql.join(
    days.map((day) => sql`${day}::date - date '2000-01-01'`),
    sql`, `,
  )}]`
  const rows = await db.execute<Omit<PoolMove, 'cents'> & { cents: string }>(sql`
    with moved as (
      select x.id, width_bucket(t.posted_on - 1 - date '2000-01-01', ${bounds}) as at, sum(x.cents) as cents
        from transfers t cross join lateral (values (t.debit_id, t.amount_cents), (t.credit_id, -t.amount_cents)) x (id, cents)
       where t.posted_on <= ${days.at(-1)!} group by 1, 2
    ), pools as (
      select a.paying_account_id, a.campaign_id, a.kind, m.at,
             sum(case when a.kind in ('bank', 'owes') then m.cents else -m.cents end) as cents
        from moved m join ledger_accounts a on a.id = m.id group by 1, 2, 3, 4
    )
    select p.id as "payingAccountId", p.name as account, o.campaign_id as "campaignId", c.name as campaign, o.kind, o.at, o.cents
      from pools o join paying_accounts p on p.id = o.paying_account_id left join campaigns c on c.id = o.campaign_id
     order by p.name, c.name nulls last`)
  return [...rows].map(({ cents, ...move }) => ({ ...move, cents: Number(cents) as Cents }))
}

export type FunderOfPool = { campaignId: string; name: string; partCents: Cents; faceCents: Cents }

export const listFundersOfPools = (db: Reader, campaignIds: readonly string[]): Promise<FunderOfPool[]> =>
  db
    .select({
      campaignId: campaignFunders.campaignId,
      name: funders.name,
      partCents: campaignFunders.partCents,
      faceCents: campaigns.faceValueCents,
    })
    .from(campaignFunders)
    .innerJoin(campaigns, eq(campaigns.id, campaignFunders.campaignId))
    .innerJoin(funders, eq(funders.id, campaignFunders.funderId))
    .where(inArray(campaignFunders.campaignId, [...campaignIds]))
    .orderBy(asc(funders.name))
