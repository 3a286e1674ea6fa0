import { recordAudit } from '../accounts/audit.ts'
import { readAllFirst } from '../books/voucher-queries.ts'
import { tagOf } from '../periods/decide-folds.ts'
import type { Period } from '../periods/period.ts'
import { readAcceptedTags, readVouchers } from '../periods/queries.ts'
import type { Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { countByCampaign, listSealedCampaigns, markVouchersSpent, noteSealedCampaign } from './queries.ts'
import type { SealingPoint } from './sealing-step.ts'

/**
 * Each campaign's vouchers learn whether they are spent, in one transaction per campaign with its guard. What was done is
 * skipped: rewriting a campaign twice would be harmless and slow. An abandoned period marks nothing: its vouchers stay good.
 * Throws `conflict` `sealing_counts_differ` when a redemption has no voucher.
 */
export async function markSpent(ctx: Context, period: Period, at: (point: SealingPoint) => void): Promise<void> {
  const { all, done } = await ctx.transaction(
    async (tx) => ({ all: await countByCampaign(tx, period.id), done: await listSealedCampaigns(tx, period.id) }),
    'carnet_jobs',
  )
  const isDone = new Set(done.map(({ campaignId }) => campaignId))
  for (const campaign of all.filter(({ campaignId }) => !isDone.has(campaignId))) {
    const { campaignId, acceptedCount } = campaign
    const found = period.isAbandoned ? [] : await findSpent(ctx, period.id, campaignId)
    if (!period.isAbandoned && found.length !== acceptedCount)
      await stop(ctx, { periodId: period.id, campaignId, acceptedCount, foundCount: found.length })
    await ctx.transaction(async (tx) => {
      const isFirst = await noteSealedCampaign(tx, period.id, campaign)
      if (isFirst && !period.isAbandoned) await markVouchersSpent(tx, campaignId, found)
    }, 'carnet_jobs')
    at('campaign_marked')
  }
  for (const { campaignId } of all) await ctx.transaction((tx) => readAllFirst(tx, campaignId), 'carnet_jobs')
}

async function findSpent(ctx: Context, periodId: number, campaignId: string): Promise<string[]> {
  return ctx.transaction(async (tx) => {
    const tags = await readAcceptedTags(tx, periodId, campaignId)
    const found: string[] = []
    for await (const vouchers of readVouchers(tx, campaignId))
      for (const { codeMac } of vouchers) if (tags.has(tagOf(ctx.keyring, periodId, codeMac))) found.push(codeMac)
    return found
  }, 'carnet_jobs')
}

type Difference = { periodId: number; campaignId: string; acceptedCount: number; foundCount: number }

/** An alarm: people have to look before anything is rewritten. */
async function stop(ctx: Context, difference: Difference): Promise<never> {
  await ctx.transaction((tx) => recordAudit(tx, ctx, 'sealing_stopped', difference), 'carnet_jobs')
  throw new AppError(
    'conflict',
    'sealing_counts_differ',
    'Redemptions and vouchers do not match: nothing was sealed',
    difference,
  )
}
