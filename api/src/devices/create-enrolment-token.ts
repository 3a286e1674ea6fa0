import { randomBytes } from 'node:crypto'
import { recordAudit } from '../accounts/audit.ts'
import { hashToken } from '../accounts/tokens.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import { getOrganisation, getVenueOrganisation } from '../venues/queries.ts'
import { enrolmentMinutes } from './device.ts'
import { addEnrolmentToken } from './queries.ts'

/**
 * A token that enrols one phone, for one venue or for all venues of the organisation: 128 bits, ten minutes, once.
 * Throws `unauthenticated`, `forbidden`, `not_found`.
 */
export async function createEnrolmentToken(
  ctx: Context,
  target: { organisationId: string } | { venueId: string },
): Promise<{ token: string; expiresAt: Date }> {
  const person = requireRole(ctx.actor, 'venue_manager', 'coordinator')
  const venueId = 'venueId' in target ? target.venueId : null
  const organisationId =
    'venueId' in target
      ? await getVenueOrganisation(ctx.db, target.venueId)
      : (await getOrganisation(ctx.db, target.organisationId)).id
  requireOwn(person, organisationId, venueId ? 'venue' : 'organisation')

  const token = randomBytes(16).toString('base64url')
  const expiresAt = new Date(ctx.now().getTime() + enrolmentMinutes * 60_000)
  await ctx.transaction(async (tx) => {
    const createdBy = person.personId
    await addEnrolmentToken(tx, { tokenHash: hashToken(token), organisationId, venueId, createdBy, expiresAt })
    await recordAudit(tx, ctx, 'enrolment_token_created', { organisationId })
  })
  return { token, expiresAt }
}
