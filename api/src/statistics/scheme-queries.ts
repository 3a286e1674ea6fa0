import type { Database, periodState, qualificationState } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Day, Month } from '../shared/days.ts'

export type SchemeFigures = {
  used: number
  usedBefore: number
  activeVenues: number
  qualifiedVenues: number
  booksHandedOut: number
  prescribers: number
}

/** The month of an evening, over all campaigns, beside the whole month before. */
export async function readSchemeFigures(
  db: Database,
  { month, before, on }: { month: Month; before: Month; on: Day },
): Promise<SchemeFigures> {
  const [row] = await db.execute<SchemeFigures>(sql`
    select (select count(*) from redemptions r join periods p on p.id = r.period_id
             where p.month = ${month} and r.state = 'accepted' and r.day <= ${on})::int as used,
           ((select count(*) from redemptions r join periods p on p.id = r.period_id
              where p.month = ${before} and p.state <> 'sealed' and r.state = 'accepted')
            + coalesce((select sum(s.accepted_count) from sealed_campaigns s join periods p on p.id = s.period_id
              where p.month = ${before} and p.state = 'sealed'), 0))::int as "usedBefore",
           (select count(distinct r.venue_id) from redemptions r join periods p on p.id = r.period_id
             where p.month = ${month} and r.state = 'accepted' and r.day <= ${on})::int as "activeVenues",
           (select count(*) from venue_qualifications q where q.state = 'qualified'
               and q.valid_from <= ${on} and (q.valid_until is null or q.valid_until > ${on}))::int as "qualifiedVenues",
           coalesce((select sum(h.books) from handouts h where h.month = ${month}), 0)::int as "booksHandedOut",
           (select count(distinct h.prescriber_id) from handouts h where h.month = ${month} and h.books > 0)::int as prescribers`)
  return row!
}

export type CampaignStock = { id: string; name: string; active: number; handedOut: number; endsOn: Day }

/** Campaigns whose vouchers may be used or sent, with their books. */
export async function listCampaignStocks(db: Database): Promise<CampaignStock[]> {
  const rows = await db.execute<CampaignStock>(sql`
    select c.id, c.name, c.ends_on::text as "endsOn",
           coalesce((select sum(x.last_cover - x.first_cover + 1 - x.missing_books) from boxes x where x.campaign_id = c.id and x.state = 'active'), 0)::int as active,
           coalesce((select sum(h.books) from handouts h where h.campaign_id = c.id), 0)::int as "handedOut"
      from campaigns c where c.state in ('open', 'ending') order by c.ends_on, c.name`)
  return [...rows]
}

export type VenueRow = {
  id: string
  name: string
  organisation: string
  commune: string
  postalCode: string
  state: (typeof qualificationState.enumValues)[number] | null
  since: Day | null
  /** Of the newest decision, which may begin on a later day. */
  decided: VenueRow['state']
  /** The month of its last use, never a finer date: one visit is one person. */
  lastUsedMonth: Month | null
  phones: number
}

export async function listVenueRows(db: Database, today: Day): Promise<VenueRow[]> {
  const rows = await db.execute<VenueRow>(sql`
    with used as (
      select l.venue_id, max(p.month) as month from statement_lines l join statements s on s.id = l.statement_id
        join periods p on p.id = s.period_id group by l.venue_id
      union all
      select r.venue_id, max(p.month) from redemptions r join periods p on p.id = r.period_id
       where r.state = 'accepted' and p.state <> 'sealed' group by r.venue_id
    ), last_used as (select venue_id, max(month) as month from used group by venue_id)
    select v.id, v.name, o.legal_name as organisation, m.name as commune, v.postal_code as "postalCode", q.state, q.valid_from::text as since, d.state as decided,
           u.month::text as "lastUsedMonth",
           (select count(*) from devices d where d.venue_id = v.id and d.state = 'active')::int as phones
      from venues v join organisations o on o.id = v.organisation_id join communes m on m.code = v.commune_code
      left join venue_qualifications q on q.venue_id = v.id and q.valid_from <= ${today} and (q.valid_until is null or q.valid_until > ${today})
      left join venue_qualifications d on d.venue_id = v.id and d.valid_until is null
      left join last_used u on u.venue_id = v.id
     order by v.name, v.id`)
  return [...rows]
}

