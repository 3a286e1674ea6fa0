import { decideFolds } from '../periods/decide-folds.ts'
import type { Period } from '../periods/period.ts'
import { readFolds } from '../periods/queries.ts'
import type { Context } from '../shared/context.ts'
import { lastDayOfMonth } from '../shared/days.ts'
import { addCells, countCells } from './cell-queries.ts'
import { spansOf } from './kept-record.ts'
import { listSealedCampaigns, noteCountedCampaign } from './queries.ts'
import type { SealingPoint } from './sealing-step.ts'

/** Adds the period's redemptions to the whitelist's cells, once per campaign: the guard is in the same transaction. */
export async function addPeriodToCells(ctx: Context, period: Period, at: (point: SealingPoint) => void): Promise<void> {
  await decideFolds(ctx, period.id)
  const { campaigns, folds } = await ctx.transaction(
    async (tx) => ({ campaigns: await listSealedCampaigns(tx, period.id), folds: await readFolds(tx, period.id) }),
    'carnet_jobs',
  )
  const day = period.closedOn ?? lastDayOfMonth(period.month)
  for (const { campaignId } of campaigns.filter(({ isCounted }) => !isCounted)) {
    await ctx.transaction(async (tx) => {
      if (!(await noteCountedCampaign(tx, period.id, campaignId))) return
      const fold = folds.get(campaignId) ?? 'all'
      await addCells(tx, await countCells(tx, period.id, campaignId, fold, spansOf(period.month), day))
    }, 'carnet_jobs')
    at('campaign_counted')
  }
}
