import { campaigns, type Database, deviceHandouts, handouts, stopOrders, type Transaction } from '@carnet/db'
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { joined, overlaps } from '../books/cover-ranges.ts'
import { listCampaignsOf } from '../prescribers/queries.ts'
import type { Day, Month } from '../shared/days.ts'
import { ownCovers, readShelf } from '../stock/read-stock.ts'

type Key = { deviceId: string; campaignId: string; month: Month }
const isOf = ({ deviceId, campaignId, month }: Key) =>
  and(eq(deviceHandouts.deviceId, deviceId), eq(deviceHandouts.campaignId, campaignId), eq(deviceHandouts.month, month))

/** What this phone said last of a month. */
export async function findDeviceHandouts(tx: Transaction, key: Key) {
  const [found] = await tx.select().from(deviceHandouts).where(isOf(key))
  return found
}

export async function writeDeviceHandouts(tx: Transaction, row: Key & { books: number; seq: number }): Promise<void> {
  const { books, seq } = row
  await tx
    .insert(deviceHandouts)
    .values(row)
    .onConflictDoUpdate({
      target: [deviceHandouts.deviceId, deviceHandouts.campaignId, deviceHandouts.month],
      set: { books, seq },
    })
}

/** What a prescriber's phone works with: its campaigns that run, the covers that lie with it, those that are stopped, what was counted. */
export async function listHandingCampaigns(
  db: Database,
  { prescriberId, month, today }: { prescriberId: string; month: Month; today: Day },
) {
  const ids = await listCampaignsOf(db, prescriberId)
  const rows = await db
    .select({ id: campaigns.id, number: campaigns.number, name: campaigns.name, endsOn: campaigns.endsOn })
    .from(campaigns)
    .where(inArray(campaigns.id, ids))
    .orderBy(asc(campaigns.number))
  const stopped = await db
    .select({ campaignId: stopOrders.campaignId, firstCover: stopOrders.firstCover, lastCover: stopOrders.lastCover })
    .from(stopOrders)
    .where(and(inArray(stopOrders.campaignId, ids), isNull(stopOrders.liftedOn)))
    .orderBy(asc(stopOrders.firstCover))
  const counts = await db
    .select({
      campaignId: handouts.campaignId,
      inMonth: sql<number>`coalesce(sum(${handouts.books}) filter (where ${handouts.month} = ${month}), 0)::int`,
    })
    .from(handouts)
    .where(and(eq(handouts.prescriberId, prescriberId), inArray(handouts.campaignId, ids)))
    .groupBy(handouts.campaignId)
  const listed = []
  for (const campaign of rows) {
    const shelf = await readShelf(db, { campaignId: campaign.id, depository: prescriberId, today })
    const own = joined(ownCovers(shelf))
    listed.push({
      ...campaign,
      received: shelf.line.left + shelf.line.handedOut,
      inAll: shelf.line.handedOut,
      inMonth: counts.find(({ campaignId }) => campaignId === campaign.id)?.inMonth ?? 0,
      covers: own,
      stopped: stopped
        .filter(({ campaignId }) => campaignId === campaign.id)
        .filter((stop) => own.some((range) => overlaps(stop, range)))
        .map(({ firstCover, lastCover }) => ({ firstCover, lastCover })),
    })
  }
  return listed
}
