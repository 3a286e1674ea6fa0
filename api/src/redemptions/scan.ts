/**
 * A scan is a request from a phone: this voucher paid for this service, at this venue, on this day. Accepted, it is a
 * redemption. A scan id has one story for ever, and a body that never changes: seq, age and phone are not part of it.
 */
import type { refusalReason } from '@carnet/db'
import { isTrainingCode } from '../books/training-code.ts'
import { readTypedCode } from '../books/typed-code.ts'
import { readVoucherHeader } from '../books/voucher-payload.ts'
import type { Day } from '../shared/days.ts'

export type RefusalReason = (typeof refusalReason.enumValues)[number]
/** The closed list, for the reference of the API. */
export const refusalReasons = [
  ...['unknown_voucher', 'malformed_code', 'bad_signature', 'already_used', 'not_active', 'blocked', 'expired'],
  ...['campaign_not_open', 'out_of_area', 'service_not_offered', 'service_not_covered', 'venue_not_qualified'],
  ...['too_old', 'withdrawn', 'unknown_device_limit', 'scan_id_reused'],
] as const satisfies readonly RefusalReason[]

/** What a code says before any database is asked. `kids`: the keys it may have been made under. */
export type ReadCode =
  | { kind: 'training' }
  | { kind: 'malformed' }
  | { kind: 'voucher'; code: Uint8Array; kids: readonly number[]; isTyped: boolean }

/** A QR text first: a typed code may well begin with `P1`. */
export function codeOf(text: string, liveKids: readonly number[]): ReadCode {
  const header = readVoucherHeader(text)
  if (header?.isTraining) return { kind: 'training' }
  if (header) return { kind: 'voucher', code: header.code, kids: [header.kid], isTyped: false }
  const { code } = readTypedCode(text)
  if (code && isTrainingCode(code)) return { kind: 'training' }
  return code ? { kind: 'voucher', code, kids: liveKids, isTyped: true } : { kind: 'malformed' }
}

/** One voucher at one venue, ready for the database: only its MACs under the live periods are missing. */
export type Scan = {
  scanId: string
  deviceId: string
  venueId: string
  codeMac: string
  service: string | null
  day: Day
  isTyped: boolean
  isOverLimit: boolean
  body: string
}

const bodyVersion = 1

/** The same for a QR code, a typed code and an envelope of one voucher; `day` as it was sent. */
export const canonicalBody = (code: Uint8Array, service: string, day: Day, venueId: string): string =>
  `${bodyVersion}|${Buffer.from(code.buffer, code.byteOffset, code.length).toString('hex')}|${service}|${day}|${venueId}`

/** PostgreSQL has no year 0. Any day this far back counts alike: as thirty days ago for the expiry, else as today. */
export const dayForDatabase = (day: Day): Day => (day < '2000-01-01' ? '2000-01-01' : day)

/** What the database said of one scan. `device_revoked` is an answer to the phone, not to the scan. */
export type Answer = {
  outcome: 'accepted' | 'refused' | 'retry' | 'device_revoked'
  reason: RefusalReason | null
  wasUsedHere: boolean
  isReversed: boolean
}

export const retry: Answer = { outcome: 'retry', reason: null, wasUsedHere: false, isReversed: false }
