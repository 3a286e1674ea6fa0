import { sql } from 'drizzle-orm'
import { bigint, check, integer, pgEnum, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts.ts'
import { bytea, day, notNegative, randomId } from './columns.ts'
import { funders } from './funders.ts'

/** The whitelist: nothing else is ever published, or kept after sealing. */
export const releaseTable = pgEnum('release_table', [
  'R1_department_service_month',
  'R2_epci_month',
  'R3_venue_theme_quarter',
  'R4_campaign_theme_quarter',
  'R5_commune_year',
])
export const cellStatus = pgEnum('cell_status', ['published', 'rounded', 'secret'])

/**
 * What a sealed period leaves: counts and the sum of their random cell keys. Owned by sealing. `subject` is a service, a
 * theme, or `*` where the period's fold says so; `span` is `2026-03`, `2026-Q1` or `2026`.
 */
export const whitelistCounts = pgTable(
  'whitelist_counts',
  {
    table: releaseTable().notNull(),
    place: text().notNull(),
    subject: text().notNull(),
    span: text().notNull(),
    redemptions: integer().notNull(),
    cellKey: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.table, table.place, table.subject, table.span] }),
    notNegative('a_count_is_not_negative', table.redemptions),
    check('a_cell_key_has_32_bits', sql`${table.cellKey} between 0 and 4294967295`),
  ],
)

/** A month's publication, frozen once, on the 10th of the next. `threshold`: below it no count is told. Append-only by trigger. */
export const releases = pgTable(
  'releases',
  {
    id: randomId(),
    month: day().notNull().unique(),
    frozenOn: day().notNull(),
    sha256: bytea().notNull(),
    threshold: integer().notNull(),
  },
  (table) => [check('nothing_is_told_below_11', sql`${table.threshold} >= 11`)],
)

/** Written with their release and never after, nor changed (triggers): what is wrong is told by a revision note. */
export const releaseCells = pgTable(
  'release_cells',
  {
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    table: releaseTable().notNull(),
    place: text().notNull(),
    subject: text().notNull(),
    span: text().notNull(),
    status: cellStatus().notNull(),
    value: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.releaseId, table.table, table.place, table.subject, table.span] }),
    check('a_secret_cell_has_no_value', sql`(${table.status} = 'secret') = (${table.value} is null)`),
  ],
)

/** What was found wrong in a release, and since when it is known. Append-only by trigger; the figures stay as they were. */
export const releaseRevisions = pgTable(
  'release_revisions',
  {
    id: randomId(),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    note: text().notNull(),
    revisedOn: day().notNull(),
  },
  (table) => [unique('a_revision_is_noted_once_a_day').on(table.releaseId, table.revisedOn)],
)

/**
 * A funder shows the released figures of its campaigns to those who have no account. The secret of the address is kept as its
 * hash; nothing tells who opened it.
 */
export const shareLinks = pgTable(
  'share_links',
  {
    id: randomId(),
    funderId: uuid()
      .notNull()
      .references(() => funders.id),
    label: text().notNull(),
    tokenHash: bytea().notNull().unique(),
    createdBy: uuid()
      .notNull()
      .references(() => people.id),
    createdOn: day().notNull(),
    expiresOn: day().notNull(),
    revokedOn: day(),
  },
  (table) => [
    check(
      'a_share_link_lasts_at_most_a_year',
      sql`${table.expiresOn} between ${table.createdOn} and ${table.createdOn} + 366`,
    ),
  ],
)
