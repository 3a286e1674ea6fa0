import { sql } from 'drizzle-orm'
import { check, integer, pgEnum, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { day, randomId } from './columns.ts'

export const catalogueState = pgEnum('catalogue_state', ['draft', 'published', 'superseded'])
export const serviceLevel = pgEnum('service_level', ['decouverte', 'autonomie', 'approfondissement'])

export const catalogueVersions = pgTable(
  'catalogue_versions',
  {
    id: randomId(),
    number: integer().notNull().unique(),
    state: catalogueState().notNull().default('draft'),
    publishedFrom: day().unique(),
    createdOn: day().notNull(),
  },
  (table) => [
    check('a_published_version_has_a_first_day', sql`${table.state} = 'draft' or ${table.publishedFrom} is not null`),
  ],
)

/** A code means the same service in every version: it is never deleted nor given to another service. */
export const services = pgTable('services', { code: text().primaryKey() }, (table) => [
  check('a_service_code_is_a_letter_and_two_digits', sql`${table.code} ~ '^[A-Z][0-9]{2}$'`),
])

export const catalogueThemes = pgTable(
  'catalogue_themes',
  {
    versionId: uuid()
      .notNull()
      .references(() => catalogueVersions.id),
    code: text().notNull(),
    title: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.versionId, table.code] })],
)

export const catalogueServices = pgTable(
  'catalogue_services',
  {
    versionId: uuid()
      .notNull()
      .references(() => catalogueVersions.id),
    code: text()
      .notNull()
      .references(() => services.code),
    themeCode: text().notNull(),
    title: text().notNull(),
    description: text().notNull(),
    level: serviceLevel().notNull(),
    nationalService: text().notNull(),
    durationMinutes: integer().notNull(),
    provenance: text().notNull(),
    retiredOn: day(),
    replacedBy: text().references(() => services.code),
  },
  (table) => [
    primaryKey({ columns: [table.versionId, table.code] }),
    unique('a_title_is_used_once_in_a_version').on(table.versionId, table.title),
    check('a_service_lasts_between_15_minutes_and_a_day', sql`${table.durationMinutes} between 15 and 480`),
  ],
)
