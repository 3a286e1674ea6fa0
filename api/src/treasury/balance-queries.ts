import type { accountKind, Database, Transaction } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import type { Cents } from '../shared/money.ts'

type Reader = Database | Transaction
export type BalanceOn = {
  kind: (typeof accountKind.enumValues)[number]
  payingAccountId: string
  campaignId: string | null
  funderId: string | null
  organisationId: string | null
  balanceCents: Cents
}

/** Every account as it stood at the end of a day: replayed from its transfers, so nothing that came later shows. */
export async function listBalancesOn(
  db: Reader,
  { asOf, campaignId = null }: { asOf: Day; campaignId?: string | null | undefined },
): Promise<BalanceOn[]> {
  const rows = await db.execute<Omit<BalanceOn, 'balanceCents'> & { cents: string }>(sql`
    select a.kind, a.paying_account_id as "payingAccountId", a.campaign_id as "campaignId", a.funder_id as "funderId",
           a.organisation_id as "organisationId", sum(case when a.kind in ('bank', 'owes') then m.cents else -m.cents end) as cents
      from (select debit_id as id, amount_cents as cents from transfers where posted_on <= ${asOf}
            union all select credit_id, -amount_cents from transfers where posted_on <= ${asOf}) m
      join ledger_accounts a on a.id = m.id
     where ${campaignId}::uuid is null or a.campaign_id = ${campaignId}
     group by a.id order by a.paying_account_id, a.campaign_id nulls first, a.kind, a.funder_id, a.organisation_id`)
  return [...rows].map(({ cents, ...account }) => ({ ...account, balanceCents: Number(cents) as Cents }))
}

export type PoolOn = {
  payingAccountId: string
  account: string
  campaignId: string | null
  campaign: string | null
  bankCents: Cents
  /** Payable and in payment. */
  owedCents: Cents
  issuedCents: Cents
  /** Available and expired: to spend, or to give back. */
  freeCents: Cents
  /** The operator's reserve and money in suspense. */
  apartCents: Cents
  owesCents: Cents
}

/** What each pool held at the end of a day, and what for. Campaigns of fewer than 50 books are not told apart. */
export async function listPoolsOn(db: Reader, asOf: Day): Promise<PoolOn[]> {
  const rows = await db.execute<Record<string, string | null>>(sql`
    with moved as (
      select debit_id as id, amount_cents as cents from transfers where posted_on <= ${asOf}
      union all select credit_id, -amount_cents from transfers where posted_on <= ${asOf}
    ), balances as (
      select a.paying_account_id, case when c.budgeted_books >= 50 then a.campaign_id end as campaign_id, a.kind,
             sum(case when a.kind in ('bank', 'owes') then m.cents else -m.cents end) as cents
        from moved m join ledger_accounts a on a.id = m.id left join campaigns c on c.id = a.campaign_id group by 1, 2, 3
    )
    select p.id as "payingAccountId", p.name as account, b.campaign_id as "campaignId", c.name as campaign,
           coalesce(sum(b.cents) filter (where b.kind = 'bank'), 0) as bank,
           coalesce(sum(b.cents) filter (where b.kind in ('payable', 'in_payment')), 0) as owed,
           coalesce(sum(b.cents) filter (where b.kind = 'issued'), 0) as issued,
           coalesce(sum(b.cents) filter (where b.kind in ('available', 'expired')), 0) as free,
           coalesce(sum(b.cents) filter (where b.kind in ('reserve', 'suspense')), 0) as apart,
           coalesce(sum(b.cents) filter (where b.kind = 'owes'), 0) as owes
      from balances b join paying_accounts p on p.id = b.paying_account_id left join campaigns c on c.id = b.campaign_id
     group by p.id, p.name, b.campaign_id, c.name order by p.name, c.name nulls last`)
  return [...rows].map((row) => ({
    ...{ payingAccountId: row.payingAccountId!, account: row.account! },
    ...{ campaignId: row.campaignId ?? null, campaign: row.campaign ?? null },
    bankCents: Number(row.bank) as Cents,
    owedCents: Number(row.owed) as Cents,
    issuedCents: Number(row.issued) as Cents,
    freeCents: Number(row.free) as Cents,
    apartCents: Number(row.apart) as Cents,
    owesCents: Number(row.owes) as Cents,
  }))
}
