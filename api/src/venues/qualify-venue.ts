import { recordAudit } from '../accounts/audit.ts'
import { type Actor, type Context, requireOperatorOr, requireOwn } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { findCurrentQualification, lockVenue, type Qualification, replaceQualification } from './payee-queries.ts'
import { checkQualification, type QualificationState, stepsTo } from './qualification.ts'

/**
 * Takes a decision on a venue from a day on (today unless told): a venue manager may apply, a coordinator decides, at once or
 * step by step.
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
    const states = stepsTo(current, decision.state)
    let qualification = current
    for (const state of states) {
      checkQualification(qualification, { state, from }, venue)
      const next = { venueId, state, validFrom: from, decidedBy: person?.personId ?? null }
      qualification = await replaceQualification(tx, qualification, next)
    }
    await recordAudit(tx, ctx, `venue_${decision.state}`, { venueId, from })
    return qualification!
  })
}

function requireDecider(actor: Actor, state: QualificationState) {
  return state === 'applied'
    ? requireOperatorOr(actor, 'coordinator', 'venue_manager')
    : requireOperatorOr(actor, 'coordinator')
}
