import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { type Campaign, getCampaign, listParts } from '../campaigns/queries.ts'
import { boxActivated } from '../ledger/events.ts'
import { post } from '../ledger/ledger.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { checkActivation } from './box.ts'
import { booksIn } from './cover-ranges.ts'
import { arrivedOf, checkEnoughToActivate, isToActivate } from './delivery.ts'
import { activateGaps, type DeliveryGap, listGaps, setMissingBooks } from './gap-queries.ts'
import { type Box, getBox, lockPrintRun, moveBox } from './queries.ts'
import { lockStops, unblockBooks } from './stop-queries.ts'
import { readAllFirst } from './voucher-queries.ts'

/**
 * Makes what arrived of a box worth its face value: each funder's part of every voucher moves from available to issued with it,
 * or nothing happens. Asked again for an active box, it is what arrived since.
 * Throws `forbidden`, `not_found`, `conflict` (`box_is_…`, `sample_incomplete`, `too_few_books_to_activate`, `campaign_is_…`, `not_enough_money`).
 */
export async function activateBox(ctx: Context, id: string): Promise<Box> {
  requireRole(ctx.actor, 'coordinator')
  const { campaignId, printRunId } = await getBox(ctx.db, id)
  await ctx.transaction((tx) => readAllFirst(tx, campaignId), 'carnet_jobs')
  return ctx.transaction(async (tx) => {
    await lockPrintRun(tx, printRunId)
    const box = await getBox(tx, id)
    const gaps = await listGaps(tx, [id])
    const late = gaps.filter(isToActivate)
    const isSupplement = box.state === 'active' && late.length > 0
    const books = isSupplement ? booksIn(late) : countFirst(box, gaps)
    checkEnoughToActivate(books)
    const campaign = await getCampaign(tx, box.campaignId)
    if (campaign.state !== 'agreed' && campaign.state !== 'open')
      throw new AppError('conflict', `campaign_is_${campaign.state}`, 'Boxes are activated until the campaign ends')
    if (!isSupplement) await moveBox(tx, box, 'activate', { activatedOn: ctx.today() })
    await letIn(tx, box, { gaps, late, on: ctx.today() })
    const voucherCount = books * campaign.bookSize
    await payFor(tx, ctx, {
      campaign,
      voucherCount,
      documentRef: isSupplement ? `box:${id}:${late[0]!.id}` : `box:${id}`,
    })
    const active = await getBox(tx, id)
    await recordAudit(tx, ctx, 'box_activated', { boxId: id, voucherCount })
    return active
  })
}

function countFirst(box: Box, gaps: readonly DeliveryGap[]): number {
  const arrived = arrivedOf(box, gaps)
  checkActivation(box, arrived)
  return booksIn(arrived)
}

/** Books that were missing and arrived are blocked no longer. */
async function letIn(
  tx: Transaction,
  box: Box,
  { gaps, late, on }: { gaps: readonly DeliveryGap[]; late: readonly DeliveryGap[]; on: string },
): Promise<void> {
  if (gaps.length === 0) return
  await lockStops(tx, box.campaignId)
  await activateGaps(
    tx,
    late.map(({ id }) => id),
    on,
  )
  for (const { firstCover, lastCover } of late)
    await unblockBooks(tx, { campaignId: box.campaignId, firstCover, lastCover })
  const worthless = gaps.filter((gap) => gap.activatedOn === null && !late.includes(gap))
  await setMissingBooks(tx, box.id, booksIn(worthless))
}

async function payFor(
  tx: Transaction,
  ctx: Context,
  { campaign, ...event }: { campaign: Campaign; voucherCount: number; documentRef: string },
): Promise<void> {
  const { id: campaignId, payingAccountId } = campaign
  const parts = await listParts(tx, campaignId)
  await post(tx, ctx, boxActivated({ payingAccountId, campaignId, parts, ...event }))
}
