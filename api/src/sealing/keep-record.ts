import type { Period } from '../periods/period.ts'
import type { Context } from '../shared/context.ts'
import { listCells } from './cell-queries.ts'
import { type KeptRecord, spansOf, withoutSpans } from './kept-record.ts'
import { listFrozenLines, listSealedCampaigns, listSpentVouchers } from './queries.ts'
import type { SealingPoint } from './sealing-step.ts'

/** Both copies of the keyring get each campaign's whole spent list and the period's record. Repeating it writes the same. */
export async function keepRecord(ctx: Context, period: Period, at: (point: SealingPoint) => void): Promise<void> {
  const { keyring, transaction, today } = ctx
  const campaigns = await transaction((tx) => listSealedCampaigns(tx, period.id), 'carnet_jobs')
  for (const { campaignId } of campaigns) {
    const spent = await transaction((tx) => listSpentVouchers(tx, campaignId), 'carnet_jobs')
    keyring.writeSpentList(campaignId, spent)
    at('spent_list_kept')
  }
  const spans = Object.values(spansOf(period.month))
  const { month, openedOn, closedOn, frozenOn } = period
  const record: KeptRecord = await transaction(
    async (tx) => ({
      ...{ month, openedOn, closedOn, frozenOn, sealedOn: today() },
      campaigns: campaigns.map(({ campaignId, acceptedCount }) => ({ campaignId, acceptedCount })),
      cells: await listCells(tx, spans),
      lines: await listFrozenLines(tx, period.id),
    }),
    'carnet_jobs',
  )
  keyring.writeKeptCounts(period.id, record)
  at('record_kept')
  forgetRunningTotals(ctx, period.id, spans)
}

export const readRecord = ({ keyring }: Context, periodId: number): KeptRecord | undefined =>
  keyring.readKeptCounts(periodId) as KeptRecord | undefined

/** Two records with running totals of one quarter would tell the month between them. */
function forgetRunningTotals(ctx: Context, periodId: number, spans: readonly string[]): void {
  for (const earlier of ctx.keyring.listKeptCounts().filter((id) => id < periodId)) {
    const shorter = withoutSpans(readRecord(ctx, earlier)!, spans)
    if (shorter) ctx.keyring.writeKeptCounts(earlier, shorter)
  }
}
