import { randomBytes } from 'node:crypto'
import { hashToken } from '../accounts/tokens.ts'
import type { PublicJwk } from '../keyring/queue-key.ts'
import { atGate, type Context } from '../shared/context.ts'
import { addDays } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { tokenDays } from './device.ts'
import { endFormerDevice } from './former-device-queries.ts'
import { addDevice, takeEnrolmentToken } from './queries.ts'
import { warnOfNewPhone } from './warn-of-silent-phones.ts'

/**
 * Enrols the phone that shows a token: it gets an opaque token of 256 bits, whose hash alone is kept.
 * `replaces`: what this phone was before, with its queue: that token ends. A phone that was nothing before may be one whose memory
 * was wiped: the managers are told of those that still owe scans. `needsKey`: in production every phone has a key to sign with. Throws `unauthenticated`, `invalid`.
 */
export async function enrolDevice(
  ctx: Context,
  request: { token: string; label: string; publicKey?: PublicJwk | undefined; replaces?: string | undefined },
  needsKey: boolean,
): Promise<{ deviceId: string; token: string }> {
  const publicKey = request.publicKey ?? null
  if (needsKey && !publicKey)
    throw new AppError('invalid', 'public_key_needed', 'publicKey: this phone must send its public key', {
      field: 'publicKey',
    })
  // Throws for what is no point of the curve, before the token is spent on it.
  if (publicKey) ctx.keyring.requestKeyFor(publicKey)

  const today = ctx.today()
  const token = randomBytes(32).toString('base64url')
  return atGate(ctx).transaction(async (tx) => {
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
      prescriberId: enrolment.prescriberId,
      label: request.label,
      tokenHash: hashToken(token),
      publicKey,
      enrolledOn: today,
      lastSeenOn: today,
      expiresOn: addDays(today, tokenDays),
    })
    if (request.replaces) await endFormerDevice(tx, request.replaces, enrolment)
    else if (enrolment.organisationId) await warnOfNewPhone(tx, ctx, enrolment.organisationId, deviceId)
    return { deviceId, token }
  })
}
