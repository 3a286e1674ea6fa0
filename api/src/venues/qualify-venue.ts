import { recordAudit } from '../accounts/audit.ts'
import { type Actor, type Context, requireOperatorOr, requireOwn } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { findCurrentQualification, lockVenue, type Qualification, replaceQualification } from './payee-queries.ts'
import { checkQualification, type QualificationState } from './qualification.ts'

/**
 * Takes a decision on a venue from a day on (today unless told): a venue manager may apply, a coordinator decides.
 * Throws `forbidden`, `not_found`, `conflict` (see `checkQualification`).
 */
export async function qualifyVenue(
  ctx: Context,
  venueId: string,
  decision: { state: QualificationState; from?: Day | undefined },
): Promise<Qualification> {
  const person = requireDecider(ctx.actor, decision.state)
  const from = decision.from ?? ctx.today()

  return ctx.transaction(async (tx) => {
    const venue = await lockVenue(tx, venueId)
    if (person) requireOwn(person, venue.organisationId, 'venue')
    const current = await findCurrentQualification(tx, venueId)
    checkQualification(current, { state: decision.state, from }, venue)
    const next = { venueId, state: decision.state, validFrom: from, decidedBy: person?.personId ?? null }
    const qualification = await replaceQualification(tx, current, next)
    await recordAudit(tx, ctx, `venue_${decision.state}`, { venueId, from })
    return qualification
  })
}

function requireDecider(actor: Actor, state: QualificationState) {
  return state === 'applied'
    ? requireOperatorOr(actor, 'coordinator', 'venue_manager')
    : requireOperatorOr(actor, 'coordinator')
}
