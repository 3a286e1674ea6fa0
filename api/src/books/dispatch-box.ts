import { recordAudit } from '../accounts/audit.ts'
import { getPrescriber } from '../prescribers/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { type Box, getBox, getPrintRun, moveBox } from './queries.ts'

/**
 * Sends a box to a prescriber. The print file must have been received: from then on nobody can print its codes again.
 * Throws `forbidden`, `not_found`, `conflict` (`receipt_not_confirmed`, `box_is_…`).
 */
export async function dispatchBox(ctx: Context, id: string, prescriberId: string): Promise<Box> {
  const sender = requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    const box = await getBox(tx, id)
    await getPrescriber(tx, prescriberId)
    const run = await getPrintRun(tx, box.printRunId)
    if (!run.receiptConfirmedOn)
      throw new AppError('conflict', 'receipt_not_confirmed', 'Confirm first that the print file was received')
    const sent = { prescriberId, dispatchedBy: sender.personId, dispatchedOn: ctx.today() }
    const dispatched = await moveBox(tx, box, 'dispatch', sent)
    await recordAudit(tx, ctx, 'box_dispatched', { boxId: id, prescriberId })
    return dispatched
  })
}
