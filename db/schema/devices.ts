import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts.ts'
import { prescribers } from './books.ts'
import { campaigns } from './campaigns.ts'
import { bytea, day, notNegative, randomId } from './columns.ts'
import { organisations, venues } from './venues.ts'

export const deviceState = pgEnum('device_state', ['active', 'revoked'])

/** Shown as a QR code by a venue manager: 128 bits, ten minutes, once. */
export const enrolmentTokens = pgTable(
  'enrolment_tokens',
  {
    tokenHash: bytea().primaryKey(),
    organisationId: uuid().references(() => organisations.id),
    venueId: uuid().references(() => venues.id),
    prescriberId: uuid().references(() => prescribers.id),
    createdBy: uuid().references(() => people.id),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    usedOn: day(),
  },
  (table) => [
    check(
      'a_token_is_of_one_tenant',
      sql`num_nonnulls(${table.organisationId}, ${table.prescriberId}) = 1 and (${table.venueId} is null or ${table.organisationId} is not null)`,
    ),
  ],
)

/** A phone of an organisation, or of a prescriber. Without a public key only in the demo: its requests are then not signed. */
export const devices = pgTable(
  'devices',
  {
    id: randomId(),
    organisationId: uuid().references(() => organisations.id),
    /** Null: any venue of the organisation, chosen when the phone starts. */
    venueId: uuid().references(() => venues.id),
    /** A prescriber's phone counts hand-outs and stops lost books; it scans nothing. */
    prescriberId: uuid().references(() => prescribers.id),
    label: text().notNull(),
    tokenHash: bytea().notNull().unique(),
    publicKey: jsonb().$type<{ kty: 'EC'; crv: 'P-256'; x: string; y: string }>(),
    state: deviceState().notNull().default('active'),
    enrolledOn: day().notNull(),
    lastSeenOn: day().notNull(),
    expiresOn: day().notNull(),
  },
  (table) => [
    index('devices_by_organisation').on(table.organisationId),
    index('devices_by_prescriber').on(table.prescriberId),
    check(
      'a_phone_is_of_one_tenant',
      sql`num_nonnulls(${table.organisationId}, ${table.prescriberId}) = 1 and (${table.venueId} is null or ${table.organisationId} is not null)`,
    ),
  ],
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
    /** The managers were told that it went silent with scans on it: once for each silence. */
    warnedOn: day(),
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

/** Books that a prescriber's phone has counted itself, per month: its own total, so that a request sent twice counts once. */
export const deviceHandouts = pgTable(
  'device_handouts',
  {
    deviceId: uuid()
      .notNull()
      .references(() => devices.id, { onDelete: 'cascade' }),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    month: day().notNull(),
    books: integer().notNull(),
    /** The number of the request that said so: an older one that comes late changes nothing. */
    seq: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deviceId, table.campaignId, table.month] }),
    notNegative('a_phone_counts_no_fewer_than_none', table.books),
    check('a_phone_counts_by_month', sql`extract(day from ${table.month}) = 1`),
  ],
)
