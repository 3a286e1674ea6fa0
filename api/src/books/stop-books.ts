import type { stopReason } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { getCampaign } from '../campaigns/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import type { CoverRange } from './box.ts'
import { checkRange } from './stop-order.ts'
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
} from './stop-queries.ts'

export type StopDetails = CoverRange & { campaignId: string; reason: (typeof stopReason.enumValues)[number] }

/** A prescriber's phone stops the books of its prescriber; nobody's name is on that order. */
function requireStopper({ actor }: Context): { prescriberId: string | null; personId: string | null } {
  if (actor.kind === 'prescriber_device') return { prescriberId: actor.prescriberId, personId: null }
  const { tenantId, personId } = requireRole(actor, 'coordinator', 'prescriber')
  return { prescriberId: tenantId, personId }
}

/**
 * Blocks the books of a range of covers; a prescriber those it received. Asked for again by a phone, it is one order. Throws `forbidden`, `not_found` (`covers_unknown`),
 * `invalid` `covers_the_wrong_way_round`.
 */
export async function stopBooks(ctx: Context, details: StopDetails): Promise<StopOrder> {
  const { prescriberId, personId } = requireStopper(ctx)
  return ctx.transaction(async (tx) => {
    await getCampaign(tx, details.campaignId)
    await lockStops(tx, details.campaignId)
    checkRange(details, await countCovers(tx, details, prescriberId))
    const same = personId === null ? await findSameStop(tx, details) : undefined
    if (same) return same
    const order = await insertStopOrder(tx, { ...details, orderedBy: personId, orderedOn: ctx.today() })
    await blockBooks(tx, details)
    await recordAudit(tx, ctx, 'books_stopped', { stopOrderId: order.id, ...details })
    return order
  })
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
