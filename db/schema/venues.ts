import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  doublePrecision,
  index,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { people } from './accounts.ts'
import { services } from './catalogue.ts'
import { bytea, day, randomId } from './columns.ts'
import { communes } from './territories.ts'

export const vatStatus = pgEnum('vat_status', ['unknown', 'exempt', 'franchise', 'subject'])
export const bankAccountState = pgEnum('bank_account_state', ['submitted', 'verified', 'superseded', 'rejected'])
export const qualificationState = pgEnum('qualification_state', [
  'applied',
  'under_review',
  'qualified',
  'suspended',
  'disqualified',
])

/** The payee: holds the SIRET and the bank account. One organisation may run many venues. */
export const organisations = pgTable(
  'organisations',
  {
    id: randomId(),
    legalName: text().notNull(),
    siret: text().unique(),
    vatStatus: vatStatus().notNull().default('unknown'),
    createdOn: day().notNull(),
  },
  (table) => [check('a_siret_is_14_digits', sql`${table.siret} ~ '^[0-9]{14}$' and ${table.siret} <> repeat('0', 14)`)],
)

/** Dated; the migration adds `one_verified_account_at_a_time` (an exclusion constraint). */
export const bankAccounts = pgTable(
  'bank_accounts',
  {
    id: randomId(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    iban: text().notNull(),
    bic: text().notNull(),
    holderName: text().notNull(),
    state: bankAccountState().notNull().default('submitted'),
    submittedBy: uuid().references(() => people.id),
    submittedAt: timestamp({ withTimezone: true }).notNull(),
    verifiedBy: uuid().references(() => people.id),
    validFrom: day(),
    validUntil: day(),
  },
  (table) => [
    check(
      'two_people_verify_an_account',
      sql`${table.verifiedBy} is distinct from ${table.submittedBy} or ${table.verifiedBy} is null`,
    ),
    check('a_verified_account_has_a_first_day', sql`${table.state} <> 'verified' or ${table.validFrom} is not null`),
  ],
)

/** The proof of an account, as its bank issued it. Read by who pays and by its own organisation. */
export const bankAccountDocuments = pgTable(
  'bank_account_documents',
  {
    bankAccountId: uuid()
      .primaryKey()
      .references(() => bankAccounts.id),
    mediaType: text().notNull(),
    content: bytea().notNull(),
    addedBy: uuid()
      .notNull()
      .references(() => people.id),
    addedOn: day().notNull(),
  },
  (table) => [check('a_document_has_2_megabytes_at_most', sql`octet_length(${table.content}) between 1 and 2097152`)],
)

export const venues = pgTable(
  'venues',
  {
    id: randomId(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    standardId: text().notNull().unique(),
    name: text().notNull(),
    communeCode: text()
      .notNull()
      .references(() => communes.code),
    postalCode: text().notNull(),
    address: text().notNull(),
    latitude: doublePrecision(),
    longitude: doublePrecision(),
    openingHours: text(),
    offersAllServices: boolean().notNull().default(true),
    /** Every column of the national standard as it came, extra ones included, so that an export loses nothing. */
    standardRow: jsonb().$type<Record<string, string>>().notNull(),
    updatedOn: day().notNull(),
  },
  (table) => [
    index('venues_by_organisation').on(table.organisationId),
    index('venues_by_commune').on(table.communeCode),
  ],
)

/** Dated, so that a venue's earlier scans stay payable; the migration adds `one_qualification_at_a_time`. */
export const venueQualifications = pgTable(
  'venue_qualifications',
  {
    id: randomId(),
    venueId: uuid()
      .notNull()
      .references(() => venues.id),
    state: qualificationState().notNull(),
    validFrom: day().notNull(),
    validUntil: day(),
    decidedBy: uuid().references(() => people.id),
  },
  (table) => [
    uniqueIndex('one_current_qualification_per_venue').on(table.venueId).where(sql`${table.validUntil} is null`),
    check('a_qualification_ends_after_it_starts', sql`${table.validUntil} >= ${table.validFrom}`),
  ],
)

/** The services a venue offers, when it does not offer all of them. */
export const venueServices = pgTable(
  'venue_services',
  {
    venueId: uuid()
      .notNull()
      .references(() => venues.id),
    serviceCode: text()
      .notNull()
      .references(() => services.code),
  },
  (table) => [primaryKey({ columns: [table.venueId, table.serviceCode] })],
)
