import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { addDays, type Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { getOrganisation } from '../venues/queries.ts'
import { decideReviewRow, type Hold, insertHold, liftHoldRow, type Review } from './hold-queries.ts'

/** Nobody waits longer for money without another decision. */
const longestHoldDays = 45

/**
 * Nothing is paid to an organisation until a day at most, with a reason that it can read. What it earns stays payable.
 * Throws `forbidden`, `not_found`, `invalid` `hold_too_long`.
 */
export async function holdPayouts(
  ctx: Context,
  hold: { organisationId: string; reason: string; until: Day },
): Promise<Hold> {
  const person = requireRole(ctx.actor, 'coordinator', 'finance_approver')
  const latest = addDays(ctx.today(), longestHoldDays)
  if (hold.until < ctx.today() || hold.until > latest)
    throw new AppError('invalid', 'hold_too_long', `A hold ends within ${longestHoldDays} days`, { latest })
  return ctx.transaction(async (tx) => {
    await getOrganisation(tx, hold.organisationId)
    const opened = await insertHold(tx, { ...hold, openedBy: person.personId, openedOn: ctx.today() })
    await recordAudit(tx, ctx, 'payouts_held', { holdId: opened.id, ...hold })
    return opened
  })
}

/** It is paid in the next batch. Throws `forbidden`, `not_found`, `conflict` `hold_is_lifted`. */
export async function liftHold(ctx: Context, holdId: string): Promise<Hold> {
  const person = requireRole(ctx.actor, 'coordinator', 'finance_approver')
  return ctx.transaction(async (tx) => {
    const lifted = await liftHoldRow(tx, holdId, { liftedBy: person.personId, liftedOn: ctx.today() })
    await recordAudit(tx, ctx, 'payouts_hold_lifted', { holdId, organisationId: lifted.organisationId })
    return lifted
  })
}

/** What looked odd is right, or its scans were undone: the rest is paid. Throws `forbidden`, `not_found`. */
export async function decideReview(ctx: Context, reviewId: string, decision: 'paid' | 'reversed'): Promise<Review> {
  const person = requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    const review = await decideReviewRow(tx, reviewId, { decision, decidedBy: person.personId, decidedOn: ctx.today() })
    const { organisationId, venueId, periodId } = review
    await recordAudit(tx, ctx, 'review_decided', { reviewId, decision, organisationId, venueId, periodId })
    return review
  })
}
