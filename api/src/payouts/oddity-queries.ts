import type { Database } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Cents } from '../shared/money.ts'
import type { PayoutHistory } from './oddity.ts'

type Row = { id: string; cents: string; earlier: string[]; accountDays: number; sharedBy: number }

/** Each payout of a batch beside what its organisation was paid in batches before, as of the day it was prepared. */
export async function listPayoutHistories(db: Database, batchId: string): Promise<Map<string, PayoutHistory>> {
  const rows = await db.execute<Row>(sql`
    select y.id, y.amount_cents as cents, b.prepared_on - coalesce(a.valid_from, b.prepared_on) as "accountDays",
           array(select e.amount_cents::text from payouts e join payment_batches x on x.id = e.batch_id
                  where e.organisation_id = y.organisation_id and e.paying_account_id = y.paying_account_id
                    and x.number < b.number and e.state in ('accepted', 'booked')) as earlier,
           (select count(distinct o.organisation_id) from bank_accounts o
             where o.iban = y.payee->>'iban' and o.state = 'verified' and o.organisation_id <> y.organisation_id)::int as "sharedBy"
      from payouts y join payment_batches b on b.id = y.batch_id join bank_accounts a on a.id = y.bank_account_id
     where y.batch_id = ${batchId}`)
  return new Map(
    [...rows].map(({ id, cents, earlier, accountDays, sharedBy }) => [
      id,
      { amountCents: Number(cents) as Cents, earlierCents: earlier.map(Number), accountDays, sharedBy },
    ]),
  )
}
