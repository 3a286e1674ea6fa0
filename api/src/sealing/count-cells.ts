import { decideFolds } from '../periods/decide-folds.ts'
import type { Period } from '../periods/period.ts'
import { readFolds } from '../periods/queries.ts'
import type { Context } from '../shared/context.ts'
import { lastDayOfMonth } from '../shared/days.ts'
import { addCells, countCells } from './cell-queries.ts'
import { type Cell, spansOf, sumCells } from './kept-record.ts'
import { listSealedCampaigns, noteCountedCampaign } from './queries.ts'

/**
 * Adds the period's redemptions to the whitelist's cells, once per campaign: the guard is in the same transaction. All campaigns
 * in one: the dead versions of a cell's row would otherwise give back each campaign's share of it.
 */
export async function addPeriodToCells(ctx: Context, period: Period): Promise<void> {
  await decideFolds(ctx, period.id)
  const day = period.closedOn ?? lastDayOfMonth(period.month)
  await ctx.transaction(async (tx) => {
    const folds = await readFolds(tx, period.id)
    const cells: Cell[] = []
    for (const { campaignId, isCounted } of await listSealedCampaigns(tx, period.id)) {
      if (isCounted || !(await noteCountedCampaign(tx, period.id, campaignId))) continue
      const fold = folds.get(campaignId) ?? 'all'
      cells.push(
        ...(await countCells(tx, { periodId: period.id, campaignId, fold, spans: spansOf(period.month), day })),
      )
    }
    await addCells(tx, sumCells(cells))
  }, 'carnet_jobs')
}
