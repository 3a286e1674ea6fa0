import type { Database } from '@carnet/db'
import { sql } from 'drizzle-orm'
import { type Day, lastMonthEnd } from '../shared/days.ts'
import type { Waterfall } from './campaign-figures.ts'

export type DayOfUses = { periodId: number; day: Day; uses: number }

/** `uses` of months that were sealed since they were counted are left out: their total takes their place. */
export const liveUses = (uses: readonly DayOfUses[], on: Day) => sql`
  select p.month, u.uses from json_to_recordset(${JSON.stringify(uses)}::json) as u ("periodId" int, day date, uses int)
    join periods p on p.id = u."periodId" where p.state <> 'sealed' and u.day <= ${on}`

/**
 * A campaign's totals as of the evening of a day. Uses count by their own day while their period lives; a sealed period has
 * only its total left, which is whole once its month has ended. Hand-outs count by month, once it is over: those of a month under way,
 * asked for each day, would tell their days.
 */
export async function readWaterfall(
  db: Database,
  { campaignId, bookSize, on, uses }: { campaignId: string; bookSize: number; on: Day; uses: readonly DayOfUses[] },
): Promise<Omit<Waterfall, 'inGraceCents'>> {
  const booksOf = sql`(x.last_cover - x.first_cover + 1)`
  const valuedBooks = sql`(x.last_cover - x.first_cover + 1 - x.missing_books)`
  const backInStock = sql`coalesce((select sum(case when m.to_prescriber_id is null then 1 else -1 end * (m.last_cover - m.first_cover + 1))
      from stock_moves m where m.campaign_id = ${campaignId} and m.received_on <= ${on}), 0)`
  const moved = (kind: 'in_payment' | 'available') => sql`
    coalesce((select sum(case when m.credit = ${kind} then m.cents else 0 end)
                   - sum(case when m.debit = ${kind} then m.cents else 0 end) from money m), 0)::float8`
  const isKept = sql`x.campaign_id = ${campaignId} and (x.revoked_on is null or x.revoked_on > ${on})`
  const [row] = await db.execute<Omit<Waterfall, 'inGraceCents'>>(sql`
    with money as (
      select t.kind, d.kind as debit, c.kind as credit, t.amount_cents as cents
        from transfers t join ledger_accounts d on d.id = t.debit_id join ledger_accounts c on c.id = t.credit_id
       where coalesce(d.campaign_id, c.campaign_id) = ${campaignId} and t.posted_on <= ${on}
    ), stopped as (
      select b.box_id, count(*) as books from books b
       where b.campaign_id = ${campaignId} and exists (
         select from stop_orders s
          where s.campaign_id = b.campaign_id and b.cover_number between s.first_cover and s.last_cover
            and s.ordered_on <= ${on} and (s.lifted_on is null or s.lifted_on > ${on}))
       group by b.box_id
    )
    select ${bookSize} * coalesce((select sum(r.book_count) from print_runs r
             where r.campaign_id = ${campaignId} and r.requested_on <= ${on} and (r.revoked_on is null or r.revoked_on > ${on})), 0)::int as ordered,
           coalesce((select sum(m.cents) from money m where m.kind in ('funding_received', 'suspense_matched') and m.credit = 'available'), 0)::float8 as "fundedCents",
           ${bookSize} * coalesce((select sum(${valuedBooks}) from boxes x where ${isKept} and x.activated_on <= ${on}), 0)::int as issued,
           ${bookSize} * coalesce((select sum(${valuedBooks} - coalesce(s.books, 0)) from boxes x left join stopped s on s.box_id = x.id
             where ${isKept} and x.activated_on <= ${on}), 0)::int as active,
           ${bookSize} * (coalesce((select sum(${booksOf}) from boxes x where ${isKept} and x.dispatched_on <= ${on}), 0) - ${backInStock})::int as circulating,
           coalesce((select sum(h.books) from handouts h where h.campaign_id = ${campaignId} and h.month <= ${lastMonthEnd(on)}), 0)::int as "booksHandedOut",
           (coalesce((select sum(s.accepted_count) from sealed_campaigns s join periods p on p.id = s.period_id
              where s.campaign_id = ${campaignId} and p.state = 'sealed' and p.month <= ${on}), 0)
            + coalesce((select sum(u.uses) from (${liveUses(uses, on)}) u), 0))::int as redeemed,
           coalesce((select sum(case when m.credit in ('payable', 'in_payment') then m.cents else 0 end)
                          - sum(case when m.debit in ('payable', 'in_payment') then m.cents else 0 end) from money m), 0)::float8 as "payableCents",
           ${moved('in_payment')} as "inPaymentCents", ${moved('available')} as "availableCents",
           coalesce((select sum(m.cents) from money m where m.kind = 'box_revoked'), 0)::float8 as "returnedCents",
           coalesce((select sum(m.cents) from money m where m.credit = 'expired'), 0)::float8 as "expiredCents",
           coalesce((select sum(m.cents) from money m where m.debit = 'expired'), 0)::float8 as "creditedCents",
           coalesce((select sum(case when m.kind = 'payout_booked' then m.cents when m.kind = 'payout_returned' and m.debit = 'bank' then -m.cents end)
                       from money m), 0)::float8 as "paidCents"`)
  return row!
}

/** The first day of which a campaign's uses are still told by day: later months are live. Null when nothing was sealed. */
export async function findFirstToldDay(db: Database): Promise<Day | null> {
  const [row] = await db.execute<{ day: Day | null }>(sql`
    select (max(month) + interval '1 month' - interval '1 day')::date::text as day from periods where state = 'sealed'`)
  return row?.day ?? null
}

/** A campaign's uses of live periods by their day, as they are now: for `told-uses.ts` alone. */
export async function countUsesByDay(db: Database, campaignId: string): Promise<DayOfUses[]> {
  const rows = await db.execute<DayOfUses>(sql`
    select r.period_id as "periodId", r.day::text, count(*)::int as uses from redemptions r join periods p on p.id = r.period_id
     where r.campaign_id = ${campaignId} and r.state = 'accepted' and p.state <> 'sealed' group by 1, 2`)
  return [...rows]
}
