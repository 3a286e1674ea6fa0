import type { Database } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import type { Cents } from '../shared/money.ts'
import type { FunderMove } from './annual-account.ts'

type Span = { funderId: string; from: Day; until: Day }

/** Both sides of every transfer on a funder's accounts until a day, summed by what it was. */
export async function listFunderMoves(db: Database, { funderId, from, until }: Span): Promise<FunderMove[]> {
  const rows = await db.execute<Omit<FunderMove, 'cents'> & { cents: string }>(sql`
    with own as (select id, kind, campaign_id from ledger_accounts where funder_id = ${funderId}),
    sides as (
      select o.campaign_id, o.kind as account, t.kind, t.posted_on, t.amount_cents as cents
        from transfers t join own o on o.id = t.credit_id where t.posted_on <= ${until}
      union all
      select o.campaign_id, o.kind, t.kind, t.posted_on, -t.amount_cents
        from transfers t join own o on o.id = t.debit_id where t.posted_on <= ${until}
    )
    select c.id as "campaignId", c.name as campaign, s.account, s.kind, s.posted_on < ${from} as "isBefore", sum(s.cents) as cents
      from sides s join campaigns c on c.id = s.campaign_id
     group by 1, 2, 3, 4, 5, s.cents > 0 order by c.name, c.id`)
  return [...rows].map(({ cents, ...move }) => ({ ...move, cents: Number(cents) as Cents }))
}

/** What the operator asked for its own work, by campaign. */
export async function listFees(
  db: Database,
  { funderId, from, until }: Span,
): Promise<{ campaignId: string; campaign: string; cents: Cents }[]> {
  const rows = await db.execute<{ campaignId: string; campaign: string; cents: string }>(sql`
    select c.id as "campaignId", c.name as campaign, sum(i.fee_cents) as cents
      from invoices i join campaigns c on c.id = i.campaign_id
     where i.funder_id = ${funderId} and i.kind = 'invoice' and i.fee_cents > 0 and i.issued_on between ${from} and ${until}
     group by c.id, c.name`)
  return [...rows].map(({ cents, ...fee }) => ({ ...fee, cents: Number(cents) as Cents }))
}
