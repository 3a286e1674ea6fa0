import { balanceAlerts, campaigns, type Database, type Transaction } from '@carnet/db'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import type { BalanceFacts, BalanceReason } from './low-balance.ts'

type Reader = Database | Transaction
export type BalanceAlert = typeof balanceAlerts.$inferSelect
export type OpenCampaign = Omit<BalanceFacts, 'funders'> & { id: string; name: string }

/** Campaigns that are open, with their books: one that is missing from an active box is still ordered, one declared lost is not. */
export async function listOpenBooks(tx: Transaction): Promise<OpenCampaign[]> {
  const rows = await tx.execute<OpenCampaign>(sql`
    with books as (
      select c.id, coalesce((select sum(x.last_cover - x.first_cover + 1 - x.missing_books) from boxes x where x.campaign_id = c.id and x.state = 'active'), 0)::int as active,
             coalesce((select sum(g.last_cover - g.first_cover + 1) from delivery_gaps g join boxes x on x.id = g.box_id
                        where g.campaign_id = c.id and g.state = 'lost' and x.state <> 'revoked'), 0)::int as lost,
             coalesce((select sum(x.last_cover - x.first_cover + 1) from boxes x where x.campaign_id = c.id and x.state = 'revoked'), 0)::int as revoked,
             coalesce((select sum(r.book_count) from print_runs r where r.campaign_id = c.id and r.state <> 'revoked'), 0)::int as printed
        from campaigns c where c.state = 'open')
    select c.id, c.name, c.face_value_cents as "faceValueCents", c.book_size as "bookSize", c.budgeted_books as "budgetedBooks",
           c.low_balance_percent as "lowBalancePercent", b.active as "activeBooks", greatest(0, b.printed - b.active - b.lost - b.revoked) as "orderedBooks"
      from campaigns c join books b on b.id = c.id order by c.number`)
  return [...rows]
}

export async function listFunderBalances(tx: Transaction, campaignId: string): Promise<BalanceFacts['funders']> {
  const rows = await tx.execute<BalanceFacts['funders'][number]>(sql`
    select f.part_cents as "partCents", coalesce((select sum(a.balance_cents) from ledger_accounts a
             where a.campaign_id = f.campaign_id and a.funder_id = f.funder_id and a.kind = 'available'), 0)::float8 as "availableCents"
      from campaign_funders f where f.campaign_id = ${campaignId} order by f.funder_id`)
  return [...rows]
}

/** False when it stands already. */
export async function raiseAlert(
  tx: Transaction,
  alert: { campaignId: string; reason: BalanceReason; raisedOn: Day },
): Promise<boolean> {
  const raised = await tx.insert(balanceAlerts).values(alert).onConflictDoNothing().returning()
  return raised.length > 0
}

export async function clearAlert(tx: Transaction, id: string, clearedOn: Day): Promise<void> {
  await tx.update(balanceAlerts).set({ clearedOn }).where(eq(balanceAlerts.id, id))
}

/** Those that stand: of one campaign, or of all. */
export const listAlerts = (db: Reader, campaignId?: string): Promise<BalanceAlert[]> =>
  db
    .select()
    .from(balanceAlerts)
    .where(
      and(
        isNull(balanceAlerts.clearedOn),
        campaignId === undefined ? undefined : eq(balanceAlerts.campaignId, campaignId),
      ),
    )
    .orderBy(asc(balanceAlerts.raisedOn), asc(balanceAlerts.reason))

export async function setBalanceShare(tx: Transaction, id: string, lowBalancePercent: number): Promise<void> {
  await tx.update(campaigns).set({ lowBalancePercent }).where(eq(campaigns.id, id))
}
