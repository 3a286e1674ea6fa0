import { randomBytes } from 'node:crypto'
import { hashToken } from '../accounts/tokens.ts'
import type { PublicJwk } from '../keyring/queue-key.ts'
import { atGate, type Context } from '../shared/context.ts'
import { addDays } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { tokenDays } from './device.ts'
import { addDevice, takeEnrolmentToken } from './queries.ts'

/**
 * Enrols the phone that shows a token: it gets an opaque token of 256 bits, whose hash alone is kept.
 * `needsKey`: in production every phone has a key to sign with. Throws `unauthenticated`, `invalid`.
 */
export async function enrolDevice(
  ctx: Context,
  request: { token: string; label: string; publicKey?: PublicJwk | undefined },
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
    return { deviceId, token }
  })
}
