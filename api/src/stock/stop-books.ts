import type { stopAsker, stopReason, Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import type { CoverRange } from '../books/box.ts'
import { without } from '../books/cover-ranges.ts'
import { checkRange } from '../books/stop-order.ts'
import {
  blockBooks,
  countCovers,
  findSameStop,
  getStopOrder,
  insertStopOrder,
  liftStopOrder,
  lockStops,
  type StopOrder,
  unblockBooks,
} from '../books/stop-queries.ts'
import { getCampaign } from '../campaigns/queries.ts'
import { lockPrescriber } from '../prescribers/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { listLiveStops } from './queries.ts'
import { ownCovers, readShelf } from './read-stock.ts'
import type { Depository } from './stock.ts'
import { checkTaking, placeOf } from './stock-check.ts'

export type StopDetails = CoverRange & {
  campaignId: string
  reason: (typeof stopReason.enumValues)[number]
  /** Which side asked for it. */
  askedBy?: (typeof stopAsker.enumValues)[number] | undefined
  /** The books lay in a stock and were given to nobody: they leave it. */
  isFromStock?: boolean | undefined
}

/** A prescriber's phone stops the books of its prescriber; nobody's name is on that order. */
function requireStopper({ actor }: Pick<Context, 'actor'>): { prescriberId: string | null; personId: string | null } {
  if (actor.kind === 'prescriber_device') return { prescriberId: actor.prescriberId, personId: null }
  const { tenantId, personId } = requireRole(actor, 'coordinator', 'prescriber')
  return { prescriberId: tenantId, personId }
}

/**
 * Blocks the books of a range of covers; a prescriber those that came to it. Asked for again, it is one order.
 * Throws `forbidden`, `not_found` `covers_unknown`, `invalid` `covers_the_wrong_way_round`,
 * `conflict` (`covers_not_in_stock`, `covers_stopped`, `more_than_left`).
 */
export async function stopBooks(ctx: Context, details: StopDetails): Promise<StopOrder> {
  const { prescriberId, personId } = requireStopper(ctx)
  const { isFromStock = false, askedBy = prescriberId === null ? 'coordination' : 'prescriber', ...range } = details
  return ctx.transaction(async (tx) => {
    const keeper = isFromStock ? await lockKeeper(tx, ctx, { ...range, prescriberId }) : undefined
    await getCampaign(tx, range.campaignId)
    await lockStops(tx, range.campaignId)
    await checkOwn(tx, ctx, { ...range, prescriberId })
    const same = await findSameStop(tx, { ...range, isFromStock })
    if (same) return same
    if (keeper !== undefined) await checkStock(tx, ctx, { ...range, keeper })
    const order = await insertStopOrder(tx, {
      ...range,
      ...{ isFromStock, askedBy, orderedBy: personId, orderedOn: ctx.today() },
    })
    await blockBooks(tx, range)
    await recordAudit(tx, ctx, 'books_stopped', { stopOrderId: order.id, ...range, isFromStock, askedBy })
    return order
  })
}

type Of = CoverRange & { campaignId: string; prescriberId: string | null }

/** What a stop would do, before it does it. Throws as `stopBooks`. */
export async function previewStop(
  ctx: Context,
  details: StopDetails,
): Promise<{ books: number; blocked: number; keeper: Depository | undefined }> {
  const { prescriberId } = requireStopper(ctx)
  const { isFromStock = false, ...range } = details
  await getCampaign(ctx.db, range.campaignId)
  return ctx.transaction(async (tx) => {
    const counted = await checkOwn(tx, ctx, { ...range, prescriberId })
    const place = await findPlace(tx, ctx, { ...range, prescriberId })
    if (isFromStock) await checkStock(tx, ctx, { ...range, keeper: place ?? prescriberId })
    return { ...counted, keeper: place }
  })
}

/** Every cover exists; for a prescriber, every one came to it and did not go back. */
async function checkOwn(tx: Transaction, ctx: Pick<Context, 'today'>, { prescriberId, ...range }: Of) {
  const counted = await countCovers(tx, range)
  checkRange(range, counted.books)
  if (prescriberId === null) return counted
  const shelf = await readShelf(tx, { campaignId: range.campaignId, depository: prescriberId, today: ctx.today() })
  const kept = shelf.pieces.filter(({ at, standing }) => at === prescriberId && standing !== 'way')
  if (without(range, kept).length > 0)
    throw new AppError('not_found', 'covers_unknown', 'Some of these covers are not yours')
  return counted
}

async function findPlace(tx: Transaction, ctx: Pick<Context, 'today'>, { prescriberId, ...range }: Of) {
  const { pieces } = await readShelf(tx, { campaignId: range.campaignId, depository: prescriberId, today: ctx.today() })
  return placeOf(range, pieces)
}

/** Who counts hand-outs of these books waits. */
async function lockKeeper(tx: Transaction, ctx: Pick<Context, 'today'>, of: Of): Promise<Depository> {
  const keeper = of.prescriberId ?? (await findPlace(tx, ctx, of)) ?? null
  if (keeper !== null) await lockPrescriber(tx, keeper)
  return keeper
}

async function checkStock(
  tx: Transaction,
  ctx: Pick<Context, 'today'>,
  { keeper, campaignId, firstCover, lastCover }: CoverRange & { campaignId: string; keeper: Depository },
): Promise<void> {
  const shelf = await readShelf(tx, { campaignId, depository: keeper, today: ctx.today() })
  const { pieces, line } = { ...shelf, pieces: ownCovers(shelf) }
  const stops = await listLiveStops(tx, campaignId)
  checkTaking({ firstCover, lastCover }, { pieces, depository: keeper, left: line.left, stops })
}

/** The books work again, except those that another order stops. Lifting twice changes nothing. Throws `forbidden`, `not_found`. */
export async function liftStop(ctx: Context, id: string): Promise<StopOrder> {
  const person = requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    const order = await getStopOrder(tx, id)
    await lockStops(tx, order.campaignId)
    const lifted = await liftStopOrder(tx, id, { liftedBy: person.personId, liftedOn: ctx.today() })
    if (!lifted) return getStopOrder(tx, id)
    await unblockBooks(tx, lifted)
    await recordAudit(tx, ctx, 'stop_lifted', { stopOrderId: id })
    return lifted
  })
}