export type PeriodRow = {
  id: number
  month: Month
  state: (typeof periodState.enumValues)[number]
  closedOn: Day | null
  frozenOn: Day | null
  sealedOn: Day | null
  /** Of the audit line that tells of the sealing, in hex. */
  auditHash: string | null
  isAbandoned: boolean
  accepted: number
  statements: number
  statementCents: number
  missingStatements: number
  openReviews: number
}

/** Newest first, with what its next step needs. */
export async function listPeriodRows(db: Database): Promise<PeriodRow[]> {
  const rows = await db.execute<PeriodRow>(sql`
    select p.id, p.month::text, p.state, p.closed_on::text as "closedOn", p.frozen_on::text as "frozenOn", p.sealed_on::text as "sealedOn",
           encode(p.sealed_audit_hash, 'hex') as "auditHash",
           p.is_abandoned as "isAbandoned",
           (coalesce((select sum(s.accepted_count) from sealed_campaigns s where s.period_id = p.id and p.state = 'sealed'), 0)
            + (select count(*) from redemptions r where r.period_id = p.id and r.state = 'accepted' and p.state <> 'sealed'))::int as accepted,
           (select count(*) from statements s where s.period_id = p.id)::int as statements,
           coalesce((select sum(s.total_cents) from statements s where s.period_id = p.id), 0)::float8 as "statementCents",
           (select count(distinct r.organisation_id) from redemptions r where r.period_id = p.id and r.state = 'accepted' and p.state <> 'sealed'
              and not exists (select from statements s where s.period_id = p.id and s.organisation_id = r.organisation_id))::int as "missingStatements",
           (select count(*) from statement_reviews r where r.period_id = p.id and r.decision is null)::int as "openReviews"
      from periods p order by p.id desc`)
  return [...rows]
}

export type PayoutRow = {
  id: string
  organisationId: string
  organisation: string
  siret: string | null
  iban: string
  bic: string
  cents: number
  /** None where the amount is not of whole vouchers: what the reserve pays. */
  vouchers: number | null
  campaigns: string
  state: string
  endToEndId: string
  failureReason: string | null
  bookedOn: Day | null
}

export async function listPayoutRows(db: Database, batchId: string): Promise<PayoutRow[]> {
  const rows = await db.execute<PayoutRow>(sql`
    select y.id, y.organisation_id as "organisationId", y.payee->>'legalName' as organisation, y.payee->>'siret' as siret, y.payee->>'iban' as iban, y.payee->>'bic' as bic,
           y.amount_cents::float8 as cents, y.state, y.end_to_end_id as "endToEndId", y.failure_reason as "failureReason", y.booked_on::text as "bookedOn",
           v.campaigns, v.vouchers
      from payouts y cross join lateral (
        select string_agg(c.name, ', ' order by c.name) as campaigns,
               case when bool_and(l.amount_cents % c.face_value_cents = 0) then sum(l.amount_cents / c.face_value_cents)::int end as vouchers
          from payout_lines l join campaigns c on c.id = l.campaign_id where l.payout_id = y.id) v
     where y.batch_id = ${batchId} order by y.payee->>'legalName', y.end_to_end_id`)
  return [...rows]
}

/** Of a batch, by campaign: the pools that it is paid from. */
export async function listPools(db: Database, batchId: string): Promise<{ campaign: string; cents: number }[]> {
  const rows = await db.execute<{ campaign: string; cents: number }>(sql`
    select c.name as campaign, sum(l.amount_cents)::float8 as cents
      from payout_lines l join payouts y on y.id = l.payout_id join campaigns c on c.id = l.campaign_id
     where y.batch_id = ${batchId} and y.state <> 'withdrawn' group by c.name order by c.name`)
  return [...rows]
}

export async function listPeopleNames(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.execute<{ id: string; name: string }>(
    sql`select id, name from people where id::text in (select json_array_elements_text(${JSON.stringify(ids)}::json))`,
  )
  return new Map([...rows].map(({ id, name }) => [id, name]))
}
