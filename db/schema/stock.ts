import { sql } from 'drizzle-orm'
import { check, index, integer, pgEnum, pgTable, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts.ts'
import { boxes, prescribers } from './books.ts'
import { campaigns } from './campaigns.ts'
import { day, notNegative, positive, randomId } from './columns.ts'

export const gapState = pgEnum('gap_state', ['missing', 'arrived', 'lost'])
export const requestState = pgEnum('request_state', ['waiting', 'accepted', 'declined'])

/** Covers that were not in a box when it was acknowledged. Blocked and worth nothing until they are activated. */
export const deliveryGaps = pgTable(
  'delivery_gaps',
  {
    id: randomId(),
    boxId: uuid()
      .notNull()
      .references(() => boxes.id),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    firstCover: integer().notNull(),
    lastCover: integer().notNull(),
    state: gapState().notNull().default('missing'),
    reportedBy: uuid()
      .notNull()
      .references(() => people.id),
    reportedOn: day().notNull(),
    settledBy: uuid().references(() => people.id),
    settledOn: day(),
    activatedOn: day(),
  },
  (table) => [
    index('delivery_gaps_by_box').on(table.boxId),
    check('a_gap_has_a_cover_range', sql`${table.lastCover} >= ${table.firstCover}`),
    check('only_what_arrived_is_activated', sql`${table.activatedOn} is null or ${table.state} = 'arrived'`),
  ],
)

/** Unused books that go from one stock to another. No prescriber: the stock of the campaign, kept for its funders. */
export const stockMoves = pgTable(
  'stock_moves',
  {
    id: randomId(),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    firstCover: integer().notNull(),
    lastCover: integer().notNull(),
    fromPrescriberId: uuid().references(() => prescribers.id),
    toPrescriberId: uuid().references(() => prescribers.id),
    declaredBy: uuid()
      .notNull()
      .references(() => people.id),
    declaredOn: day().notNull(),
    receivedBy: uuid().references(() => people.id),
    receivedOn: day(),
    cancelledOn: day(),
  },
  (table) => [
    index('stock_moves_by_campaign').on(table.campaignId),
    check('a_move_has_a_cover_range', sql`${table.lastCover} >= ${table.firstCover}`),
    check(
      'a_move_is_between_a_prescriber_and_the_campaign',
      sql`(${table.fromPrescriberId} is null) <> (${table.toPrescriberId} is null)`,
    ),
    check('both_sides_acknowledge_a_move', sql`${table.receivedBy} <> ${table.declaredBy}`),
    check('a_move_is_received_or_cancelled', sql`${table.receivedOn} is null or ${table.cancelledOn} is null`),
  ],
)

/** What somebody counted on a shelf. Never which covers: those that are gone were handed out. */
export const stockCounts = pgTable(
  'stock_counts',
  {
    id: randomId(),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    prescriberId: uuid().references(() => prescribers.id),
    expected: integer().notNull(),
    counted: integer().notNull(),
    countedBy: uuid()
      .notNull()
      .references(() => people.id),
    countedOn: day().notNull(),
  },
  (table) => [
    index('stock_counts_by_campaign').on(table.campaignId),
    notNegative('a_count_of_stock_is_not_negative', table.counted),
  ],
)

/** A prescriber asks for more books. */
export const bookRequests = pgTable(
  'book_requests',
  {
    id: randomId(),
    prescriberId: uuid()
      .notNull()
      .references(() => prescribers.id),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    books: integer().notNull(),
    state: requestState().notNull().default('waiting'),
    requestedBy: uuid()
      .notNull()
      .references(() => people.id),
    requestedOn: day().notNull(),
    decidedBy: uuid().references(() => people.id),
    decidedOn: day(),
  },
  (table) => [
    index('book_requests_by_prescriber').on(table.prescriberId),
    positive('a_request_is_for_some_books', table.books),
  ],
)
