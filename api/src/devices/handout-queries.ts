import { boxes, campaigns, type Database, deviceHandouts, handouts, stopOrders, type Transaction } from '@carnet/db'
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Month } from '../shared/days.ts'

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

/** What a prescriber's phone works with: its campaigns that run, the covers it received, those that are stopped, what was counted. */
export async function listHandingCampaigns(db: Database, prescriberId: string, month: Month) {
  const ofPrescriber = and(eq(boxes.prescriberId, prescriberId), inArray(boxes.state, ['delivered', 'active']))
  const rows = await db
    .selectDistinct({ id: campaigns.id, number: campaigns.number, name: campaigns.name, endsOn: campaigns.endsOn })
    .from(campaigns)
    .innerJoin(boxes, eq(boxes.campaignId, campaigns.id))
    .where(and(ofPrescriber, inArray(campaigns.state, ['open', 'ending'])))
    .orderBy(asc(campaigns.number))
  const ids = rows.map(({ id }) => id)
  const ranges = await db
    .select({ campaignId: boxes.campaignId, firstCover: boxes.firstCover, lastCover: boxes.lastCover })
    .from(boxes)
    .where(and(ofPrescriber, inArray(boxes.campaignId, ids)))
    .orderBy(asc(boxes.firstCover))
  const stopped = await db
    .select({ campaignId: stopOrders.campaignId, firstCover: stopOrders.firstCover, lastCover: stopOrders.lastCover })
    .from(stopOrders)
    .where(and(inArray(stopOrders.campaignId, ids), isNull(stopOrders.liftedOn)))
    .orderBy(asc(stopOrders.firstCover))
  const counts = await db
    .select({
      campaignId: handouts.campaignId,
      inAll: sql<number>`sum(${handouts.books})::int`,
      inMonth: sql<number>`coalesce(sum(${handouts.books}) filter (where ${handouts.month} = ${month}), 0)::int`,
    })
    .from(handouts)
    .where(and(eq(handouts.prescriberId, prescriberId), inArray(handouts.campaignId, ids)))
    .groupBy(handouts.campaignId)
  const covers = (list: typeof ranges, id: string) =>
    list.filter(({ campaignId }) => campaignId === id).map(({ firstCover, lastCover }) => ({ firstCover, lastCover }))
  return rows.map((campaign) => {
    const own = covers(ranges, campaign.id)
    const { inAll = 0, inMonth = 0 } = counts.find(({ campaignId }) => campaignId === campaign.id) ?? {}
    return {
      ...campaign,
      received: own.reduce((sum, { firstCover, lastCover }) => sum + lastCover - firstCover + 1, 0),
      inAll,
      inMonth,
      covers: own,
      stopped: covers(stopped, campaign.id).filter((stop) =>
        own.some(({ firstCover, lastCover }) => stop.firstCover <= lastCover && stop.lastCover >= firstCover),
      ),
    }
  })
}
