import { sql } from 'drizzle-orm'
import { check, foreignKey, integer, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts.ts'
import { campaignFunders, campaigns } from './campaigns.ts'
import { day, randomId } from './columns.ts'

export const amendmentKind = pgEnum('amendment_kind', ['extension', 'cancellation', 'top_up'])
export const amendmentState = pgEnum('amendment_state', ['proposed', 'agreed', 'withdrawn'])
export const balanceReason = pgEnum('balance_reason', ['below_orders', 'below_share'])

/** A change of what was agreed. The coordination proposes it; the last funder's signature makes it so. */
export const amendments = pgTable(
  'amendments',
  {
    id: randomId(),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    kind: amendmentKind().notNull(),
    state: amendmentState().notNull().default('proposed'),
    /** The new last day; none when a campaign is cancelled before it opens. */
    endsOn: day(),
    budgetedBooks: integer(),
    reason: text().notNull(),
    proposedBy: uuid()
      .notNull()
      .references(() => people.id),
    proposedOn: day().notNull(),
    decidedOn: day(),
  },
  (table) => [
    uniqueIndex('one_amendment_at_a_time').on(table.campaignId).where(sql`${table.state} = 'proposed'`),
    check('a_top_up_says_how_many_books', sql`(${table.kind} = 'top_up') = (${table.budgetedBooks} is not null)`),
    check('an_extension_says_until_when', sql`${table.kind} <> 'extension' or ${table.endsOn} is not null`),
    check('a_decided_amendment_has_its_day', sql`(${table.state} = 'proposed') = (${table.decidedOn} is null)`),
  ],
)

export const amendmentSignatures = pgTable(
  'amendment_signatures',
  {
    amendmentId: uuid()
      .notNull()
      .references(() => amendments.id),
    funderId: uuid().notNull(),
    campaignId: uuid().notNull(),
    signedBy: uuid()
      .notNull()
      .references(() => people.id),
    signedOn: day().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.amendmentId, table.funderId] }),
    foreignKey({
      name: 'only_a_funder_of_the_campaign_signs_its_amendment',
      columns: [table.campaignId, table.funderId],
      foreignColumns: [campaignFunders.campaignId, campaignFunders.funderId],
    }),
  ],
)

/** The money left is too little for something: told once, until there is enough again. */
export const balanceAlerts = pgTable(
  'balance_alerts',
  {
    id: randomId(),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    reason: balanceReason().notNull(),
    raisedOn: day().notNull(),
    clearedOn: day(),
  },
  (table) => [
    uniqueIndex('an_alert_stands_once').on(table.campaignId, table.reason).where(sql`${table.clearedOn} is null`),
  ],
)
