import type { Transaction } from '@carnet/db'
import { booksIn, common, joined, overlaps } from '../books/cover-ranges.ts'
import { type Handout, lockPrescriber, readMonth, writeReplacements } from '../prescribers/queries.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import { type Day, monthOf } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { listLiveStops } from './queries.ts'
import { ownCovers, readShelf } from './read-stock.ts'
import { type StopDetails, stopBooks } from './stop-books.ts'

export type Replacement = { campaignId: string; cover: number; reason: 'lost' | 'stolen' | 'damaged' }

/**
 * A book that was handed out is lost: it is stopped by its cover, and another one leaves the stock, counted apart from hand-outs.
 * Two writes of two transactions, and no row holds both: which book took the place of which is known to nobody. The stop stands
 * even when no book is left to give. Not audited, as hand-outs are not.
 * Throws `forbidden`, `not_found`, `conflict` (`cover_not_received`, `more_replaced_than_stopped`, `none_left`).
 */
export async function replaceBook(ctx: Context, prescriberId: string, replacement: Replacement): Promise<Handout> {
  requireOwn(requireRole(ctx.actor, 'prescriber', 'coordinator'), prescriberId, 'prescriber')
  const { campaignId, cover, reason } = replacement
  const stop: StopDetails = { campaignId, firstCover: cover, lastCover: cover, reason, askedBy: 'prescriber' }
  await ctx.transaction((tx) => checkCover(tx, { campaignId, prescriberId, cover, today: ctx.today() }))
  await stopBooks(ctx, stop)
  return ctx.transaction(async (tx) => {
    await lockPrescriber(tx, prescriberId)
    return countReplacement(tx, { campaignId, prescriberId, today: ctx.today() })
  })
}

type Of = { campaignId: string; prescriberId: string; today: Day }

async function checkCover(tx: Transaction, { cover, ...of }: Of & { cover: number }): Promise<void> {
  const shelf = await readShelf(tx, { ...of, depository: of.prescriberId })
  if (!ownCovers(shelf).some(({ firstCover, lastCover }) => cover >= firstCover && cover <= lastCover))
    throw new AppError('conflict', 'cover_not_received', 'This prescriber received no such cover')
}

/** At most one for each book that was stopped after it was handed out: asked for twice, it counts once. */
async function countReplacement(tx: Transaction, { campaignId, prescriberId, today }: Of): Promise<Handout> {
  const shelf = await readShelf(tx, { campaignId, depository: prescriberId, today })
  const stops = (await listLiveStops(tx, campaignId)).filter(({ isFromStock }) => !isFromStock)
  const stopped = ownCovers(shelf).flatMap((piece) =>
    stops.filter((stop) => overlaps(stop, piece)).map((stop) => common(stop, piece)),
  )
  if (shelf.line.replaced >= booksIn(joined(stopped)))
    throw new AppError('conflict', 'more_replaced_than_stopped', 'Every stopped book was replaced')
  if (shelf.line.left < 1) throw new AppError('conflict', 'none_left', 'No book is left to give')
  const key = { prescriberId, campaignId, month: monthOf(today) }
  const { replacements } = await readMonth(tx, key)
  return writeReplacements(tx, key, replacements + 1)
}
