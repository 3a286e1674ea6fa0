/** Who hands books out: a social service, an association, a CCAS. Books are counted per month, and tied to nobody. */
import { type Day, type Month, monthOf } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'

type Counting = { month: Month; booksBefore: number; booksOfMonth: number; books: number; received: number }

/**
 * Adding, or taking back with a negative number. Throws `invalid` (`no_books`, `not_a_month`, `month_in_the_future`), `conflict`
 * (`fewer_than_none` in that month, `more_than_received` in all).
 */
export function checkHandout({ month, booksBefore, booksOfMonth, books, received }: Counting, today: Day): void {
  if (books === 0) throw new AppError('invalid', 'no_books', 'Count at least one book')
  if (monthOf(month) !== month) throw new AppError('invalid', 'not_a_month', 'A month is its first day')
  if (month > today) throw new AppError('invalid', 'month_in_the_future', 'This month has not begun')
  if (booksOfMonth + books < 0)
    throw new AppError('conflict', 'fewer_than_none', 'No more can be taken back in this month', { booksOfMonth })
  if (booksBefore + books > received)
    throw new AppError('conflict', 'more_than_received', 'More books than this prescriber received', { received })
}
