import { randomBytes } from 'node:crypto'
import { recordAudit } from '../accounts/audit.ts'
import { hashToken } from '../accounts/tokens.ts'
import { getPrescriber } from '../prescribers/queries.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import { getOrganisation, getVenueOrganisation } from '../venues/queries.ts'
import { enrolmentMinutes, ownerOf } from './device.ts'
import { addEnrolmentToken } from './queries.ts'

export type EnrolmentTarget = { organisationId: string } | { venueId: string } | { prescriberId: string }

/**
 * A token that enrols one phone, for one venue, for all venues of the organisation or for a prescriber: 128 bits, ten minutes, once.
 * Throws `unauthenticated`, `forbidden`, `not_found`.
 */
export async function createEnrolmentToken(
  ctx: Context,
  target: EnrolmentTarget,
): Promise<{ token: string; expiresAt: Date }> {
  const person = requireRole(ctx.actor, 'prescriberId' in target ? 'prescriber' : 'venue_manager', 'coordinator')
  const owner = await readOwner(ctx, target)
  requireOwn(person, ownerOf(owner), owner.venueId ? 'venue' : owner.prescriberId ? 'prescriber' : 'organisation')

  const token = randomBytes(16).toString('base64url')
  const expiresAt = new Date(ctx.now().getTime() + enrolmentMinutes * 60_000)
  await ctx.transaction(async (tx) => {
    const createdBy = person.personId
    await addEnrolmentToken(tx, { tokenHash: hashToken(token), ...owner, createdBy, expiresAt })
    await recordAudit(tx, ctx, 'enrolment_token_created', owner)
  })
  return { token, expiresAt }
}

async function readOwner({ db }: Context, target: EnrolmentTarget) {
  const nobody = { organisationId: null, venueId: null, prescriberId: null }
  if ('prescriberId' in target) return { ...nobody, prescriberId: (await getPrescriber(db, target.prescriberId)).id }
  if ('organisationId' in target)
    return { ...nobody, organisationId: (await getOrganisation(db, target.organisationId)).id }
  return { ...nobody, venueId: target.venueId, organisationId: await getVenueOrganisation(db, target.venueId) }
}
