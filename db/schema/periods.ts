import { sql } from 'drizzle-orm'
import { boolean, check, integer, pgEnum, pgTable, primaryKey, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts.ts'
import { campaigns } from './campaigns.ts'
import { bytea, day, notNegative } from './columns.ts'

export const periodState = pgEnum('period_state', ['open', 'closed', 'frozen', 'sealing', 'sealed'])
export const fold = pgEnum('fold', ['service', 'theme', 'all'])

/**
 * A month of scans, with a key of its own outside the database. Ids ascend; after a restore a month can have two periods.
 * `stepStartedOn` is the day, never the instant.
 */
export const periods = pgTable(
  'periods',
  {
    id: integer().primaryKey(),
    month: day().notNull(),
    state: periodState().notNull(),
    openedOn: day().notNull(),
    closedOn: day(),
    frozenOn: day(),
    sealedOn: day(),
    /** Hash of the audit line that tells of the sealing. */
    sealedAuditHash: bytea(),
    isAbandoned: boolean().notNull().default(false),
  },
  (table) => [
    uniqueIndex('there_is_one_open_period').on(table.state).where(sql`${table.state} = 'open'`),
    check('a_period_is_a_month', sql`extract(day from ${table.month}) = 1`),
    check('periods_start_at_1', sql`${table.id} >= 1`),
  ],
)

/** Decided once, when the period closes, for every release and for sealing, so that no difference gives it back. */
export const periodFolds = pgTable(
  'period_folds',
  {
    periodId: integer()
      .notNull()
      .references(() => periods.id),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    fold: fold().notNull(),
  },
  (table) => [primaryKey({ columns: [table.periodId, table.campaignId] })],
)

/** Guard of sealing steps 2 and 3: what was done for a campaign is not done twice. */
export const sealedCampaigns = pgTable(
  'sealed_campaigns',
  {
    periodId: integer()
      .notNull()
      .references(() => periods.id),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    acceptedCount: integer().notNull(),
    isCounted: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.periodId, table.campaignId] }),
    notNegative('an_accepted_count_is_not_negative', table.acceptedCount),
  ],
)

/** The two people who gave up a period whose key is lost. */
export const periodAbandonments = pgTable(
  'period_abandonments',
  {
    periodId: integer()
      .primaryKey()
      .references(() => periods.id),
    proposedBy: uuid()
      .notNull()
      .references(() => people.id),
    confirmedBy: uuid().references(() => people.id),
    proposedOn: day().notNull(),
    confirmedOn: day(),
  },
  (table) => [check('two_people_abandon_a_period', sql`${table.confirmedBy} <> ${table.proposedBy}`)],
)
