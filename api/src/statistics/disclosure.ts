/**
 * What may be told of a count without telling of a person. Two rules: nothing below a threshold that one book cannot reach, and
 * above it only a multiple of five, drawn so that its mean is the count. A third, for counts by place: no venue may be able to
 * subtract itself. Pure; the draw comes from the redemptions themselves under a secret, so that the same ones always give the
 * same answer and nobody learns more by asking twice.
 */
import type { cellStatus } from '@carnet/db'

/** `rounded` even where rounding changed nothing: another word would give the exact count away. */
export type CellStatus = Exclude<(typeof cellStatus.enumValues)[number], 'published'>
export type ToldCell = { status: CellStatus; value: number | null }

export const roundingBase = 5
const draws = 2 ** 32
const fewestVenues = 3
/** In percent. */
const largestShare = 85
const lowestThreshold = 11

const secret: ToldCell = { status: 'secret', value: null }

/** One more than a whole book, and never below eleven. */
export const thresholdOf = (largestBook: number): number => Math.max(lowestThreshold, largestBook + 1)

/** A multiple of five beside the count: the upper one as often as the count is near to it. `draw`: 0 to 2^32 - 1. */
export function roundCount(count: number, draw: number): number {
  const rest = count % roundingBase
  return count - rest + (draw * roundingBase < rest * draws ? roundingBase : 0)
}

/** At least three venues, none with more than 85 % of the uses. */
export function isSpread(usesByVenue: readonly number[]): boolean {
  const uses = usesByVenue.filter((count) => count > 0)
  const total = uses.reduce((sum, count) => sum + count, 0)
  return uses.length >= fewestVenues && Math.max(...uses) * 100 <= total * largestShare
}

type Counted = {
  count: number
  draw: number
  threshold: number
  /** Of a cell by place: its uses by venue, null when nobody knows them any more. Left out of other cells. */
  usesByVenue?: readonly number[] | null
}

/** The cell as everybody reads it, in page, file and API. */
export function tellCell({ count, draw, threshold, usesByVenue }: Counted): ToldCell {
  if (count < threshold) return secret
  if (usesByVenue !== undefined && (usesByVenue === null || !isSpread(usesByVenue))) return secret
  return { status: 'rounded', value: roundCount(count, draw) }
}
