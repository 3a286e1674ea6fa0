/** Where the books of a campaign lie, and which of them nobody seems to hand out. Pure. */
import { addMonths, type Day, lastDayOfMonth, type Month, monthOf } from '../shared/days.ts'
import type { StockLine } from '../stock/stock.ts'

export type Stock = Pick<StockLine, 'depository' | 'received' | 'handedOut' | 'left'> & {
  /** Null for the stock of the campaign, which the coordination keeps for its funders. */
  prescriber: string | null
  /** Sent back, blocked, or given in the place of a lost one. */
  gone: number
  /** Worth their face value, in stock and on their way to it: together they are what is active and not handed out. */
  active: number
  activeOnTheWay: number
  /** The newest month that is over in which a book was handed out. */
  lastMonth: Month | null
  /** It held active books before the last three months that are over. */
  hadActiveEarlier: boolean
}

/** Books that are worth their face value and not handed out, wherever they lie. */
export const waitingIn = (stock: readonly Pick<Stock, 'active' | 'activeOnTheWay'>[]): number =>
  stock.reduce((sum, { active, activeOnTheWay }) => sum + active + activeOnTheWay, 0)

const quietMonths = 3

/** The last day before the months in which nothing was handed out where books sleep. `until` ends the newest month that is over. */
export const beforeQuietMonths = (until: Day): Day => lastDayOfMonth(addMonths(monthOf(until), -quietMonths))

/** Prescribers that have active books, had some three months ago, and have handed none out since. */
export const asleepIn = (stock: readonly Stock[], until: Day): Stock[] =>
  stock.filter(
    ({ prescriber, active, lastMonth, hadActiveEarlier }) =>
      prescriber !== null &&
      active > 0 &&
      hadActiveEarlier &&
      (lastMonth === null || lastMonth <= beforeQuietMonths(until)),
  )
