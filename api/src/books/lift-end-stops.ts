import type { Transaction } from '@carnet/db'
import type { Context } from '../shared/context.ts'
import { liftStopOrder, listStopOrders, lockStops, unblockBooks } from './stop-queries.ts'

/** A campaign that goes on: books that were stopped for its end alone work again. */
export async function liftEndStops(tx: Transaction, ctx: Context, campaignId: string): Promise<void> {
  await lockStops(tx, campaignId)
  const liftedBy = ctx.actor.kind === 'person' ? ctx.actor.personId : null
  for (const order of await listStopOrders(tx, campaignId)) {
    if (order.reason !== 'end_of_validity' || order.liftedOn !== null) continue
    await liftStopOrder(tx, order.id, { liftedBy, liftedOn: ctx.today() })
    await unblockBooks(tx, order)
  }
}
