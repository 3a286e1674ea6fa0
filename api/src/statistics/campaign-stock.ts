import type { Database } from '@carnet/db'
import type { Day, Month } from '../shared/days.ts'
import { listPrescriberNames, readStockFacts } from '../stock/queries.ts'
import { monthsOver, type StockLine, stockOn } from '../stock/stock.ts'

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
}

/**
 * Where the books of a campaign lie at the end of a day, those with most to hand out first: as the pages of stocks have it, with
 * the hand-outs of months that are over. Counts of books alone, whose holders nobody knows.
 */
export async function listStock(db: Database, { campaignId, on }: { campaignId: string; on: Day }): Promise<Stock[]> {
  const facts = await readStockFacts(db, campaignId)
  const names = await listPrescriberNames(db)
  const isOver = monthsOver(on)
  const lastMonthOf = (place: string | null) =>
    facts.handouts
      .filter(({ prescriberId, month, books }) => prescriberId === place && books > 0 && isOver(month))
      .map(({ month }) => month)
      .sort()
      .at(-1) ?? null
  return stockOn(facts, on, isOver)
    .map(({ depository, received, handedOut, left, active, activeOnTheWay, ...line }) => ({
      ...{ depository, received, handedOut, left, active, activeOnTheWay },
      prescriber: depository === null ? null : (names.get(depository) ?? ''),
      gone: line.returned + line.damaged + line.lost + line.ended + line.replaced,
      lastMonth: lastMonthOf(depository),
    }))
    .filter(({ received, activeOnTheWay }) => received > 0 || activeOnTheWay > 0)
    .toSorted((a, b) => waitingIn([b]) - waitingIn([a]) || (a.prescriber ?? '').localeCompare(b.prescriber ?? ''))
}

/** Books that are worth their face value and not handed out, wherever they lie. */
export const waitingIn = (stock: readonly Pick<Stock, 'active' | 'activeOnTheWay'>[]): number =>
  stock.reduce((sum, { active, activeOnTheWay }) => sum + active + activeOnTheWay, 0)
