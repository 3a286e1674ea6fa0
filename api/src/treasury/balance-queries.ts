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
