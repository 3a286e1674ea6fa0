/**
 * A delivery is acknowledged whole or in part. What is missing stays blocked and worth nothing: it may arrive later, or be
 * declared lost. Fewer than ten books are never activated by themselves: their day would point at people.
 */
import type { gapState } from '@carnet/db'
import { AppError } from '../shared/errors.ts'
import { bookCountOf, type CoverRange } from './box.ts'
import { booksIn, joined, without } from './cover-ranges.ts'

export type GapState = (typeof gapState.enumValues)[number]
export type GapFacts = CoverRange & { state: GapState; activatedOn: string | null }
/** What the receiver counted. Neither: all of it. */
export type DeliveryReport = { arrivedBooks?: number | undefined; arrived?: readonly CoverRange[] | undefined }

/** Throws `invalid` (`covers_not_in_box`, `count_differs`, `covers_needed`, `nothing_arrived`). */
export function missingOf(box: CoverRange, { arrivedBooks, arrived }: DeliveryReport): CoverRange[] {
  const all = bookCountOf(box)
  if (arrived === undefined) {
    if (arrivedBooks === undefined || arrivedBooks === all) return []
    throw new AppError('invalid', 'covers_needed', 'Say which covers arrived', { books: all })
  }
  const here = joined(arrived)
  if (here.some(({ firstCover, lastCover }) => firstCover < box.firstCover || lastCover > box.lastCover))
    throw new AppError('invalid', 'covers_not_in_box', 'Some of these covers are not of this box', {
      firstCover: box.firstCover,
      lastCover: box.lastCover,
    })
  if (here.length === 0) throw new AppError('invalid', 'nothing_arrived', 'Acknowledge it when something arrived')
  if (arrivedBooks !== undefined && arrivedBooks !== booksIn(here))
    throw new AppError('invalid', 'count_differs', 'These covers are another number of books', { books: booksIn(here) })
  return without(box, here)
}

/** What of a box is there. */
export const arrivedOf = (box: CoverRange, gaps: readonly GapFacts[]): CoverRange[] =>
  without(
    box,
    gaps.filter(({ state }) => state !== 'arrived'),
  )

/** Arrived after the others were activated, or with them: not yet worth anything. */
export const isToActivate = ({ state, activatedOn }: GapFacts): boolean => state === 'arrived' && activatedOn === null

/** Throws `conflict` `gap_is_…`. */
export function checkSettling({ state }: { state: GapState }): void {
  if (state !== 'missing') throw new AppError('conflict', `gap_is_${state}`, 'It was told before what became of it')
}

const fewestBooks = 10

/** Throws `conflict` `too_few_books_to_activate`. */
export function checkEnoughToActivate(books: number): void {
  if (books < fewestBooks)
    throw new AppError('conflict', 'too_few_books_to_activate', `Fewer than ${fewestBooks} books are never activated`, {
      books,
      fewestBooks,
    })
}
