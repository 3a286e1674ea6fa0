import type { Database } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { PrintRunState } from '../books/print-run.ts'
import { type Day, lastMonthEnd, type Month } from '../shared/days.ts'
import type { Cents } from '../shared/money.ts'
import { type DayOfUses, liveUses } from './queries.ts'

type Of = { campaignId: string; on: Day }
export type MonthlyUse = { month: Month; redeemed: number; books: number }

/** Uses and books handed out by month. A sealed month has its total left; the month under way has its uses up to the evening. */
export async function listMonthlyUses(
  db: Database,
  { campaignId, on, uses }: Of & { uses: readonly DayOfUses[] },
): Promise<MonthlyUse[]> {
  const rows = await db.execute<MonthlyUse>(sql`
    with monthly as (
      select p.month, s.accepted_count as redeemed, 0 as books
        from sealed_campaigns s join periods p on p.id = s.period_id
       where s.campaign_id = ${campaignId} and p.state = 'sealed' and p.month <= ${on}
      union all
      select u.month, u.uses, 0 from (${liveUses(uses, on)}) u
      union all
      select h.month, 0, h.books from handouts h where h.campaign_id = ${campaignId} and h.month <= ${lastMonthEnd(on)}
    )
    select month::text, sum(redeemed)::int as redeemed, sum(books)::int as books from monthly group by month order by month`)
  return [...rows]
}

export type FunderPart = { funderId: string; funder: string; partCents: Cents; fundedCents: number }

/** Money that came for the campaign, as the ledger has it. */
const moneyIn = ({ campaignId, on }: Of) => sql`
  select t.posted_on, t.amount_cents, c.funder_id from transfers t join ledger_accounts c on c.id = t.credit_id
   where c.campaign_id = ${campaignId} and c.kind = 'available' and t.kind in ('funding_received', 'suspense_matched')
     and t.posted_on <= ${on}`

export async function listFunderParts(db: Database, of: Of): Promise<FunderPart[]> {
  const rows = await db.execute<FunderPart>(sql`
    with money as (${moneyIn(of)})
    select f.id as "funderId", f.name as funder, c.part_cents as "partCents",
           coalesce((select sum(m.amount_cents) from money m where m.funder_id = f.id), 0)::float8 as "fundedCents"
      from campaign_funders c join funders f on f.id = c.funder_id
     where c.campaign_id = ${of.campaignId} order by c.part_cents desc, f.name`)
  return [...rows]
}

export type MoneyIn = { on: Day; funder: string; cents: number }

export async function listMoneyIn(db: Database, of: Of): Promise<MoneyIn[]> {
  const rows = await db.execute<MoneyIn>(sql`
    with money as (${moneyIn(of)})
    select m.posted_on::text as on, f.name as funder, m.amount_cents::float8 as cents
      from money m join funders f on f.id = m.funder_id order by m.posted_on, f.name, m.amount_cents`)
  return [...rows]
}

export type Told = { body: string; author: string; on: Day }
export type Steering = { notes: Told[]; decisions: Told[] }

/** What was written to steer the campaign, by whom and when; the newest first. */
export async function readSteering(db: Database, { campaignId, on }: Of): Promise<Steering> {
  const notes = await db.execute<Told>(sql`
    select n.body, p.name as author, n.written_on::text as on from context_notes n join people p on p.id = n.author_id
     where n.campaign_id = ${campaignId} order by n.written_on desc, n.id`)
  const decisions = await db.execute<Told>(sql`
    select d.body, p.name as author, d.decided_on::text as on from campaign_decisions d join people p on p.id = d.author_id
     where d.campaign_id = ${campaignId} and d.decided_on <= ${on} order by d.decided_on desc, d.id`)
  return { notes: [...notes], decisions: [...decisions] }
}

export type Paid = { on: Day; cents: number }

/** What was paid to venues, by the day the bank booked it; returns are negative. No line tells whom. */
export async function listPayments(db: Database, { campaignId, on }: Of): Promise<Paid[]> {
  const rows = await db.execute<Paid>(sql`
    select t.posted_on::text as on, sum(case when t.kind = 'payout_booked' then t.amount_cents else -t.amount_cents end)::float8 as cents
      from transfers t join ledger_accounts d on d.id = t.debit_id
     where d.campaign_id = ${campaignId} and t.posted_on <= ${on}
       and (t.kind = 'payout_booked' or (t.kind = 'payout_returned' and d.kind = 'bank'))
     group by t.posted_on order by t.posted_on`)
  return [...rows]
}

export type Ordered = {
  id: string
  state: PrintRunState
  requestedOn: Day
  generatedOn: Day | null
  books: number
  activeBooks: number
}

export async function listOrders(db: Database, { campaignId, on }: Of): Promise<Ordered[]> {
  const rows = await db.execute<Ordered>(sql`
    select r.id, r.state, r.requested_on::text as "requestedOn", r.generated_on::text as "generatedOn", r.book_count as books,
           coalesce((select sum(x.last_cover - x.first_cover + 1 - x.missing_books) from boxes x
             where x.print_run_id = r.id and x.activated_on <= ${on} and (x.revoked_on is null or x.revoked_on > ${on})), 0)::int as "activeBooks"
      from print_runs r where r.campaign_id = ${campaignId} and r.requested_on <= ${on} order by r.requested_on, r.first_cover`)
  return [...rows]
}
