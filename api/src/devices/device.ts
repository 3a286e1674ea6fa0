/**
 * A device is a phone enrolled for an organisation. It has no account and no person: a token to be known by, and a key to
 * sign with. Limits here are against guessing codes; none of them ever stops a valid voucher (docs/limits.md).
 */
import type { devices } from '@carnet/db'
import type { Day } from '../shared/days.ts'

type DeviceRow = typeof devices.$inferSelect

export const enrolmentMinutes = 10
/** Sliding: a phone that is seen lives on. */
export const tokenDays = 90
export const limits = {
  unknownCodesPerDeviceAndDay: 10,
  unknownCodesPerVenueAndDay: 50,
  checksPerDeviceAndDay: 200,
  typedChecksPerDeviceAndDay: 20,
} as const

/** The oldest scanner whose requests are understood. It goes up only with a release that no longer reads what older ones send. */
export const oldestScanner = 1

/** Whose phone it is: an organisation's or a prescriber's. */
export const ownerOf = ({ organisationId, prescriberId }: Pick<DeviceRow, 'organisationId' | 'prescriberId'>): string =>
  (organisationId ?? prescriberId)!

/** Codes that nobody knows, sent on one day: by one phone, and by all phones at each of its venues. */
export type UnknownCodes = { day: Day; byDevice: number; byVenue: ReadonlyMap<string, number> }

/** True when they came too often today from this phone or at this venue. */
export function isOverLimit(unknownCodes: UnknownCodes, venueId: string, today: Day): boolean {
  const { day, byDevice, byVenue } = unknownCodes
  if (day !== today) return false
  return (
    byDevice >= limits.unknownCodesPerDeviceAndDay || (byVenue.get(venueId) ?? 0) >= limits.unknownCodesPerVenueAndDay
  )
}

/** `ackedSeq` is the highest number that was settled, `gaps` those below it that never were. */
export type Progress = { ackedSeq: number; gaps: readonly number[] }
export const mostGaps = 200

/**
 * Adds settled sequence numbers to what is known of a phone (`null`: nothing). A phone that enrolled again goes on counting,
 * so what lies below its first number was sent by the phone it was before.
 */
export function noteSeqs(progress: Progress | null, seqs: readonly number[]): Progress {
  if (seqs.length === 0) return progress ?? { ackedSeq: 0, gaps: [] }
  const { ackedSeq, gaps } = progress ?? { ackedSeq: Math.min(...seqs) - 1, gaps: [] }
  const settled = new Set(seqs)
  const highest = Math.max(ackedSeq, ...seqs)
  const skipped: number[] = []
  for (let seq = ackedSeq + 1; seq < highest && skipped.length < mostGaps; seq++)
    if (!settled.has(seq)) skipped.push(seq)
  return { ackedSeq: highest, gaps: [...gaps.filter((seq) => !settled.has(seq)), ...skipped].slice(-mostGaps) }
}
