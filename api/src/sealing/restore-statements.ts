import { getCampaign } from '../campaigns/queries.ts'
import { writeStatement } from '../payouts/freeze-statements.ts'
import type { Earning } from '../payouts/statement.ts'
import type { Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import type { KeptLine } from './kept-record.ts'
import { listKnownCampaigns } from './queries.ts'

/**
 * Writes the statements of a sealed period that an old backup does not have, with their transfers, from the lines that the
 * keyring kept. Whether the bank paid them already only its files tell. Returns the organisations it could not do so for:
 * unknown to the backup, or without the money for it.
 */
export async function restoreStatements(ctx: Context, periodId: number, lines: readonly KeptLine[]): Promise<string[]> {
  const refused: string[] = []
  const known = new Set(
    await ctx.transaction(
      (tx) =>
        listKnownCampaigns(
          tx,
          lines.map(({ campaignId }) => campaignId),
        ),
      'carnet_jobs',
    ),
  )
  for (const organisationId of new Set(lines.map((line) => line.organisationId))) {
    const own = lines.filter((line) => line.organisationId === organisationId)
    const isKnown = own.every(({ campaignId }) => known.has(campaignId))
    if (!isKnown || !(await restoreStatement(ctx, { periodId, organisationId }, own))) refused.push(organisationId)
  }
  return refused
}

async function restoreStatement(
  ctx: Context,
  key: { periodId: number; organisationId: string },
  lines: readonly KeptLine[],
): Promise<boolean> {
  try {
    await ctx.transaction(async (tx) => {
      const listEarnings = () =>
        Promise.all(
          lines.map(async ({ venueId, campaignId, voucherCount }): Promise<Earning> => {
            const { payingAccountId, faceValueCents } = await getCampaign(tx, campaignId)
            return { venueId, campaignId, payingAccountId, faceValueCents, voucherCount }
          }),
        )
      await writeStatement(tx, ctx, key, { listEarnings })
    }, 'carnet_jobs')
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_enough_money') return false
    throw error
  }
}
