import type { Database, periodState, Transaction } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Day, Month } from '../shared/days.ts'
import type { Cents } from '../shared/money.ts'
import type { StatementKey } from './statement.ts'

type Reader = Database | Transaction
export type StatementTotals = StatementKey & {
  month: Month
  periodState: (typeof periodState.enumValues)[number]
  organisation: string
  number: number | null
  voucherCount: number
  totalCents: Cents
  nettedCents: Cents
  adjustedCents: Cents
  frozenOn: Day | null
  /** Whether something of it is still payable, or on its way. */
  isPayable: boolean
  isInPayment: boolean
}

export type StatementFilter = {
  organisationId?: string | undefined
  periodId?: number | undefined
  after?: StatementKey | undefined
  limit: number
}

/**
 * Written statements, and the running ones counted from their scans; newest period first. Of one organisation, the open period
 * is always there, with nothing in it if need be. What is still owed to an organisation is of its latest statements.
 */
export async function listStatementTotals(db: Reader, filter: StatementFilter): Promise<StatementTotals[]> {
  const { organisationId = null, periodId = null, after, limit } = filter
  const rows = await db.execute<StatementTotals>(sql`
    with listed as (
      select s.id, s.period_id, s.organisation_id, s.number, s.voucher_count, s.total_cents, s.netted_cents, s.frozen_on from statements s
       where (${organisationId}::uuid is null or s.organisation_id = ${organisationId}) and (${periodId}::int is null or s.period_id = ${periodId})
      union all
      select null, r.period_id, r.organisation_id, null, count(*)::int, sum(c.face_value_cents)::int, 0, null
        from redemptions r join campaigns c on c.id = r.campaign_id
       where r.state = 'accepted' and (${organisationId}::uuid is null or r.organisation_id = ${organisationId}) and (${periodId}::int is null or r.period_id = ${periodId})
         and not exists (select from statements s where s.period_id = r.period_id and s.organisation_id = r.organisation_id)
       group by r.period_id, r.organisation_id
      union all
      select null, p.id, ${organisationId}::uuid, null, 0, 0, 0, null from periods p
       where p.state = 'open' and ${organisationId}::uuid is not null and (${periodId}::int is null or p.id = ${periodId})
         and not exists (select from redemptions r where r.period_id = p.id and r.organisation_id = ${organisationId} and r.state = 'accepted')
    )
    select x.period_id as "periodId", x.organisation_id as "organisationId", p.month::text, p.state as "periodState", o.legal_name as organisation,
           x.number, x.voucher_count as "voucherCount", x.total_cents as "totalCents", x.netted_cents as "nettedCents", x.frozen_on::text as "frozenOn",
           coalesce((select sum(a.amount_cents)::int from statement_adjustments a where a.statement_id = x.id), 0) as "adjustedCents",
           coalesce(due.is_payable, false) as "isPayable", coalesce(due.is_in_payment, false) as "isInPayment"
      from listed x join periods p on p.id = x.period_id join organisations o on o.id = x.organisation_id
      left join lateral (
        select bool_or(b.payable > later.cents) as is_payable, bool_or(b.payable + b.in_payment > later.cents) as is_in_payment
          from (select distinct l.campaign_id from statement_lines l where l.statement_id = x.id) c
         cross join lateral (
           select coalesce(sum(a.balance_cents) filter (where a.kind = 'payable'), 0) as payable, coalesce(sum(a.balance_cents) filter (where a.kind = 'in_payment'), 0) as in_payment
             from ledger_accounts a where a.kind in ('payable', 'in_payment') and a.organisation_id = x.organisation_id and a.campaign_id = c.campaign_id) b
         cross join lateral (
           select coalesce(sum(l.amount_cents), 0) as cents from statement_lines l join statements s on s.id = l.statement_id
            where s.organisation_id = x.organisation_id and s.period_id > x.period_id and l.campaign_id = c.campaign_id) later
      ) due on x.id is not null
     where ${after?.periodId ?? null}::int is null
        or x.period_id < ${after?.periodId ?? null} or (x.period_id = ${after?.periodId ?? null} and x.organisation_id > ${after?.organisationId ?? null}::uuid)
     order by x.period_id desc, x.organisation_id
     limit ${limit}`)
  return [...rows]
}

export type StatementLine = {
  venueId: string
  venue: string
  campaignId: string
  campaign: string
  voucherCount: number
  amountCents: Cents
}
export type StatementAdjustment = StatementLine & { decidedOn: Day }

/** By venue and campaign: as written, or as counted while there is nothing written. */
export async function listStatementLines(db: Reader, key: StatementKey): Promise<StatementLine[]> {
  const { periodId, organisationId } = key
  const rows = await db.execute<StatementLine>(sql`
    with lines as (
      select l.venue_id, l.campaign_id, l.voucher_count, l.amount_cents from statement_lines l join statements s on s.id = l.statement_id
       where s.period_id = ${periodId} and s.organisation_id = ${organisationId}
      union all
      select r.venue_id, r.campaign_id, count(*)::int, sum(c.face_value_cents)::int from redemptions r join campaigns c on c.id = r.campaign_id
       where r.period_id = ${periodId} and r.organisation_id = ${organisationId} and r.state = 'accepted'
         and not exists (select from statements s where s.period_id = ${periodId} and s.organisation_id = ${organisationId})
       group by r.venue_id, r.campaign_id
    )
    select l.venue_id as "venueId", v.name as venue, l.campaign_id as "campaignId", c.name as campaign,
           l.voucher_count as "voucherCount", l.amount_cents as "amountCents"
      from lines l join venues v on v.id = l.venue_id join campaigns c on c.id = l.campaign_id
     order by v.name, c.name, l.venue_id, l.campaign_id`)
  return [...rows]
}

export async function listStatementAdjustments(db: Reader, key: StatementKey): Promise<StatementAdjustment[]> {
  const rows = await db.execute<StatementAdjustment>(sql`
    select a.venue_id as "venueId", v.name as venue, a.campaign_id as "campaignId", c.name as campaign,
           a.voucher_count as "voucherCount", a.amount_cents as "amountCents", a.decided_on::text as "decidedOn"
      from statement_adjustments a join statements s on s.id = a.statement_id
      join venues v on v.id = a.venue_id join campaigns c on c.id = a.campaign_id
     where s.period_id = ${key.periodId} and s.organisation_id = ${key.organisationId}
     order by a.decided_on, v.name, c.name`)
  return [...rows]
}
