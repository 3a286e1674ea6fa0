import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { people } from './accounts.ts'
import { campaigns } from './campaigns.ts'
import { bytea, day, mac, notNegative, positive, randomId } from './columns.ts'
import { communes } from './territories.ts'

export const printRunState = pgEnum('print_run_state', [
  'requested',
  'proof_approved',
  'generated',
  'printed',
  'delivered',
  'active',
  'revoked',
])
export const boxState = pgEnum('box_state', ['printed', 'dispatched', 'delivered', 'active', 'revoked'])
export const stopReason = pgEnum('stop_reason', ['lost', 'stolen', 'damaged', 'end_of_validity'])
/** Never the person who held a book. */
export const stopAsker = pgEnum('stop_asker', ['prescriber', 'funder', 'printer', 'coordination'])

/** Who hands books out: a social service, an association, a CCAS. */
export const prescribers = pgTable('prescribers', {
  id: randomId(),
  name: text().notNull().unique(),
  communeCode: text().references(() => communes.code),
  createdOn: day().notNull(),
})

/** Names and pictures of a run: what changes later changes no paper. `logoId` is a row of `logos`. */
export type RunFace = {
  funders: readonly { name: string; logoId: string | null }[]
  schemeLogoId: string | null
  /** A sentence of the campaign's own, on the cover. */
  text: string | null
}

/** An order of books. Two people release it; the codes come from a run key that dies when the receipt is confirmed. */
export const printRuns = pgTable(
  'print_runs',
  {
    id: randomId(),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    state: printRunState().notNull().default('requested'),
    bookCount: integer().notNull(),
    booksPerBox: integer().notNull(),
    firstCover: integer(),
    kid: smallint(),
    /** The printer's age public key. Null: who ordered prints the books at their own desk. */
    ageRecipient: text(),
    /** The last valid day as printed; the campaign's own end wins over it. */
    printedLastDay: day(),
    /** What all covers and vouchers show, fixed when its proof is made. Null: ordered before that was kept. */
    face: jsonb().$type<RunFace>(),
    requestedBy: uuid()
      .notNull()
      .references(() => people.id),
    requestedOn: day().notNull(),
    proofApprovedBy: uuid().references(() => people.id),
    approvedBy: uuid().references(() => people.id),
    generatedOn: day(),
    artefactSha256: bytea(),
    receiptConfirmedOn: day(),
    revokedOn: day(),
  },
  (table) => [
    index('print_runs_by_campaign').on(table.campaignId),
    check('a_print_run_has_1_to_100000_books', sql`${table.bookCount} between 1 and 100000`),
    check('a_box_holds_10_books_or_more', sql`${table.booksPerBox} >= 10`),
    check('two_people_release_a_print_run', sql`${table.approvedBy} <> ${table.requestedBy}`),
    check('a_kid_is_1_to_255', sql`${table.kid} between 1 and 255`),
    check(
      'a_generated_run_has_an_artefact',
      sql`${table.state} in ('requested', 'proof_approved', 'revoked') or (${table.artefactSha256} is not null and ${table.approvedBy} is not null and ${table.kid} is not null)`,
    ),
  ],
)

/** Activated whole: a book is never activated on its own, since that moment and a diary would name a person. */
export const boxes = pgTable(
  'boxes',
  {
    id: randomId(),
    printRunId: uuid()
      .notNull()
      .references(() => printRuns.id),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    number: integer().notNull(),
    firstCover: integer().notNull(),
    lastCover: integer().notNull(),
    state: boxState().notNull().default('printed'),
    prescriberId: uuid().references(() => prescribers.id),
    dispatchedBy: uuid().references(() => people.id),
    dispatchedOn: day(),
    deliveredBy: uuid().references(() => people.id),
    deliveredOn: day(),
    /** How many vouchers of the sample of three scanned well. */
    goodSamples: integer().notNull().default(0),
    /** Books that did not arrive with the others, and are worth nothing with it. */
    missingBooks: integer().notNull().default(0),
    activatedOn: day(),
    revokedOn: day(),
  },
  (table) => [
    unique('a_box_number_is_used_once_in_a_run').on(table.printRunId, table.number),
    index('boxes_by_campaign').on(table.campaignId),
    check('a_box_has_a_cover_range', sql`${table.lastCover} >= ${table.firstCover}`),
    check('a_sample_is_at_most_3', sql`${table.goodSamples} between 0 and 3`),
    check(
      'no_more_books_are_missing_than_a_box_holds',
      sql`${table.missingBooks} between 0 and ${table.lastCover} - ${table.firstCover} + 1`,
    ),
    check('both_sides_acknowledge_a_delivery', sql`${table.deliveredBy} <> ${table.dispatchedBy}`),
    check(
      'an_active_box_was_delivered_and_sampled',
      sql`${table.state} <> 'active' or (${table.deliveredOn} is not null and ${table.goodSamples} = 3 and ${table.activatedOn} is not null)`,
    ),
  ],
)

/** No date and no person: when it was handed out is not written anywhere. */
export const books = pgTable(
  'books',
  {
    id: randomId(),
    boxId: uuid()
      .notNull()
      .references(() => boxes.id),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    coverNumber: integer().notNull(),
    isBlocked: boolean().notNull().default(false),
  },
  (table) => [
    unique('a_cover_number_is_used_once_in_a_campaign').on(table.campaignId, table.coverNumber),
    index('books_by_box').on(table.boxId),
    positive('covers_start_at_1', table.coverNumber),
  ],
)

/**
 * Written when printed, then once more in its life: at sealing. A scan reads it and neither writes nor locks it.
 * The code itself is stored nowhere.
 */
export const vouchers = pgTable(
  'vouchers',
  {
    codeMac: mac().primaryKey(),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    bookId: uuid()
      .notNull()
      .references(() => books.id),
    blockHash: bytea().notNull(),
    isSpent: boolean().notNull().default(false),
  },
  (table) => [index('vouchers_by_campaign').on(table.campaignId), index('vouchers_by_book').on(table.bookId)],
)

/** Opposition by cover range. `liftedOn` set: the books are back in use. */
export const stopOrders = pgTable(
  'stop_orders',
  {
    id: randomId(),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    firstCover: integer().notNull(),
    lastCover: integer().notNull(),
    reason: stopReason().notNull(),
    askedBy: stopAsker(),
    /** Books that had been given to nobody: they leave the stock of whoever keeps them. */
    isFromStock: boolean().notNull().default(false),
    orderedBy: uuid().references(() => people.id),
    orderedOn: day().notNull(),
    liftedBy: uuid().references(() => people.id),
    liftedOn: day(),
  },
  (table) => [check('a_stop_order_has_a_cover_range', sql`${table.lastCover} >= ${table.firstCover}`)],
)

/** Books counted per prescriber and month, never tied to a book. */
export const handouts = pgTable(
  'handouts',
  {
    prescriberId: uuid()
      .notNull()
      .references(() => prescribers.id),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    month: day().notNull(),
    books: integer().notNull(),
    /** Books given in the place of lost ones: they leave the stock and are no further hand-out. */
    replacements: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.prescriberId, table.campaignId, table.month] }),
    notNegative('a_handout_count_is_not_negative', table.books),
    notNegative('a_count_of_replacements_is_not_negative', table.replacements),
    check('a_handout_month_is_a_first_day', sql`extract(day from ${table.month}) = 1`),
  ],
)
