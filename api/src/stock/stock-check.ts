/** What may be taken out of a stock: covers that lie there, no more of them than hand-outs left. Pure. */

import type { CoverRange } from '../books/box.ts'
import { booksIn, overlaps, without } from '../books/cover-ranges.ts'
import { AppError } from '../shared/errors.ts'
import { coversAt, type Depository, type Piece } from './stock.ts'

/** Throws `invalid` `covers_the_wrong_way_round`, `conflict` (`covers_not_in_stock`, `covers_stopped`, `more_than_left`). */
export function checkTaking(
  range: CoverRange,
  {
    pieces,
    depository,
    left,
    stops,
  }: { pieces: readonly Piece[]; depository: Depository; left: number; stops: readonly CoverRange[] },
): void {
  if (range.lastCover < range.firstCover)
    throw new AppError('invalid', 'covers_the_wrong_way_round', 'The last cover is before the first')
  if (without(range, coversAt(pieces, depository)).length > 0)
    throw new AppError('conflict', 'covers_not_in_stock', 'Some of these covers do not lie there')
  if (stops.some((stop) => overlaps(stop, range)))
    throw new AppError('conflict', 'covers_stopped', 'Some of these covers are stopped')
  if (booksIn([range]) > left)
    throw new AppError('conflict', 'more_than_left', 'By the hand-outs counted there are not so many left', { left })
}

/** Throws `conflict` `covers_not_active`: books travel in their box until it is activated. */
export function checkActive(range: CoverRange, pieces: readonly Piece[]): void {
  if (pieces.some((piece) => overlaps(piece, range) && !piece.isActive))
    throw new AppError('conflict', 'covers_not_active', 'Some of these books are not active yet')
}

/** Where all of a range lies; undefined when it lies in several places, or nowhere. */
export function placeOf(range: CoverRange, pieces: readonly Piece[]): Depository | undefined {
  const first = pieces.find((piece) => overlaps(piece, range))
  return first && without(range, coversAt(pieces, first.at)).length === 0 ? first.at : undefined
}
