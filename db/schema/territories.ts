import { date, index, integer, jsonb, pgEnum, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/** Official codes with the vintage (year) they were valid in. Codes are text: `01`, `2A`, `971`. */
export const regions = pgTable('regions', {
  code: text().primaryKey(),
  name: text().notNull(),
  vintage: integer().notNull(),
})

export const departments = pgTable('departments', {
  code: text().primaryKey(),
  name: text().notNull(),
  regionCode: text()
    .notNull()
    .references(() => regions.code),
  vintage: integer().notNull(),
})

export const epcis = pgTable('epcis', {
  code: text().primaryKey(),
  name: text().notNull(),
  vintage: integer().notNull(),
})

/** Communes, and the municipal arrondissements of Paris, Lyon and Marseille with their commune as `parentCode`. */
export const communes = pgTable(
  'communes',
  {
    code: text().primaryKey(),
    name: text().notNull(),
    departmentCode: text()
      .notNull()
      .references(() => departments.code),
    epciCode: text().references(() => epcis.code),
    parentCode: text(),
    population: integer(),
    postalCodes: text().array().notNull(),
    formerCodes: text().array().notNull(),
    vintage: integer().notNull(),
  },
  (table) => [index('communes_by_department').on(table.departmentCode), index('communes_by_epci').on(table.epciCode)],
)

export const territoryFactKind = pgEnum('territory_fact_kind', ['fragility', 'qpv', 'frr'])

/** What the operator imported of a territory: about places, never about people. `code` is of a commune, an EPCI or a QPV. */
export const territoryFacts = pgTable(
  'territory_facts',
  {
    kind: territoryFactKind().notNull(),
    code: text().notNull(),
    name: text().notNull(),
    /** The communes it lies in; of an EPCI none. */
    communeCodes: text().array().notNull(),
    facts: jsonb().$type<Record<string, unknown>>().notNull(),
    importedOn: date({ mode: 'string' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.code] })],
)
