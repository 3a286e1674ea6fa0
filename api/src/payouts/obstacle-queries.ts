import type { Database, Transaction } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import type { PayeeState } from './obstacle.ts'

type Reader = Database | Transaction

/** How these organisations stand today, as far as being paid goes. */
export async function listPayeeStates(
  db: Reader,
  today: Day,
  organisationIds: readonly string[],
): Promise<(PayeeState & { organisationId: string; legalName: string })[]> {
  const rows = await db.execute<PayeeState & { organisationId: string; legalName: string }>(sql`
    select o.id as "organisationId", o.legal_name as "legalName", k.id is not null as "hasAccount",
           exists (select from payouts f where f.bank_account_id = k.id and f.state in ('rejected', 'returned')) as "hasFailed",
           (select json_build_object('reason', x.reason, 'until', x.until) from payout_holds x
             where x.organisation_id = o.id and x.lifted_on is null and x.until >= ${today} order by x.until desc limit 1) as hold,
           (select max(v.paid_by)::text from statement_reviews v
             where v.organisation_id = o.id and v.decision is null and v.paid_by >= ${today}) as "reviewedUntil",
           (select coalesce(sum(p.pending), 0)::int from device_progress p join devices d on d.id = p.device_id
             where d.organisation_id = o.id and d.state = 'active') as owed
      from organisations o
      left join bank_accounts k on k.organisation_id = o.id and k.state in ('verified', 'superseded')
                               and k.valid_from <= ${today} and (k.valid_until is null or k.valid_until >= ${today})
     where o.id::text in (select jsonb_array_elements_text(${JSON.stringify(organisationIds)}::jsonb))
     order by o.id`)
  return [...rows]
}

/** Who earned something that is not frozen yet, or is owed something, and was not written to since. */
export async function listEarners(tx: Transaction, writtenSince: Day): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select o.id from organisations o
     where (exists (select from ledger_accounts a where a.organisation_id = o.id and a.kind = 'payable' and a.balance_cents > 0)
         or exists (select from redemptions r join periods p on p.id = r.period_id
                     where r.organisation_id = o.id and r.state = 'accepted' and p.state in ('open', 'closed')))
       and not exists (select from mails m where m.template = 'payment_warning' and m.facts->>'organisationId' = o.id::text
                         and m.created_on >= ${writtenSince})
     order by o.id`)
  return [...rows].map(({ id }) => id)
}
