/**
 * A device is a phone enrolled for an organisation. It has no account and no person: a token to be known by, and a key to
 * sign with. Limits here are against guessing codes; none of them ever stops a valid voucher.
 */

export const enrolmentMinutes = 10
/** Sliding: a phone that is seen lives on. */
export const tokenDays = 90
export const limits = {
  unknownCodesPerDeviceAndDay: 10,
  unknownCodesPerVenueAndDay: 50,
  checksPerDeviceAndDay: 200,
  typedChecksPerDeviceAndDay: 20,
} as const

export type Progress = { ackedSeq: number; gaps: readonly number[] }
const keptGaps = 200

/** Sequence numbers tell which scans a phone still owes: those below the highest seen that never came. */
export function noteSeqs(progress: Progress, seqs: readonly number[]): Progress {
  const seen = new Set(seqs)
  const highest = Math.max(progress.ackedSeq, ...seqs)
  const skipped: number[] = []
  for (let seq = progress.ackedSeq + 1; seq < highest && skipped.length < keptGaps; seq++) skipped.push(seq)
  const gaps = [...progress.gaps, ...skipped].filter((seq) => !seen.has(seq)).slice(-keptGaps)
  return { ackedSeq: highest, gaps }
}
