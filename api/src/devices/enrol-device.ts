import { createHash, randomBytes } from 'node:crypto'
import { recordAudit } from '../accounts/audit.ts'
import type { PublicJwk } from '../keyring/queue-key.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import { addDays } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { getVenueOrganisation } from '../venues/queries.ts'
import { enrolmentMinutes, tokenDays } from './device.ts'
import { addDevice, addEnrolmentToken, getDevice, revokeDeviceRow, takeEnrolmentToken } from './queries.ts'

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/**
 * A token that enrols one phone, for one venue or for all venues of the organisation: 128 bits, ten minutes, once.
 * Throws `forbidden`, `not_found`.
 */
export async function createEnrolmentToken(
  ctx: Context,
  target: { organisationId: string } | { venueId: string },
): Promise<{ token: string; expiresAt: Date }> {
  const person = requireRole(ctx.actor, 'venue_manager', 'coordinator')
  const organisationId =
    'venueId' in target ? await getVenueOrganisation(ctx.db, target.venueId) : target.organisationId
  requireOwn(person, organisationId, 'venueId' in target ? 'venue' : 'organisation')
  const token = randomBytes(16).toString('base64url')
  const expiresAt = new Date(ctx.now().getTime() + enrolmentMinutes * 60_000)
  await ctx.transaction(async (tx) => {
    await addEnrolmentToken(tx, {
      tokenHash: hashToken(token),
      organisationId,
      venueId: 'venueId' in target ? target.venueId : null,
      createdBy: person.personId,
      expiresAt,
    })
    await recordAudit(tx, ctx, 'enrolment_token_created', { organisationId })
  })
  return { token, expiresAt }
}

/**
 * Enrols the phone that shows a token: an opaque token of 256 bits, whose hash alone is kept.
 * `needsKey`: in production every phone has a key to sign with. Throws `unauthenticated`, `invalid`.
 */
export async function enrolDevice(
  ctx: Context,
  request: { token: string; label: string; publicKey?: PublicJwk | undefined },
  needsKey: boolean,
): Promise<{ deviceId: string; token: string }> {
  if (needsKey && !request.publicKey)
    throw new AppError('invalid', 'public_key_needed', 'publicKey: this phone must send its public key', {
      field: 'publicKey',
    })
  const publicKey = request.publicKey ?? null
  if (publicKey) ctx.keyring.requestKeyFor(publicKey)
  const today = ctx.today()
  const token = randomBytes(32).toString('base64url')
  return ctx.transaction(async (tx) => {
    const enrolment = await takeEnrolmentToken(tx, hashToken(request.token), ctx.now(), today)
    if (!enrolment)
      throw new AppError(
        'unauthenticated',
        'enrolment_token_spent',
        'This code was used, is too old, or does not exist: ask for a new one',
      )
    const deviceId = await addDevice(tx, {
      organisationId: enrolment.organisationId,
      venueId: enrolment.venueId,
      label: request.label,
      tokenHash: hashToken(token),
      publicKey,
      enrolledOn: today,
      lastSeenOn: today,
      expiresOn: addDays(today, tokenDays),
    })
    return { deviceId, token }
  })
}

/** From this moment no scan of the phone is accepted; what it has not sent is sent by another phone of the venue. */
export async function revokeDevice(ctx: Context, deviceId: string): Promise<void> {
  const person = requireRole(ctx.actor, 'venue_manager', 'coordinator')
  await ctx.transaction(async (tx) => {
    const device = await getDevice(tx, deviceId)
    requireOwn(person, device.organisationId, 'device')
    await revokeDeviceRow(tx, deviceId)
    await recordAudit(tx, ctx, 'device_revoked', { organisationId: device.organisationId })
  })
}
