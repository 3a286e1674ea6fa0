import { hashToken } from '../accounts/tokens.ts'
import { atGate, type Context, type Phone } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import type { UnknownCodes } from './device.ts'
import { countUnknownCodes, findDeviceByToken, listVenueIds, noteDeviceSeen } from './queries.ts'

/** A phone as this process knows it for half a minute. */
export type KnownDevice = {
  actor: Phone
  venueIds: ReadonlySet<string>
  /** Null: enrolled without a key, in the demo. */
  requestKey: Buffer | null
  /** Read again whenever this phone adds to it. */
  unknownCodes: UnknownCodes
  until: number
}
export type DeviceDirectory = ReturnType<typeof createDeviceDirectory>

export const knownForMs = 30_000
const mostKnown = 20_000

/** Looks phones up by their token. `needsKey`: production refuses phones that cannot sign. */
export function createDeviceDirectory(parts: Pick<Context, 'db' | 'now' | 'keyring'>, needsKey: boolean) {
  const known = new Map<string, KnownDevice>()

  async function load(token: string): Promise<KnownDevice> {
    const ctx = atGate({ ...parts, actor: { kind: 'public' } })
    const today = ctx.today()
    const row = await findDeviceByToken(ctx.db, hashToken(token), today)
    if (!row)
      throw new AppError(
        'unauthenticated',
        'device_unknown',
        'This phone is not enrolled, or no longer: enrol it again. Its scans are kept.',
      )
    if (row.organisationId === null)
      throw new AppError('forbidden', 'phone_of_a_prescriber', 'This phone counts hand-outs: it scans no voucher')
    if (needsKey && !row.publicKey)
      throw new AppError(
        'unauthenticated',
        'device_has_no_key',
        'This phone was enrolled without a key: enrol it again',
      )
    const { organisationId } = row
    const venueIds = row.venueId === null ? await listVenueIds(ctx.db, organisationId) : [row.venueId]
    if (row.lastSeenOn < today) await ctx.transaction((tx) => noteDeviceSeen(tx, row.id, today))
    return {
      actor: { kind: 'device', deviceId: row.id, organisationId, venueId: row.venueId },
      venueIds: new Set(venueIds),
      requestKey: row.publicKey && parts.keyring.requestKeyFor(row.publicKey),
      unknownCodes: { day: today, ...(await countUnknownCodes(ctx.db, row.id, venueIds, today)) },
      until: parts.now().getTime() + knownForMs,
    }
  }

  /** As the database knows it now. Throws `unauthenticated`: the phone keeps its queue and enrols again. */
  async function findNow(token: string): Promise<KnownDevice> {
    known.delete(token)
    const device = await load(token)
    if (known.size >= mostKnown) known.clear()
    known.set(token, device)
    return device
  }

  return {
    findNow,
    /** From memory; only for scans, of which the database judges each time whether the phone may still make them. */
    async find(token: string): Promise<KnownDevice> {
      const device = known.get(token)
      return device && device.until > parts.now().getTime() ? device : findNow(token)
    },
    forgetDevice(deviceId: string): void {
      for (const [token, device] of known) if (device.actor.deviceId === deviceId) known.delete(token)
    },
  }
}
