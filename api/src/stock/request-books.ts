import { recordAudit } from '../accounts/audit.ts'
import { getCampaign } from '../campaigns/queries.ts'
import { lockPrescriber } from '../prescribers/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { type BookRequest, decideRequest, getRequest, hasWaitingRequest, insertRequest } from './queries.ts'

/** A prescriber asks for more books of a campaign, once at a time. Throws `forbidden`, `not_found`, `conflict` (`request_waits`, `campaign_is_…`). */
export async function requestBooks(
  ctx: Context,
  { campaignId, books }: { campaignId: string; books: number },
): Promise<BookRequest> {
  const person = requireRole(ctx.actor, 'prescriber')
  const prescriberId = person.tenantId!
  return ctx.transaction(async (tx) => {
    await lockPrescriber(tx, prescriberId)
    const { state } = await getCampaign(tx, campaignId)
    if (state !== 'agreed' && state !== 'open')
      throw new AppError('conflict', `campaign_is_${state}`, 'Books are sent out until the campaign ends')
    if (await hasWaitingRequest(tx, { prescriberId, campaignId }))
      throw new AppError('conflict', 'request_waits', 'A request for this campaign waits already')
    const asked = { requestedBy: person.personId, requestedOn: ctx.today() }
    const request = await insertRequest(tx, { prescriberId, campaignId, books, ...asked })
    await recordAudit(tx, ctx, 'books_requested', { bookRequestId: request.id, books })
    return request
  })
}

/** The coordination says yes, and sends books, or no. Throws `forbidden`, `not_found`, `conflict` `request_is_over`. */
export async function answerRequest(ctx: Context, id: string, isAccepted: boolean): Promise<BookRequest> {
  const person = requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    await getRequest(tx, id)
    const state = isAccepted ? 'accepted' : 'declined'
    const decided = await decideRequest(tx, id, { state, decidedBy: person.personId, decidedOn: ctx.today() })
    if (!decided) throw new AppError('conflict', 'request_is_over', 'It was answered before')
    await recordAudit(tx, ctx, `book_request_${state}`, { bookRequestId: id })
    return decided
  })
}
