import type { Database } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'

/** What can wait for somebody. `due` is the day by which it matters, when there is one. */
export const waitingKinds = [
  'batch_draft',
  'batch_frozen',
  'review',
  'contest',
  'proof',
  'generation',
  'receipt',
  'book_request',
  'box_to_send',
  'box_on_its_way',
  'box_to_sample',
  'box_to_activate',
  'campaign_to_sign',
  'campaign_to_open',
  'application',
  'qualification',
  'bank_account',
  'catalogue_draft',
] as const
export type WaitingKind = (typeof waitingKinds)[number]

/** Open items of every kind, whatever their age. `parent` is where it belongs: a campaign, an organisation. */
const open = sql`
  select case b.state when 'draft' then 'batch_draft' else 'batch_frozen' end as kind, b.id, b.id as parent, b.number::text as name,
         (select count(*) from payouts y where y.batch_id = b.id and y.state <> 'withdrawn')::int as size, b.total_cents::float8 as cents,
         b.prepared_on as since, b.executes_on as due
    from payment_batches b where b.state in ('draft', 'frozen')
  union all
  select 'review', r.id, r.organisation_id, v.name, 1, null, r.opened_on, r.paid_by
    from statement_reviews r join venues v on v.id = r.venue_id where r.decision is null
  union all
  select 'contest', t.id, t.organisation_id, v.name, 1, null, t.asked_on, t.asked_on + 14
    from contests t join venues v on v.id = t.venue_id where t.state in ('open', 'payment_proposed')
  union all
  select case r.state when 'requested' then 'proof' else 'generation' end, r.id, r.campaign_id, c.name, r.book_count,
         (r.book_count * c.book_size * c.face_value_cents)::float8, r.requested_on, null
    from print_runs r join campaigns c on c.id = r.campaign_id where r.state in ('requested', 'proof_approved')
  union all
  select 'receipt', r.id, r.campaign_id, c.name, r.book_count, (r.book_count * c.book_size * c.face_value_cents)::float8,
         r.generated_on, r.generated_on + 7
    from print_runs r join campaigns c on c.id = r.campaign_id
   where r.generated_on is not null and r.receipt_confirmed_on is null and r.state <> 'revoked'
  union all
  select 'book_request', q.id, q.campaign_id, p.name, q.books, (q.books * c.book_size * c.face_value_cents)::float8, q.requested_on, null
    from book_requests q join campaigns c on c.id = q.campaign_id join prescribers p on p.id = q.prescriber_id where q.state = 'waiting'
  union all
  select case x.state when 'printed' then 'box_to_send' when 'dispatched' then 'box_on_its_way' else
           case when x.good_samples < 3 then 'box_to_sample' else 'box_to_activate' end end,
         x.id, x.campaign_id, coalesce(p.name, c.name), x.last_cover - x.first_cover + 1 - x.missing_books,
         ((x.last_cover - x.first_cover + 1 - x.missing_books) * c.book_size * c.face_value_cents)::float8,
         coalesce(x.delivered_on, x.dispatched_on, r.generated_on), null
    from boxes x join campaigns c on c.id = x.campaign_id join print_runs r on r.id = x.print_run_id
    left join prescribers p on p.id = x.prescriber_id where x.state in ('printed', 'dispatched', 'delivered')
  union all
  select case c.state when 'draft' then 'campaign_to_sign' else 'campaign_to_open' end, c.id, c.id, c.name, c.budgeted_books,
         (c.budgeted_books * c.book_size * c.face_value_cents)::float8, null, c.starts_on
    from campaigns c where c.state in ('draft', 'agreed')
  union all
  select 'qualification', q.id, v.id, v.name, 1, null, q.valid_from, null
    from venue_qualifications q join venues v on v.id = q.venue_id
   where q.valid_until is null and q.state in ('applied', 'under_review')
  union all
  select 'application', a.id, a.id, a.venue_name, 1, null, a.confirmed_on, null
    from venue_applications a where a.state = 'waiting'
  union all
  select 'bank_account', k.id, k.organisation_id, o.legal_name, 1, null, (k.submitted_at at time zone 'Europe/Paris')::date, null
    from bank_accounts k join organisations o on o.id = k.organisation_id where k.state = 'submitted'
  union all
  select 'catalogue_draft', v.id, v.id, v.number::text, 1, null, v.created_on, null
    from catalogue_versions v where v.state = 'draft'`

export type WaitingGroup = {
  kind: WaitingKind
  count: number
  /** Books, payouts: what the items hold together. */
  size: number
  cents: number | null
  since: Day | null
  due: Day | null
  /** The oldest one. */
  id: string
  parent: string
  name: string
}

/** By kind: how many there are, and the oldest one. */
export async function listWaitingGroups(db: Database): Promise<WaitingGroup[]> {
  const rows = await db.execute<WaitingGroup>(sql`
    with open as (${open})
    select kind, count(*)::int as count, sum(size)::int as size, sum(cents)::float8 as cents, min(since)::text as since, min(due)::text as due,
           (array_agg(id order by since, id))[1] as id, (array_agg(parent order by since, id))[1] as parent, (array_agg(name order by since, id))[1] as name
      from open group by kind`)
  return [...rows]
}

export type WaitingItem = Omit<WaitingGroup, 'count'>

/** The items of one kind, the oldest first. */
export async function listWaiting(db: Database, kind: WaitingKind): Promise<WaitingItem[]> {
  const rows = await db.execute<WaitingItem>(sql`
    with open as (${open})
    select kind, id, parent, name, size, cents, since::text, due::text from open where kind = ${kind} order by since, name, id limit 2000`)
  return [...rows]
}
