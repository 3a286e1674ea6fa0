/**
 * A scan is a request from a phone: this voucher paid for this service, at this venue, on this day. Accepted, it is a
 * redemption. A scan id has one story for ever, and a body that never changes: seq, age and phone are not part of it.
 */
import type { refusalReason } from '@carnet/db'
import { readTypedCode } from '../books/typed-code.ts'
import { readVoucherHeader } from '../books/voucher-payload.ts'
import type { Day } from '../shared/days.ts'

export type RefusalReason = (typeof refusalReason.enumValues)[number]

/** What a code says before any database is asked. `kids`: the keys it may have been made under. */
export type ReadCode =
  | { kind: 'training' }
  | { kind: 'malformed' }
  | { kind: 'voucher'; code: Uint8Array; kids: readonly number[]; isTyped: boolean }

export const codeOf = (text: string, liveKids: readonly number[]): ReadCode => {
  if (text.startsWith('P1')) {
    const header = readVoucherHeader(text)
    if (!header) return { kind: 'malformed' }
    return header.isTraining
      ? { kind: 'training' }
      : { kind: 'voucher', code: header.code, kids: [header.kid], isTyped: false }
  }
  const { code } = readTypedCode(text)
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

/** What the database said of one scan. `device_revoked` is an answer to the phone, not to the scan. */
export type Answer = {
  outcome: 'accepted' | 'refused' | 'retry' | 'device_revoked'
  reason: RefusalReason | null
  wasUsedHere: boolean
  isReversed: boolean
}

export const retry: Answer = { outcome: 'retry', reason: null, wasUsedHere: false, isReversed: false }
