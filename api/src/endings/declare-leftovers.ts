import { recordAudit } from '../accounts/audit.ts'
import type { CoverRange } from '../books/box.ts'
import { booksIn, joined, without } from '../books/cover-ranges.ts'
import { hasBegun } from '../campaigns/ending.ts'
import { type Campaign, lockCampaign } from '../campaigns/queries.ts'
import { lockPrescriber } from '../prescribers/queries.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { listLiveStops } from '../stock/queries.ts'
import { ownCovers, readShelf, type Shelf } from '../stock/read-stock.ts'
import { listLeftovers, putLeftover } from './queries.ts'

/** Throws `conflict` `campaign_is_…`, `step_not_begun`. */
export function checkStopped(campaign: Campaign, today: string): void {
  if (campaign.state !== 'open' && campaign.state !== 'ending')
    throw new AppError('conflict', `campaign_is_${campaign.state}`, 'Only books of a campaign that ends are blocked')
  if (!hasBegun(campaign, 'stop_handouts', today))
    throw new AppError('conflict', 'step_not_begun', 'Books are blocked in the last fifteen days')
}

/**
 * A prescriber says which covers it still has, from fifteen days before the end on; what it says last counts. Throws
 * `forbidden`, `not_found` (`prescriber_not_found` of another, `covers_not_in_stock`, also when it never had a book), `invalid`,
 * `conflict` (`more_than_left`, see `checkStopped`).
 */
export async function declareLeftovers(
  ctx: Context,
  { campaignId, prescriberId, covers }: { campaignId: string; prescriberId: string; covers: readonly CoverRange[] },
): Promise<{ books: number }> {
  const person = requireRole(ctx.actor, 'prescriber', 'coordinator')
  requireOwn(person, prescriberId, 'prescriber')
  return ctx.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, campaignId)
    await lockPrescriber(tx, prescriberId)
    checkStopped(campaign, ctx.today())
    const ranges = joined(covers)
    const shelf = await readShelf(tx, { campaignId, depository: prescriberId, today: ctx.today() })
    const said = (await listLeftovers(tx, campaign)).find((one) => one.prescriberId === prescriberId)?.ranges ?? []
    const stops = await listLiveStops(tx, campaignId)
    checkLeft(ranges, { shelf, said, stops })
    const declared = { declaredBy: person.personId, declaredOn: ctx.today() }
    await putLeftover(tx, { campaignId, prescriberId, endsOn: campaign.endsOn, ranges, ...declared })
    const books = booksIn(ranges)
    await recordAudit(tx, ctx, 'leftovers_declared', { campaignId, prescriberId, books })
    return { books }
  }, 'carnet_jobs')
}

/** No cover leaves a shelf when its book is handed out, so how many are left is checked besides. */
function checkLeft(
  ranges: readonly CoverRange[],
  { shelf, said, stops }: { shelf: Shelf; said: readonly CoverRange[]; stops: readonly CoverRange[] },
): void {
  const { received, left } = shelf.line
  // What it said before and is stopped now no longer lies on its shelf.
  const elsewhere = ranges.flatMap((range) => without(range, [...ownCovers(shelf), ...said]))
  if (received === 0 || elsewhere.length > 0)
    throw new AppError('not_found', 'covers_not_in_stock', 'Some of these covers do not lie there')
  if (booksIn(ranges.flatMap((range) => without(range, stops))) > left)
    throw new AppError('conflict', 'more_than_left', 'By the hand-outs counted there are not so many left', { left })
}
