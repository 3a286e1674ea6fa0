import { recordAudit } from '../accounts/audit.ts'
import type { CoverRange } from '../books/box.ts'
import { booksIn, joined, without } from '../books/cover-ranges.ts'
import { getCampaign } from '../campaigns/queries.ts'
import { getPrescriber } from '../prescribers/queries.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import { insertStockCount, listLiveStops, type StockCount } from './queries.ts'
import { ownCovers, readShelf } from './read-stock.ts'
import type { Depository } from './stock.ts'

export type CountedStock = StockCount & {
  difference: number
  /** Covers that were counted and should not lie there. */
  elsewhere: CoverRange[]
  /** Covers that should lie there and were not counted; null for a prescriber, whose other covers were handed out. */
  absent: CoverRange[] | null
}

/**
 * Somebody counted a shelf, by ranges of covers. Only how many is kept: the covers that are gone were handed out, and two counts
 * would say when. What else there is to say of the covers is answered once, and written nowhere.
 * A prescriber counts its own shelf; a coordinator that of the campaign unless a prescriber is named. Throws `forbidden`, `not_found`.
 */
export async function countStock(
  ctx: Context,
  {
    campaignId,
    covers,
    ...asked
  }: { campaignId: string; prescriberId?: Depository | undefined; covers: readonly CoverRange[] },
): Promise<CountedStock> {
  const person = requireRole(ctx.actor, 'coordinator', 'prescriber')
  const prescriberId = asked.prescriberId ?? person.tenantId
  requireOwn(person, prescriberId ?? '', 'prescriber')
  return ctx.transaction(async (tx) => {
    await getCampaign(tx, campaignId)
    if (prescriberId !== null) await getPrescriber(tx, prescriberId)
    const shelf = await readShelf(tx, { campaignId, depository: prescriberId, today: ctx.today() })
    const stops = await listLiveStops(tx, campaignId)
    const here = ownCovers(shelf).flatMap((piece) => without(piece, stops))
    const said = joined(covers)
    const elsewhere = said.flatMap((range) => without(range, here))
    const counted = booksIn(said) - booksIn(elsewhere)
    const expected = shelf.line.left
    const kept = { campaignId, prescriberId, expected, counted, countedBy: person.personId, countedOn: ctx.today() }
    const count = await insertStockCount(tx, kept)
    await recordAudit(tx, ctx, 'stock_counted', { stockCountId: count.id, expected, counted })
    const absent = prescriberId === null ? here.flatMap((piece) => without(piece, said)) : null
    return { ...count, difference: counted - expected, elsewhere, absent }
  })
}
