import type { Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { fewestBooksOf, foldOf, mustCountBooks } from './fold.ts'
import {
  type CampaignCount,
  getPeriod,
  insertFold,
  listPeriods,
  listUnfoldedCampaigns,
  readAcceptedTags,
  readVouchers,
} from './queries.ts'

/**
 * Decides, once and for every campaign of a closed period, how finely its services may be told. Done after closing; doing it
 * again finishes what was interrupted and changes nothing. Throws `conflict` `period_is_open`, `unavailable` without the key.
 */
export async function decideFolds(ctx: Context, periodId: number): Promise<void> {
  const { period, undecided } = await ctx.transaction(
    async (tx) => ({ period: await getPeriod(tx, periodId), undecided: await listUnfoldedCampaigns(tx, periodId) }),
    'carnet_jobs',
  )
  if (period.state === 'open') throw new AppError('conflict', 'period_is_open', 'It still receives scans')

  for (const campaign of undecided) {
    const { campaignId, bookSize, redemptions } = campaign
    const books =
      mustCountBooks(redemptions, bookSize) && !period.isAbandoned
        ? await countBooks(ctx, periodId, campaign)
        : fewestBooksOf(redemptions, bookSize)
    await ctx.transaction((tx) => insertFold(tx, periodId, campaignId, foldOf(redemptions, books)), 'carnet_jobs')
  }
}

/** The folds of every period that is closed and not sealed yet. */
export async function decideDueFolds(ctx: Context): Promise<void> {
  const periods = await ctx.transaction(listPeriods, 'carnet_jobs')
  for (const { id } of periods.filter(({ state }) => state === 'closed')) await decideFolds(ctx, id)
}

/** In memory only: how many books a campaign's redemptions come from is written nowhere. */
async function countBooks(
  { keyring, transaction }: Context,
  periodId: number,
  { campaignId }: CampaignCount,
): Promise<number> {
  return transaction(async (tx) => {
    const tags = await readAcceptedTags(tx, periodId, campaignId)
    const books = new Set<string>()
    for await (const vouchers of readVouchers(tx, campaignId))
      for (const { codeMac, bookId } of vouchers) if (tags.has(tagOf(keyring, periodId, codeMac))) books.add(bookId)
    return books.size
  }, 'carnet_jobs')
}

/** The tag of a voucher in a period. Throws `unavailable` when the period's key is not there. */
export function tagOf(keyring: Context['keyring'], periodId: number, codeMac: string): string {
  const tag = keyring.tag(periodId, codeMac)
  if (tag === undefined)
    throw new AppError(
      'unavailable',
      'period_key_missing',
      `The key of period ${periodId} is in neither copy of the keyring`,
    )
  return tag
}
