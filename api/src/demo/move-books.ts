import { addDays, type Day } from '../shared/days.ts'
import { countStock } from '../stock/count-stock.ts'
import { declareMove, receiveMove } from '../stock/move-stock.ts'
import { replaceBook } from '../stock/replace-book.ts'
import { requestBooks } from '../stock/request-books.ts'
import { stopBooks } from '../stock/stop-books.ts'
import type { RunningCampaign } from './agree-campaign.ts'
import type { DemoClock } from './demo-clock.ts'
import { staff } from './demo-world.ts'
import type { ActAs } from './found-scheme.ts'

type MoveParts = { actAs: ActAs; clock: DemoClock; running: readonly RunningCampaign[]; today: Day }

/**
 * What happens to paper: two books got wet, ten went back and five of them on to another prescriber, a lost book was replaced, the
 * shelf was counted, and more books are asked for.
 */
export async function moveBooks({ actAs, clock, running, today }: MoveParts): Promise<void> {
  const [first, street] = running as [RunningCampaign, RunningCampaign]
  const { id: campaignId, prescriberId, vouchers } = first
  const lastCover = vouchers.at(-1)!.cover
  const [prescriber, coordinator] = [actAs(staff.prescriber.email), actAs(staff.coordinator.email)]

  clock.set(addDays(today, -20))
  const wet = { firstCover: lastCover - 3, lastCover: lastCover - 2 }
  await stopBooks(prescriber, { campaignId, ...wet, reason: 'damaged', isFromStock: true })
  clock.set(addDays(today, -12))
  const back = { campaignId, firstCover: lastCover - 13, lastCover: lastCover - 4 }
  const returned = await declareMove(prescriber, { ...back, prescriberId, direction: 'return' })
  clock.set(addDays(today, -10))
  await receiveMove(coordinator, returned.id)
  const on = { campaignId, firstCover: back.firstCover, lastCover: back.firstCover + 4 }
  await declareMove(coordinator, { ...on, prescriberId: street.prescriberId, direction: 'send' })
  clock.set(addDays(today, -3))
  const shelf = { firstCover: lastCover - 28, lastCover: lastCover - 14 }
  await countStock(prescriber, { campaignId, prescriberId, covers: [shelf] })
  clock.set(today)
  await replaceBook(prescriber, prescriberId, { campaignId, cover: vouchers[0]!.cover + 11, reason: 'lost' })
  await requestBooks(prescriber, { campaignId, books: 25 })
}
