import {
  campaigns,
  type Database,
  redemptions,
  statementAdjustments,
  statementLines,
  statements,
  type Transaction,
} from '@carnet/db'
import { and, asc, count, eq, inArray, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { takeLock } from '../shared/lock-queries.ts'
import type { Cents } from '../shared/money.ts'
import { amountOf, type Earning, type StatementKey } from './statement.ts'

type Reader = Database | Transaction
export type StatementRow = typeof statements.$inferSelect

/** Numbers have no gap: who takes one holds this lock until commit. Taken before any other. */
export async function takeStatementNumber(tx: Transaction): Promise<number> {
  await takeLock(tx, 'statementNumbers')
  const [row] = await tx.execute<{ number: number }>(
    sql`select coalesce(max(number), 0) + 1 as number from ${statements}`,
  )
  return row!.number
}

/** Who earned something in the period and has no statement for it yet. */
export async function listOrganisationsToFreeze(db: Reader, periodId: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ organisationId: redemptions.organisationId })
    .from(redemptions)
    .where(
      and(
        eq(redemptions.periodId, periodId),
        eq(redemptions.state, 'accepted'),
        sql`not exists (select from ${statements} s where s.period_id = ${periodId} and s.organisation_id = ${redemptions.organisationId})`,
      ),
    )
    .orderBy(asc(redemptions.organisationId))
  return rows.map(({ organisationId }) => organisationId)
}

export async function countEarnings(db: Reader, key: StatementKey): Promise<Earning[]> {
  return db
    .select({
      venueId: redemptions.venueId,
      campaignId: redemptions.campaignId,
      payingAccountId: campaigns.payingAccountId,
      faceValueCents: campaigns.faceValueCents,
      voucherCount: count(),
    })
    .from(redemptions)
    .innerJoin(campaigns, eq(campaigns.id, redemptions.campaignId))
    .where(
      and(
        eq(redemptions.periodId, key.periodId),
        eq(redemptions.organisationId, key.organisationId),
        eq(redemptions.state, 'accepted'),
      ),
    )
    .groupBy(redemptions.venueId, redemptions.campaignId, campaigns.payingAccountId, campaigns.faceValueCents)
    .orderBy(asc(redemptions.venueId), asc(redemptions.campaignId))
}

export async function findStatement(db: Reader, key: StatementKey): Promise<StatementRow | undefined> {
  const [row] = await db
    .select()
    .from(statements)
    .where(and(eq(statements.periodId, key.periodId), eq(statements.organisationId, key.organisationId)))
  return row
}

export async function insertStatement(
  tx: Transaction,
  statement: StatementKey & {
    number: number
    voucherCount: number
    totalCents: Cents
    nettedCents: Cents
    frozenOn: Day
  },
  earnings: readonly Earning[],
): Promise<void> {
  const [row] = await tx.insert(statements).values(statement).returning({ id: statements.id })
  await tx.insert(statementLines).values(
    earnings.map((line) => ({
      statementId: row!.id,
      venueId: line.venueId,
      campaignId: line.campaignId,
      voucherCount: line.voucherCount,
      amountCents: amountOf(line),
    })),
  )
}

export async function insertAdjustment(
  tx: Transaction,
  adjustment: typeof statementAdjustments.$inferInsert,
): Promise<void> {
  await tx.insert(statementAdjustments).values(adjustment)
}

/** Uploads are closed, and something is still issued: to be paid, or to expire. */
export async function listExpiringCampaigns(db: Reader): Promise<string[]> {
  const rows = await db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(
      and(
        inArray(campaigns.state, ['uploads_closed', 'closed']),
        sql`exists (select from ledger_accounts a where a.campaign_id = ${campaigns.id} and a.kind = 'issued' and a.balance_cents > 0)`,
      ),
    )
    .orderBy(asc(campaigns.id))
  return rows.map(({ id }) => id)
}

/** Ascending, the open one last: what the functions of the scan path compare with. */
export async function listLivePeriods(tx: Transaction): Promise<number[]> {
  const rows = await tx.execute<{ id: number }>(sql`select unnest(live_periods()) as id`)
  return [...rows].map(({ id }) => id)
}
