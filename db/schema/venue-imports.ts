import { integer, jsonb, pgEnum, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts.ts'
import { bytea, day, randomId } from './columns.ts'
import { venues } from './venues.ts'

export const venueImportState = pgEnum('venue_import_state', [
  'checking',
  'checked',
  'running',
  'applied',
  'cancelled',
  'failed',
])

/** A file of venues between its check and its import, with what a person decided of its possible duplicates. */
export const venueImports = pgTable('venue_imports', {
  id: randomId(),
  fileName: text().notNull(),
  /** Kept until the import is over, one way or another. */
  content: bytea(),
  state: venueImportState().notNull().default('checked'),
  /** By line of the file: the venue it is, `new` or `skip`. */
  decisions: jsonb().$type<Record<string, string>>().notNull().default({}),
  /** What the check found, then what the import did. */
  report: jsonb().$type<unknown>().notNull(),
  rowsDone: integer().notNull().default(0),
  failure: text(),
  addedBy: uuid()
    .notNull()
    .references(() => people.id),
  addedOn: day().notNull(),
  /** An import that says nothing for minutes was cut off: it wrote nothing and may be started again. */
  touchedAt: timestamp({ withTimezone: true }).notNull(),
})

/** Other ids of the national standard under which files speak of a venue: two sources may know one place. */
export const venueOtherIds = pgTable('venue_other_ids', {
  standardId: text().primaryKey(),
  venueId: uuid()
    .notNull()
    .references(() => venues.id, { onDelete: 'cascade' }),
})
