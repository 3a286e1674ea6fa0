import { createHash } from 'node:crypto'
import { hashToken } from '../accounts/tokens.ts'
import { tokenDays } from '../devices/device.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { Context } from '../shared/context.ts'
import { addDays } from '../shared/days.ts'
import { listQualifiedVenues, putDemoDevice } from './queries.ts'

/** A demo phone's token can be made again from the keyring, so that the demo can hand it to whoever tries it. */
export const demoDeviceToken = (keyring: Keyring, venueId: string): string =>
  createHash('sha256')
    .update(`demo phone|${keyring.answerMac(venueId)}`)
    .digest('base64url')

/** One phone without a key for each qualified venue, alive for another 90 days. Returns their tokens. */
export async function enrolDemoPhones(operator: Context): Promise<{ venueId: string; token: string }[]> {
  const today = operator.today()
  const venues = await listQualifiedVenues(operator.db)
  const phones = venues.map(({ id, organisationId }) => ({
    venueId: id,
    organisationId,
    token: demoDeviceToken(operator.keyring, id),
  }))
  await operator.transaction(async (tx) => {
    for (const { venueId, organisationId, token } of phones)
      await putDemoDevice(tx, {
        organisationId,
        venueId,
        label: 'Téléphone de démonstration',
        tokenHash: hashToken(token),
        enrolledOn: today,
        lastSeenOn: today,
        expiresOn: addDays(today, tokenDays),
      })
  }, 'carnet_app')
  return phones.map(({ venueId, token }) => ({ venueId, token }))
}
