import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts.ts'
import { bytea, day, notNegative, randomId } from './columns.ts'
import { organisations, venues } from './venues.ts'

export const deviceState = pgEnum('device_state', ['active', 'revoked'])

/** Shown as a QR code by a venue manager: 128 bits, ten minutes, once. */
export const enrolmentTokens = pgTable('enrolment_tokens', {
  tokenHash: bytea().primaryKey(),
  organisationId: uuid()
    .notNull()
    .references(() => organisations.id),
  venueId: uuid().references(() => venues.id),
  createdBy: uuid().references(() => people.id),
  expiresAt: timestamp({ withTimezone: true }).notNull(),
  usedOn: day(),
})

/** A phone of an organisation. Without a public key only in the demo: its requests are then not signed. */
export const devices = pgTable(
  'devices',
  {
    id: randomId(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    /** Null: any venue of the organisation, chosen when the phone starts. */
    venueId: uuid().references(() => venues.id),
    label: text().notNull(),
    tokenHash: bytea().notNull().unique(),
    publicKey: jsonb().$type<{ kty: 'EC'; crv: 'P-256'; x: string; y: string }>(),
    state: deviceState().notNull().default('active'),
    enrolledOn: day().notNull(),
    lastSeenOn: day().notNull(),
    expiresOn: day().notNull(),
  },
  (table) => [index('devices_by_organisation').on(table.organisationId)],
)

/** What a phone still owes, as it says itself. Written at most every few seconds for all phones at once, apart from scans. */
export const deviceProgress = pgTable(
  'device_progress',
  {
    deviceId: uuid()
      .primaryKey()
      .references(() => devices.id, { onDelete: 'cascade' }),
    ackedSeq: integer().notNull(),
    gaps: integer().array().notNull(),
    pending: integer().notNull(),
    saidOn: day().notNull(),
  },
  (table) => [check('at_most_200_gaps_are_kept', sql`cardinality(${table.gaps}) <= 200`)],
)

/** Limits against guessing. Counts unknown codes and checks, never accepted scans. */
export const deviceDays = pgTable(
  'device_days',
  {
    deviceId: uuid()
      .notNull()
      .references(() => devices.id, { onDelete: 'cascade' }),
    venueId: uuid()
      .notNull()
      .references(() => venues.id),
    day: day().notNull(),
    unknownCodes: integer().notNull().default(0),
    checks: integer().notNull().default(0),
    typedChecks: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.deviceId, table.venueId, table.day] }),
    index('device_days_by_venue').on(table.venueId, table.day),
    notNegative('counts_are_not_negative', table.unknownCodes),
  ],
)
