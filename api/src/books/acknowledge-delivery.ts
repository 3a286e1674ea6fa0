import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { checkReceiver, stateAfter } from './box.ts'
import { booksIn } from './cover-ranges.ts'
import { type DeliveryReport, missingOf } from './delivery.ts'
import { insertGaps } from './gap-queries.ts'
import { type Box, getBox, moveBox } from './queries.ts'
import { blockBooks, lockStops } from './stop-queries.ts'

/**
 * The other side has the box, or a part of it: its prescriber, or another coordinator than the one who sent it. What is missing
 * is blocked until it arrives and is activated.
 * Throws `forbidden` (`same_person`), `not_found` (also for another prescriber's box), `conflict` `box_is_…`, `invalid` (see `missingOf`).
 */
export async function acknowledgeDelivery(ctx: Context, id: string, report: DeliveryReport = {}): Promise<Box> {
  const receiver = requireRole(ctx.actor, 'prescriber', 'coordinator')
  return ctx.transaction(async (tx) => {
    const box = await getBox(tx, id)
    if (receiver.tenantId !== null && receiver.tenantId !== box.prescriberId)
      throw new AppError('not_found', 'box_not_found', 'There is no such box')
    stateAfter(box.state, 'deliver')
    checkReceiver(box, receiver.personId)
    const missing = missingOf(box, report)
    const delivery = { deliveredBy: receiver.personId, deliveredOn: ctx.today(), missingBooks: booksIn(missing) }
    const delivered = await moveBox(tx, box, 'deliver', delivery)
    if (missing.length > 0) await lockStops(tx, box.campaignId)
    for (const range of missing) await blockBooks(tx, { campaignId: box.campaignId, ...range })
    const told = { boxId: id, campaignId: box.campaignId, reportedBy: receiver.personId, reportedOn: ctx.today() }
    await insertGaps(tx, told, missing)
    await recordAudit(tx, ctx, 'box_delivered', { boxId: id, missingBooks: delivered.missingBooks })
    return delivered
  })
}
