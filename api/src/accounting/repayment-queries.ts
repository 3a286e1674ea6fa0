import type { Transaction } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Cents } from '../shared/money.ts'

export type Debt = {
  campaign: string
  account: string
  holderName: string
  iban: string
  bic: string
  owedCents: Cents
}

/** What an organisation owes, by campaign, and to which account it is paid back. */
export async function listDebts(tx: Transaction, organisationId: string): Promise<Debt[]> {
  const rows = await tx.execute<Omit<Debt, 'owedCents'> & { cents: string }>(sql`
    select c.name as campaign, p.name as account, p.holder_name as "holderName", p.iban, p.bic, a.balance_cents::text as cents
      from ledger_accounts a join campaigns c on c.id = a.campaign_id join paying_accounts p on p.id = a.paying_account_id
     where a.kind = 'owes' and a.organisation_id = ${organisationId} and a.balance_cents > 0 order by p.name, c.name`)
  return [...rows].map(({ cents, ...debt }) => ({ ...debt, owedCents: Number(cents) as Cents }))
}
