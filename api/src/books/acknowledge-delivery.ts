import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { checkReceiver, stateAfter } from './box.ts'
import { type Box, getBox, moveBox } from './queries.ts'

/**
 * The other side has the box: its prescriber, or another coordinator than the one who sent it.
 * Throws `forbidden` (`same_person`), `not_found` (also for another prescriber's box), `conflict` `box_is_…`.
 */
export async function acknowledgeDelivery(ctx: Context, id: string): Promise<Box> {
  const receiver = requireRole(ctx.actor, 'prescriber', 'coordinator')
  return ctx.transaction(async (tx) => {
    const box = await getBox(tx, id)
    if (receiver.tenantId !== null && receiver.tenantId !== box.prescriberId)
      throw new AppError('not_found', 'box_not_found', 'There is no such box')
    stateAfter(box.state, 'deliver')
    checkReceiver(box, receiver.personId)
    const delivery = { deliveredBy: receiver.personId, deliveredOn: ctx.today() }
    const delivered = await moveBox(tx, box, 'deliver', delivery)
    await recordAudit(tx, ctx, 'box_delivered', { boxId: id })
    return delivered
  })
}
