/** Ranges of cover numbers, both ends included, as people write them: `1-19, 23-50`. Pure. */
import { AppError } from '../shared/errors.ts'
import type { CoverRange } from './box.ts'

export const booksIn = (ranges: readonly CoverRange[]): number =>
  ranges.reduce((sum, { firstCover, lastCover }) => sum + lastCover - firstCover + 1, 0)

export const overlaps = (a: CoverRange, b: CoverRange): boolean =>
  a.firstCover <= b.lastCover && b.firstCover <= a.lastCover

/** The part that both hold. Of two that overlap. */
export const common = (a: CoverRange, b: CoverRange): CoverRange => ({
  firstCover: Math.max(a.firstCover, b.firstCover),
  lastCover: Math.min(a.lastCover, b.lastCover),
})

/** What is left of a range without some others. */
export function without(range: CoverRange, taken: readonly CoverRange[]): CoverRange[] {
  let left = [{ firstCover: range.firstCover, lastCover: range.lastCover }]
  for (const gap of taken)
    left = left.flatMap((piece) =>
      overlaps(piece, gap)
        ? [
            { firstCover: piece.firstCover, lastCover: gap.firstCover - 1 },
            { firstCover: gap.lastCover + 1, lastCover: piece.lastCover },
          ].filter(({ firstCover, lastCover }) => firstCover <= lastCover)
        : [piece],
    )
  return left
}

/**
 * In order, and joined where one begins after another ends: no cover counts twice.
 * Throws `invalid` `covers_the_wrong_way_round`.
 */
export function joined(ranges: readonly CoverRange[]): CoverRange[] {
  if (ranges.some(({ firstCover, lastCover }) => lastCover < firstCover))
    throw new AppError('invalid', 'covers_the_wrong_way_round', 'The last cover is before the first')
  const whole: CoverRange[] = []
  for (const range of ranges.toSorted((a, b) => a.firstCover - b.firstCover)) {
    const last = whole.at(-1)
    if (last && range.firstCover <= last.lastCover + 1) last.lastCover = Math.max(last.lastCover, range.lastCover)
    else whole.push({ firstCover: range.firstCover, lastCover: range.lastCover })
  }
  return whole
}

const highestCover = 9_999_999
const mostRanges = 200

/** Throws `invalid` `covers_unreadable`, `covers_the_wrong_way_round`. An empty text is no range. */
export function readRanges(text: string): CoverRange[] {
  const parts = text.split(/[,;\s]+(?![-–])(?<![-–]\s*)/).filter(Boolean)
  if (parts.length > mostRanges) throw unreadable()
  return joined(
    parts.map((part) => {
      const [, first, last = first] = /^(\d{1,7})(?:\s*[-–]\s*(\d{1,7}))?$/.exec(part) ?? []
      if (first === undefined) throw unreadable()
      const range = { firstCover: Number(first), lastCover: Number(last) }
      if (range.firstCover < 1 || range.lastCover > highestCover) throw unreadable()
      return range
    }),
  )
}

const unreadable = () => new AppError('invalid', 'covers_unreadable', 'Write covers like this: 1-19, 23-50')

export const writeRanges = (ranges: readonly CoverRange[]): string =>
  ranges
    .map(({ firstCover, lastCover }) => (firstCover === lastCover ? `${firstCover}` : `${firstCover}–${lastCover}`))
    .join(', ')
