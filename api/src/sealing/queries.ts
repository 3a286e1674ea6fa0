import {
  answers,
  auditLog,
  type Database,
  periods,
  redemptions,
  scanReceipts,
  sealedCampaigns,
  statementAdjustments,
  statementLines,
  statements,
  type Transaction,
  vouchers,
} from '@carnet/db'
import { and, asc, count, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import { hex, readInBatches } from '../shared/cursor-queries.ts'
import type { Day } from '../shared/days.ts'
import type { KeptLine } from './kept-record.ts'

type Reader = Database | Transaction

export type SealedCampaign = { campaignId: string; acceptedCount: number }

/** Accepted scans of the period by campaign. Fixed once the period is being sealed. */
export async function countByCampaign(tx: Transaction, periodId: number): Promise<SealedCampaign[]> {
  return tx
    .select({ campaignId: redemptions.campaignId, acceptedCount: count() })
    .from(redemptions)
    .where(and(eq(redemptions.periodId, periodId), eq(redemptions.state, 'accepted')))
    .groupBy(redemptions.campaignId)
    .orderBy(asc(redemptions.campaignId))
}

export async function listSealedCampaigns(
  tx: Transaction,
  periodId: number,
): Promise<(SealedCampaign & { isCounted: boolean })[]> {
  return tx
    .select({
      campaignId: sealedCampaigns.campaignId,
      acceptedCount: sealedCampaigns.acceptedCount,
      isCounted: sealedCampaigns.isCounted,
    })
    .from(sealedCampaigns)
    .where(eq(sealedCampaigns.periodId, periodId))
    .orderBy(asc(sealedCampaigns.campaignId))
}

/** False when it was noted before. */
export async function noteSealedCampaign(
  tx: Transaction,
  periodId: number,
  campaign: SealedCampaign,
): Promise<boolean> {
  const noted = await tx
    .insert(sealedCampaigns)
    .values({ periodId, ...campaign })
    .onConflictDoNothing()
    .returning({ campaignId: sealedCampaigns.campaignId })
  return noted.length === 1
}

/** False when its counts were added before. */
export async function noteCountedCampaign(tx: Transaction, periodId: number, campaignId: string): Promise<boolean> {
  const noted = await tx
    .update(sealedCampaigns)
    .set({ isCounted: true })
    .where(
      and(
        eq(sealedCampaigns.periodId, periodId),
        eq(sealedCampaigns.campaignId, campaignId),
        eq(sealedCampaigns.isCounted, false),
      ),
    )
    .returning({ campaignId: sealedCampaigns.campaignId })
  return noted.length === 1
}

/** Campaigns that this database knows, of those that the keyring tells of. */
export async function noteRestoredCampaigns(
  tx: Transaction,
  periodId: number,
  campaigns: readonly SealedCampaign[],
): Promise<void> {
  await tx.execute(sql`
    insert into sealed_campaigns (period_id, campaign_id, accepted_count, is_counted)
    select ${periodId}, k."campaignId", k."acceptedCount", true
      from json_to_recordset(${JSON.stringify(campaigns)}::json) as k ("campaignId" uuid, "acceptedCount" int)
      join campaigns c on c.id = k."campaignId"
     order by k."campaignId"
    on conflict (period_id, campaign_id) do update
      set accepted_count = excluded.accepted_count, is_counted = true`)
}

/**
 * Rewrites every voucher of the campaign, so that all rows carry one transaction's mark and none tells when it was spent.
 * `any` of a parameter, not a subquery: its hash has no limit of memory past which each voucher would search the whole list.
 */
export async function markVouchersSpent(
  tx: Transaction,
  campaignId: string,
  codeMacs: readonly string[],
): Promise<void> {
  await tx.execute(sql`
    update ${vouchers} v
       set is_spent = v.is_spent or v.code_mac = any(${`{${codeMacs.join()}}`}::uuid[])
     where v.campaign_id = ${campaignId}`)
}

/** The first voucher of the list that this database still takes for good, if any. */
export async function hasUnspent(tx: Transaction, campaignId: string, codeMacs: readonly string[]): Promise<boolean> {
  const [row] = await tx.execute<{ has_unspent: boolean }>(sql`
    select exists (
      select from ${vouchers} v
       where v.campaign_id = ${campaignId} and not v.is_spent
         and v.code_mac = any(${`{${codeMacs.join()}}`}::uuid[])) as has_unspent`)
  return row!.has_unspent
}

/** Sorted. */
export async function listSpentVouchers(tx: Transaction, campaignId: string): Promise<string[]> {
  const spent: string[] = []
  const rows = readInBatches<{ mac: string }>(
    tx,
    sql`select ${hex(vouchers.codeMac)} as mac from ${vouchers}
         where campaign_id = ${campaignId} and is_spent order by code_mac`,
  )
  for await (const batch of rows) for (const { mac } of batch) spent.push(mac)
  return spent
}

export type Receipt = Pick<typeof scanReceipts.$inferSelect, 'scanId' | 'outcome' | 'reason' | 'isReversed'>

/** Receipts of the period, a few thousand at a time, in the order of their random ids. */
export const readReceipts = (tx: Transaction, periodId: number) =>
  readInBatches<Receipt>(
    tx,
    sql`select scan_id as "scanId", outcome, reason, is_reversed as "isReversed" from ${scanReceipts}
         where period_id = ${periodId} order by scan_id`,
  )

export type KeptAnswer = Omit<Receipt, 'scanId'> & { answerMac: string }

/** Gathers answers in a table of the transaction; `insertGatheredAnswers` writes them in one go, in the order of their MACs. */
export async function createAnswerHeap(tx: Transaction): Promise<void> {
  await tx.execute(sql`create temp table gathered_answers
    (answer_mac uuid, outcome scan_outcome, reason refusal_reason, is_reversed boolean) on commit drop`)
}

export async function gatherAnswers(tx: Transaction, kept: readonly KeptAnswer[]): Promise<void> {
  await tx.execute(sql`
    insert into gathered_answers
    select "answerMac", outcome, reason, "isReversed" from json_to_recordset(${JSON.stringify(kept)}::json)
      as k ("answerMac" uuid, outcome scan_outcome, reason refusal_reason, "isReversed" boolean)`)
}

export async function insertGatheredAnswers(tx: Transaction, keptUntil: Day): Promise<void> {
  await tx.execute(sql`
    insert into ${answers} (answer_mac, outcome, reason, is_reversed, kept_until)
    select answer_mac, outcome, reason, is_reversed, ${keptUntil}::date from gathered_answers order by answer_mac
    on conflict do nothing`)
}

export async function deleteAnswersBefore(tx: Transaction, day: Day): Promise<void> {
  await tx.delete(answers).where(lt(answers.keptUntil, day))
}

/** The period's statements, venue × campaign, less what was undone after freezing. */
export async function listFrozenLines(tx: Transaction, periodId: number): Promise<KeptLine[]> {
  const undone = sql`coalesce((select sum(a.voucher_count) from ${statementAdjustments} a
    where a.statement_id = ${statements.id} and a.venue_id = ${statementLines.venueId} and a.campaign_id = ${statementLines.campaignId}), 0)`
  const rows = await tx
    .select({
      organisationId: statements.organisationId,
      venueId: statementLines.venueId,
      campaignId: statementLines.campaignId,
      voucherCount: sql<number>`(${statementLines.voucherCount} - ${undone})::int`,
    })
    .from(statementLines)
    .innerJoin(statements, eq(statements.id, statementLines.statementId))
    .where(eq(statements.periodId, periodId))
    .orderBy(asc(statements.organisationId), asc(statementLines.venueId), asc(statementLines.campaignId))
  return rows.filter(({ voucherCount }) => voucherCount > 0)
}

/** Ties the sealing to its audit line, which the caller has just written. */
export async function noteSealingProof(tx: Transaction, periodId: number): Promise<Uint8Array> {
  const [line] = await tx
    .select({ hash: auditLog.hash })
    .from(auditLog)
    .where(and(eq(auditLog.action, 'period_sealed'), sql`${auditLog.details}->>'periodId' = ${String(periodId)}`))
    .orderBy(desc(auditLog.seq))
    .limit(1)
  await tx
    .update(periods)
    .set({ sealedAuditHash: line!.hash })
    .where(and(eq(periods.id, periodId), isNull(periods.sealedAuditHash)))
  return line!.hash
}

export async function listKnownCampaigns(db: Reader, campaignIds: readonly string[]): Promise<string[]> {
  if (campaignIds.length === 0) return []
  const rows = await db
    .selectDistinct({ campaignId: vouchers.campaignId })
    .from(vouchers)
    .where(inArray(vouchers.campaignId, [...campaignIds]))
  return rows.map(({ campaignId }) => campaignId)
}
