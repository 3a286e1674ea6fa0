import { pgEnum, pgTable, text } from 'drizzle-orm/pg-core'
import { day, randomId } from './columns.ts'

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
