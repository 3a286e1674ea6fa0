import { sql } from 'drizzle-orm'
import { boolean, check, pgEnum, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, day, randomId } from './columns.ts'

export const funderKind = pgEnum('funder_kind', [
  'state',
  'region',
  'department',
  'epci',
  'commune',
  'ccas',
  'caf',
  'company',
  'other',
])

export const funders = pgTable('funders', {
  id: randomId(),
  name: text().notNull().unique(),
  kind: funderKind().notNull(),
  siret: text().unique(),
  contactEmail: text(),
  createdOn: day().notNull(),
})

/** What is printed for a funder, or for who runs the scheme when there is none. A row never changes: runs in print show it. */
export const logos = pgTable(
  'logos',
  {
    id: randomId(),
    funderId: uuid().references(() => funders.id),
    /** Written by us from what was uploaded: 8 bits, no transparency, nothing but pixels. */
    png: bytea().notNull(),
    width: smallint().notNull(),
    height: smallint().notNull(),
    isCurrent: boolean().notNull().default(true),
    addedOn: day().notNull(),
  },
  (table) => [
    uniqueIndex('a_funder_has_one_current_logo')
      .on(sql`coalesce(${table.funderId}, '00000000-0000-0000-0000-000000000000')`)
      .where(sql`${table.isCurrent}`),
    check('a_logo_is_small', sql`octet_length(${table.png}) <= 2000000`),
  ],
)
