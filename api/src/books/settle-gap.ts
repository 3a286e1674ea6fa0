import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { checkReceiver } from './box.ts'
import { booksIn } from './cover-ranges.ts'
import { checkSettling } from './delivery.ts'
import { type DeliveryGap, getGap, listGaps, setMissingBooks, updateGap } from './gap-queries.ts'
import { getBox, lockPrintRun } from './queries.ts'

/**
 * Says what became of books that were missing from a box: they arrived, and count with it from its activation on, or they are
 * lost and stay blocked for good. Throws `forbidden` (`same_person`; only a coordinator declares a loss), `not_found`,
 * `conflict` (`gap_is_…`, `box_is_revoked`).
 */
export async function settleGap(ctx: Context, id: string, state: 'arrived' | 'lost'): Promise<DeliveryGap> {
  const person =
    state === 'lost' ? requireRole(ctx.actor, 'coordinator') : requireRole(ctx.actor, 'prescriber', 'coordinator')
  return ctx.transaction(async (tx) => {
    const { boxId } = await getGap(tx, id)
    const { printRunId, prescriberId } = await getBox(tx, boxId)
    if (person.tenantId !== null && person.tenantId !== prescriberId)
      throw new AppError('not_found', 'gap_not_found', 'There is no such gap in a delivery')
    // Of two who settle at once, the second reads what the first wrote.
    await lockPrintRun(tx, printRunId)
    const box = await getBox(tx, boxId)
    if (box.state === 'revoked') throw new AppError('conflict', `box_is_${box.state}`, 'The box was taken back')
    checkSettling(await getGap(tx, id))
    if (state === 'arrived') checkReceiver(box, person.personId)
    await updateGap(tx, id, { state, settledBy: person.personId, settledOn: ctx.today() })
    if (box.state !== 'active') {
      const absent = (await listGaps(tx, [boxId])).filter((gap) => gap.state !== 'arrived')
      await setMissingBooks(tx, boxId, booksIn(absent))
    }
    const settled = await getGap(tx, id)
    await recordAudit(tx, ctx, `missing_books_${state}`, { boxId, books: booksIn([settled]) })
    return settled
  })
}
