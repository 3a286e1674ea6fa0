import type { stopReason } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { getCampaign } from '../campaigns/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import type { CoverRange } from './box.ts'
import { checkRange } from './stop-order.ts'
import {
  blockBooks,
  countCovers,
  getStopOrder,
  insertStopOrder,
  liftStopOrder,
  lockStops,
  type StopOrder,
  unblockBooks,
} from './stop-queries.ts'

export type StopDetails = CoverRange & { campaignId: string; reason: (typeof stopReason.enumValues)[number] }

/**
 * Blocks the books of a range of covers; a prescriber those it received. Throws `forbidden`, `not_found` (`covers_unknown`),
 * `invalid` `covers_the_wrong_way_round`.
 */
export async function stopBooks(ctx: Context, details: StopDetails): Promise<StopOrder> {
  const person = requireRole(ctx.actor, 'coordinator', 'prescriber')
  return ctx.transaction(async (tx) => {
    await getCampaign(tx, details.campaignId)
    await lockStops(tx, details.campaignId)
    checkRange(details, await countCovers(tx, details, person.tenantId))
    const order = await insertStopOrder(tx, { ...details, orderedBy: person.personId, orderedOn: ctx.today() })
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
