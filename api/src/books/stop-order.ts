/**
 * Opposition: books of a range of covers are lost, stolen or damaged, or the campaign ends, and their vouchers are refused from
 * now on. It can be lifted. It never says how many vouchers were left: that would tell how a person used a book.
 */
import { AppError } from '../shared/errors.ts'
import type { CoverRange } from './box.ts'

/** Throws `invalid` `covers_the_wrong_way_round`, `not_found` `covers_unknown`. */
export function checkRange({ firstCover, lastCover }: CoverRange, known: number): void {
  if (lastCover < firstCover)
    throw new AppError('invalid', 'covers_the_wrong_way_round', 'The last cover is before the first')
  if (known !== lastCover - firstCover + 1)
    throw new AppError('not_found', 'covers_unknown', 'Not all of these covers exist in this campaign')
}
