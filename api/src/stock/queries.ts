import {
  bookRequests,
  boxes,
  campaigns,
  type Database,
  deliveryGaps,
  handouts,
  prescribers,
  printRuns,
  stockCounts,
  stockMoves,
  stopOrders,
  type Transaction,
} from '@carnet/db'
import { and, asc, desc, eq, getTableColumns, inArray, isNull } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import type { Depository, StockFacts } from './stock.ts'

type Reader = Database | Transaction
export type StockMove = typeof stockMoves.$inferSelect
export type StockCount = typeof stockCounts.$inferSelect
export type BookRequest = typeof bookRequests.$inferSelect

export type StockedCampaign = {
  id: string
  name: string
  bookSize: number
  faceValueCents: number
  endsOn: Day
  state: string
}

/** Campaigns of which books were printed, as far as the asker sees them. */
export const listStockedCampaigns = (db: Reader, id?: string): Promise<StockedCampaign[]> =>
  db
    .select({
      id: campaigns.id,
      name: campaigns.name,
      bookSize: campaigns.bookSize,
      faceValueCents: campaigns.faceValueCents,
      endsOn: campaigns.endsOn,
      state: campaigns.state,
    })
    .from(campaigns)
    .where(
      and(
        inArray(campaigns.id, db.selectDistinct({ id: boxes.campaignId }).from(boxes)),
        id === undefined ? undefined : eq(campaigns.id, id),
      ),
    )
    .orderBy(asc(campaigns.startsOn), asc(campaigns.name))

/** All that tells where the books of a campaign lie, as far as the asker sees it. */
export async function readStockFacts(db: Reader, campaignId: string): Promise<StockFacts> {
  const range = <T extends typeof deliveryGaps | typeof stockMoves | typeof stopOrders | typeof boxes>(table: T) => ({
    firstCover: table.firstCover,
    lastCover: table.lastCover,
  })
  const { prescriberId, dispatchedOn, deliveredOn, activatedOn, revokedOn } = getTableColumns(boxes)
  const dates = { prescriberId, dispatchedOn, deliveredOn, activatedOn, revokedOn }
  const boxRows = await db
    .select({ ...range(boxes), ...dates, generatedOn: printRuns.generatedOn, requestedOn: printRuns.requestedOn })
    .from(boxes)
    .innerJoin(printRuns, eq(printRuns.id, boxes.printRunId))
    .where(eq(boxes.campaignId, campaignId))
    .orderBy(asc(boxes.firstCover))
  const gaps = await db.select().from(deliveryGaps).where(eq(deliveryGaps.campaignId, campaignId))
  const moves = await db.select().from(stockMoves).where(eq(stockMoves.campaignId, campaignId))
  const stops = await db
    .select()
    .from(stopOrders)
    .where(and(eq(stopOrders.campaignId, campaignId), eq(stopOrders.isFromStock, true)))
    .orderBy(asc(stopOrders.orderedOn))
  const counted = await db.select().from(handouts).where(eq(handouts.campaignId, campaignId))
  return {
    boxes: boxRows.map(({ generatedOn, requestedOn, ...box }) => ({ ...box, generatedOn: generatedOn ?? requestedOn })),
    gaps,
    moves: moves.map(({ fromPrescriberId, toPrescriberId, ...move }) => ({
      ...move,
      from: fromPrescriberId,
      to: toPrescriberId,
    })),
    stops,
    handouts: counted,
  }
}

