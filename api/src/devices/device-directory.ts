import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Context, createContext, type Phone } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { limits } from './device.ts'
import { hashToken } from './enrol-device.ts'
import { countUnknownCodes, findDeviceByToken, listVenueIds, noteDeviceSeen } from './queries.ts'

/** A phone as the scan path knows it for half a minute. Whether it may still scan is judged in the database at each scan. */
export type KnownDevice = {
  actor: Phone
  venueIds: ReadonlySet<string>
  /** Null: enrolled without a key, in the demo. */
  requestKey: Buffer | null
  unknownCodes: { day: Day; byDevice: number; byVenue: Map<string, number> }
  until: number
}
export type DeviceDirectory = ReturnType<typeof createDeviceDirectory>

const cacheMs = 30_000
const mostCached = 20_000

/** Looks phones up by their token. `needsKey`: production refuses phones that cannot sign. */
export function createDeviceDirectory(parts: Pick<Context, 'db' | 'now' | 'keyring'>, needsKey: boolean) {
  const cache = new Map<string, KnownDevice>()

  async function load(token: string): Promise<KnownDevice> {
    const ctx = createContext({ ...parts, actor: { kind: 'public' } })
    const today = ctx.today()
    const row = await findDeviceByToken(ctx.db, hashToken(token), today)
    if (!row)
      throw new AppError(
        'unauthenticated',
        'device_unknown',
        'This phone is not enrolled, or no longer: enrol it again. Its scans are kept.',
      )
    if (needsKey && !row.publicKey)
      throw new AppError(
        'unauthenticated',
        'device_has_no_key',
        'This phone was enrolled without a key: enrol it again',
      )
    const allVenues = await listVenueIds(ctx.db, row.organisationId)
    const venueIds = new Set(row.venueId === null ? allVenues : [row.venueId])
    if (row.lastSeenOn < today) await ctx.transaction((tx) => noteDeviceSeen(tx, row.id, today))
    return {
      actor: { kind: 'device', deviceId: row.id, organisationId: row.organisationId, venueId: row.venueId },
      venueIds,
      requestKey: row.publicKey && parts.keyring.requestKeyFor(row.publicKey),
      unknownCodes: { day: today, ...(await countUnknownCodes(ctx.db, row.id, [...venueIds], today)) },
      until: Date.now() + cacheMs,
    }
  }

  return {
    /** Throws `unauthenticated`: the phone keeps its queue and enrols again. */
    async find(token: string): Promise<KnownDevice> {
      const known = cache.get(token)
      if (known && known.until > Date.now()) return known
      if (cache.size > mostCached) cache.clear()
      const device = await load(token)
      cache.set(token, device)
      return device
    },
    forgetDevice(deviceId: string): void {
      for (const [token, device] of cache) if (device.actor.deviceId === deviceId) cache.delete(token)
    },
  }
}

/** `X-Signature`: base64url of HMAC-SHA256 over the body as it was sent. Throws `unauthenticated`. */
export function checkSignature(device: KnownDevice, body: string, signature: string | undefined): void {
  if (!device.requestKey) return
  const given = Buffer.from(signature ?? '', 'base64url')
  const right = createHmac('sha256', device.requestKey).update(body).digest()
  if (given.length !== right.length || !timingSafeEqual(given, right))
    throw new AppError('unauthenticated', 'request_signature_wrong', 'X-Signature does not match the body')
}

/** True when codes that nobody knows came too often from this phone or this venue today. */
export function isOverLimit(device: KnownDevice, venueId: string, today: Day): boolean {
  const { day, byDevice, byVenue } = device.unknownCodes
  if (day !== today) return false
  return (
    byDevice >= limits.unknownCodesPerDeviceAndDay || (byVenue.get(venueId) ?? 0) >= limits.unknownCodesPerVenueAndDay
  )
}

/** Counts here at once, for the requests of this process before the database is read again. */
export function noteUnknownCodes(device: KnownDevice, venueId: string, today: Day, count: number): void {
  if (device.unknownCodes.day !== today) device.unknownCodes = { day: today, byDevice: 0, byVenue: new Map() }
  device.unknownCodes.byDevice += count
  device.unknownCodes.byVenue.set(venueId, (device.unknownCodes.byVenue.get(venueId) ?? 0) + count)
}
