import {
  type Cents,
  campaigns,
  type Database,
  periodAbandonments,
  periodFolds,
  periods,
  redemptions,
  type Transaction,
  vouchers,
} from '@carnet/db'
import { and, asc, count, eq, sql } from 'drizzle-orm'
import { hex, readInBatches } from '../shared/cursor-queries.ts'
import type { Day, Month } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import type { Fold } from './fold.ts'
import { type Period, type PeriodEvent, stateAfter } from './period.ts'

type Reader = Database | Transaction

/** Ascending by id. */
export const listPeriods = (db: Reader): Promise<Period[]> => db.select().from(periods).orderBy(asc(periods.id))

export async function getPeriod(db: Reader, id: number): Promise<Period> {
  const [period] = await db.select().from(periods).where(eq(periods.id, id))
  if (!period) throw new AppError('not_found', 'period_not_found', `There is no period ${id}`)
  return period
}

export async function findOpenPeriod(db: Reader): Promise<Period | undefined> {
  const [period] = await db.select().from(periods).where(eq(periods.state, 'open'))
  return period
}

export async function insertOpenPeriod(tx: Transaction, id: number, month: Month, openedOn: Day): Promise<Period> {
  const [period] = await tx.insert(periods).values({ id, month, state: 'open', openedOn }).returning()
  return period!
}

/** A period that an old database does not know: its scans are counted, or lost, and its id is never used again. */
export async function insertForgottenPeriod(
  tx: Transaction,
  period: Pick<Period, 'id' | 'month' | 'openedOn' | 'closedOn' | 'frozenOn' | 'sealedOn'>,
): Promise<void> {
  await tx
    .insert(periods)
    .values({ ...period, state: 'sealed' })
    .onConflictDoNothing()
}

/** The loser of two concurrent moves updates nothing and gets a conflict. */
export async function movePeriod(
  tx: Transaction,
  period: Period,
  event: PeriodEvent,
  also: Partial<Pick<Period, 'closedOn' | 'frozenOn'>> = {},
): Promise<Period> {
  const [moved] = await tx
    .update(periods)
    .set({ ...also, state: stateAfter(period.state, event) })
    .where(and(eq(periods.id, period.id), eq(periods.state, period.state)))
    .returning()
  if (!moved) throw new AppError('conflict', 'period_changed', `Period ${period.id} just changed`)
  return moved
}

/** Makes and attaches the period's partitions, once. */
export async function preparePartitions(tx: Transaction, id: number): Promise<void> {
  await tx.execute(sql`select prepare_period(${id})`)
}

/** sealing → sealed. Throws 55P03 when a scan or a reader did not finish within half a second. */
export async function dropPartitions(tx: Transaction, id: number, sealedOn: Day): Promise<void> {
  await tx.execute(sql`select drop_period(${id}, ${sealedOn}::date)`)
}

export type CampaignCount = { campaignId: string; bookSize: number; redemptions: number }

/** Campaigns with accepted scans in the period that have no fold yet. */
export async function listUnfoldedCampaigns(tx: Transaction, periodId: number): Promise<CampaignCount[]> {
  return tx
    .select({ campaignId: redemptions.campaignId, bookSize: campaigns.bookSize, redemptions: count() })
    .from(redemptions)
    .innerJoin(campaigns, eq(campaigns.id, redemptions.campaignId))
    .where(
      and(
        eq(redemptions.periodId, periodId),
        eq(redemptions.state, 'accepted'),
        sql`not exists (select from ${periodFolds} f where f.period_id = ${periodId} and f.campaign_id = ${redemptions.campaignId})`,
      ),
    )
    .groupBy(redemptions.campaignId, campaigns.bookSize)
    .orderBy(asc(redemptions.campaignId))
}

export async function insertFold(tx: Transaction, periodId: number, campaignId: string, fold: Fold): Promise<void> {
  await tx.insert(periodFolds).values({ periodId, campaignId, fold }).onConflictDoNothing()
}

/** Campaign → fold of a period. */
export async function readFolds(db: Reader, periodId: number): Promise<Map<string, Fold>> {
  const rows = await db.select().from(periodFolds).where(eq(periodFolds.periodId, periodId))
  return new Map(rows.map(({ campaignId, fold }) => [campaignId, fold]))
}

/** Accepted scans of a campaign in the period, by their tags. */
export async function readAcceptedTags(tx: Transaction, periodId: number, campaignId: string): Promise<Set<string>> {
  const tags = new Set<string>()
  const rows = readInBatches<{ tag: string }>(
    tx,
    sql`select ${hex(redemptions.tag)} as tag from ${redemptions}
         where period_id = ${periodId} and campaign_id = ${campaignId} and state = 'accepted'`,
  )
  for await (const batch of rows) for (const { tag } of batch) tags.add(tag)
  return tags
}

/** A campaign's vouchers, a few thousand at a time. */
export const readVouchers = (tx: Transaction, campaignId: string) =>
  readInBatches<{ codeMac: string; bookId: string }>(
    tx,
    sql`select ${hex(vouchers.codeMac)} as "codeMac", book_id as "bookId" from ${vouchers}
         where campaign_id = ${campaignId} order by code_mac`,
  )

export type Abandonment = typeof periodAbandonments.$inferSelect

export async function findAbandonment(tx: Transaction, periodId: number): Promise<Abandonment | undefined> {
  const [row] = await tx.select().from(periodAbandonments).where(eq(periodAbandonments.periodId, periodId))
  return row
}

export async function insertAbandonment(
  tx: Transaction,
  periodId: number,
  proposedBy: string,
  proposedOn: Day,
): Promise<void> {
  await tx.insert(periodAbandonments).values({ periodId, proposedBy, proposedOn })
}

export async function confirmAbandonment(
  tx: Transaction,
  periodId: number,
  confirmedBy: string,
  confirmedOn: Day,
): Promise<void> {
  await tx.update(periodAbandonments).set({ confirmedBy, confirmedOn }).where(eq(periodAbandonments.periodId, periodId))
}

/** It is not live any more: no scan is checked against it. */
export async function giveUpPeriod(tx: Transaction, periodId: number): Promise<void> {
  await tx.update(periods).set({ isAbandoned: true }).where(eq(periods.id, periodId))
}

/** What the vouchers of a period are worth, by campaign: count × face value, in cents. */
export async function measureExposure(
  tx: Transaction,
  periodId: number,
): Promise<{ campaignId: string; redemptions: number; faceValueCents: Cents }[]> {
  return tx
    .select({
      campaignId: redemptions.campaignId,
      redemptions: count(),
      faceValueCents: campaigns.faceValueCents,
    })
    .from(redemptions)
    .innerJoin(campaigns, eq(campaigns.id, redemptions.campaignId))
    .where(and(eq(redemptions.periodId, periodId), eq(redemptions.state, 'accepted')))
    .groupBy(redemptions.campaignId, campaigns.faceValueCents)
}

/** `00000001`: a replica that takes over counts one more. */
export async function readTimeline(db: Reader): Promise<string> {
  const [row] = await db.execute<{ timeline: string }>(
    sql`select substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) as timeline`,
  )
  return row!.timeline
}
