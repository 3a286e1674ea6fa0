import type { Database } from '@carnet/db'
import { type Day, lastMonthEnd } from '../shared/days.ts'
import { listPrescriberNames, readStockFacts } from '../stock/queries.ts'
import { monthsOver, stockOn } from '../stock/stock.ts'
import { beforeQuietMonths, type Stock, waitingIn } from './campaign-stock.ts'

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
  const earlier = stockOn(facts, beforeQuietMonths(lastMonthEnd(on)), isOver)
  const hadActive = new Set(earlier.filter(({ active }) => active > 0).map(({ depository }) => depository))
  return stockOn(facts, on, isOver)
    .map(({ depository, received, handedOut, left, active, activeOnTheWay, ...line }) => ({
      ...{ depository, received, handedOut, left, active, activeOnTheWay },
      prescriber: depository === null ? null : (names.get(depository) ?? ''),
      gone: line.returned + line.damaged + line.lost + line.ended + line.replaced,
      lastMonth: lastMonthOf(depository),
      hadActiveEarlier: hadActive.has(depository),
    }))
    .filter(({ received, activeOnTheWay }) => received > 0 || activeOnTheWay > 0)
    .toSorted((a, b) => waitingIn([b]) - waitingIn([a]) || (a.prescriber ?? '').localeCompare(b.prescriber ?? ''))
}