export async function listPrescriberNames(db: Reader): Promise<Map<string, string>> {
  const rows = await db.select({ id: prescribers.id, name: prescribers.name }).from(prescribers)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const isAt = (column: typeof stockCounts.prescriberId, depository: Depository) =>
  depository === null ? isNull(column) : eq(column, depository)

export async function insertMove(
  tx: Transaction,
  move: Omit<typeof stockMoves.$inferInsert, 'id' | 'receivedBy' | 'receivedOn' | 'cancelledOn'>,
): Promise<StockMove> {
  const [inserted] = await tx.insert(stockMoves).values(move).returning()
  return inserted!
}

export async function getMove(db: Reader, id: string): Promise<StockMove> {
  const [move] = await db.select().from(stockMoves).where(eq(stockMoves.id, id))
  if (!move) throw new AppError('not_found', 'stock_move_not_found', 'There is no such move of books')
  return move
}

/** Null when it was received or cancelled before. */
export async function endMove(
  tx: Transaction,
  id: string,
  end: { receivedBy: string; receivedOn: Day } | { cancelledOn: Day },
): Promise<StockMove | null> {
  const [ended] = await tx
    .update(stockMoves)
    .set(end)
    .where(and(eq(stockMoves.id, id), isNull(stockMoves.receivedOn), isNull(stockMoves.cancelledOn)))
    .returning()
  return ended ?? null
}

/** The newest first. */
export const listMoves = (db: Reader, campaignId?: string): Promise<StockMove[]> =>
  db
    .select()
    .from(stockMoves)
    .where(campaignId === undefined ? undefined : eq(stockMoves.campaignId, campaignId))
    .orderBy(desc(stockMoves.declaredOn), asc(stockMoves.firstCover))

export async function insertStockCount(
  tx: Transaction,
  counted: Omit<typeof stockCounts.$inferInsert, 'id'>,
): Promise<StockCount> {
  const [inserted] = await tx.insert(stockCounts).values(counted).returning()
  return inserted!
}

export const listStockCounts = (db: Reader, campaignId: string, depository: Depository): Promise<StockCount[]> =>
  db
    .select()
    .from(stockCounts)
    .where(and(eq(stockCounts.campaignId, campaignId), isAt(stockCounts.prescriberId, depository)))
    .orderBy(desc(stockCounts.countedOn))

export async function insertRequest(
  tx: Transaction,
  request: Omit<typeof bookRequests.$inferInsert, 'id'>,
): Promise<BookRequest> {
  const [inserted] = await tx.insert(bookRequests).values(request).returning()
  return inserted!
}

export async function getRequest(db: Reader, id: string): Promise<BookRequest> {
  const [request] = await db.select().from(bookRequests).where(eq(bookRequests.id, id))
  if (!request) throw new AppError('not_found', 'book_request_not_found', 'There is no such request')
  return request
}

export async function hasWaitingRequest(
  tx: Transaction,
  of: { prescriberId: string; campaignId: string },
): Promise<boolean> {
  const found = await tx
    .select({ id: bookRequests.id })
    .from(bookRequests)
    .where(
      and(
        eq(bookRequests.prescriberId, of.prescriberId),
        eq(bookRequests.campaignId, of.campaignId),
        eq(bookRequests.state, 'waiting'),
      ),
    )
  return found.length > 0
}

/** Null when it was decided before. */
export async function decideRequest(
  tx: Transaction,
  id: string,
  decision: { state: 'accepted' | 'declined'; decidedBy: string; decidedOn: Day },
): Promise<BookRequest | null> {
  const [decided] = await tx
    .update(bookRequests)
    .set(decision)
    .where(and(eq(bookRequests.id, id), eq(bookRequests.state, 'waiting')))
    .returning()
  return decided ?? null
}

export type RequestRow = BookRequest & { prescriber: string; campaign: string }

/** Those that wait first, the oldest first. */
export async function listRequests(db: Reader, only: 'waiting' | 'all' = 'all'): Promise<RequestRow[]> {
  return db
    .select({ ...getTableColumns(bookRequests), prescriber: prescribers.name, campaign: campaigns.name })
    .from(bookRequests)
    .innerJoin(prescribers, eq(prescribers.id, bookRequests.prescriberId))
    .innerJoin(campaigns, eq(campaigns.id, bookRequests.campaignId))
    .where(only === 'waiting' ? eq(bookRequests.state, 'waiting') : undefined)
    .orderBy(asc(bookRequests.state), asc(bookRequests.requestedOn))
}

/** Orders that still stand over some of these covers. */
export const listLiveStops = (db: Reader, campaignId: string) =>
  db
    .select()
    .from(stopOrders)
    .where(and(eq(stopOrders.campaignId, campaignId), isNull(stopOrders.liftedOn)))
    .orderBy(asc(stopOrders.firstCover))
