import { recordAudit } from '../accounts/audit.ts'
import type { CoverRange } from '../books/box.ts'
import { lockStops } from '../books/stop-queries.ts'
import { getCampaign } from '../campaigns/queries.ts'
import { getPrescriber, lockPrescriber } from '../prescribers/queries.ts'
import { type Context, type Person, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { endMove, getMove, insertMove, listLiveStops, type StockMove } from './queries.ts'
import { readShelf } from './read-stock.ts'
import type { Depository } from './stock.ts'
import { checkActive, checkTaking } from './stock-check.ts'

export type MoveDetails = CoverRange & { campaignId: string; prescriberId: string; direction: 'return' | 'send' }

/**
 * Unused books go back from a prescriber to the stock of the campaign, or out of it to a prescriber. They count there once the
 * other side acknowledged them. A prescriber gives back its own. Throws `forbidden`, `not_found`,
 * `invalid`, `conflict` (`covers_not_in_stock`, `covers_not_active`, `covers_stopped`, `more_than_left`, `campaign_is_…`).
 */
export async function declareMove(ctx: Context, details: MoveDetails): Promise<StockMove> {
  const person = requireRole(ctx.actor, 'coordinator', 'prescriber')
  const { campaignId, prescriberId, direction, firstCover, lastCover } = details
  if (person.tenantId !== null && (person.tenantId !== prescriberId || direction !== 'return'))
    throw new AppError('not_found', 'prescriber_not_found', 'There is no such prescriber')
  const [from, to]: Depository[] = direction === 'return' ? [prescriberId, null] : [null, prescriberId]
  return ctx.transaction(async (tx) => {
    await getPrescriber(tx, prescriberId)
    if (person.tenantId !== null || direction === 'return') await lockPrescriber(tx, prescriberId)
    const { state } = await getCampaign(tx, campaignId)
    if (direction === 'send' && state !== 'agreed' && state !== 'open')
      throw new AppError('conflict', `campaign_is_${state}`, 'Books are sent out until the campaign ends')
    await lockStops(tx, campaignId)
    const { pieces, line } = await readShelf(tx, { campaignId, depository: from!, today: ctx.today() })
    const range = { firstCover, lastCover }
    const stops = await listLiveStops(tx, campaignId)
    checkTaking(range, { pieces, depository: from!, left: line.left, stops })
    checkActive(range, pieces)
    const move = await insertMove(tx, {
      ...{ campaignId, ...range, fromPrescriberId: from!, toPrescriberId: to! },
      ...{ declaredBy: person.personId, declaredOn: ctx.today() },
    })
    await recordAudit(tx, ctx, 'stock_moved', { stockMoveId: move.id, ...details })
    return move
  })
}

function requireSide(person: Person, side: Depository): void {
  if (person.tenantId !== null && person.tenantId !== side)
    throw new AppError('not_found', 'stock_move_not_found', 'There is no such move of books')
}

const isOver = () => new AppError('conflict', 'stock_move_is_over', 'It was received or taken back before')

/**
 * The other side has the books: the prescriber they were sent to, or a coordinator, never who declared them.
 * Throws `forbidden` (`same_person`), `not_found`, `conflict` `stock_move_is_over`.
 */
export async function receiveMove(ctx: Context, id: string): Promise<StockMove> {
  const person = requireRole(ctx.actor, 'coordinator', 'prescriber')
  return ctx.transaction(async (tx) => {
    const move = await getMove(tx, id)
    requireSide(person, move.toPrescriberId)
    if (move.declaredBy === person.personId)
      throw new AppError('forbidden', 'same_person', 'Someone else than the sender must acknowledge it')
    const received = await endMove(tx, id, { receivedBy: person.personId, receivedOn: ctx.today() })
    if (!received) throw isOver()
    await recordAudit(tx, ctx, 'stock_received', { stockMoveId: id })
    return received
  })
}

/** It never left. By its own side, or a coordinator. Throws as `receiveMove`. */
export async function cancelMove(ctx: Context, id: string): Promise<StockMove> {
  const person = requireRole(ctx.actor, 'coordinator', 'prescriber')
  return ctx.transaction(async (tx) => {
    const move = await getMove(tx, id)
    requireSide(person, move.fromPrescriberId)
    const cancelled = await endMove(tx, id, { cancelledOn: ctx.today() })
    if (!cancelled) throw isOver()
    await recordAudit(tx, ctx, 'stock_move_cancelled', { stockMoveId: id })
    return cancelled
  })
}
