import { sql } from 'drizzle-orm'
import { check, integer, pgEnum, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { language, people } from './accounts.ts'
import { bytea, day, randomId } from './columns.ts'

import { communes } from './territories.ts'
import { organisations, venues } from './venues.ts'

export const applicationState = pgEnum('application_state', [
  'unconfirmed',
  'waiting',
  'accepted',
  'refused',
  'forgotten',
])

/** A structure that asks to become a venue. It waits for a decision only once its address has answered with a code. */
export const venueApplications = pgTable(
  'venue_applications',
  {
    id: randomId(),
    state: applicationState().notNull().default('unconfirmed'),
    siret: text().notNull(),
    legalName: text().notNull(),
    venueName: text().notNull(),
    address: text().notNull(),
    postalCode: text().notNull(),
    communeCode: text()
      .notNull()
      .references(() => communes.code),
    /** Null once the application is forgotten. */
    contactName: text(),
    contactEmail: text(),
    /** Themes of the catalogue; null: all services. */
    themes: text().array(),
    openingHours: text(),
    labels: text().array().notNull(),
    language: language().notNull(),
    /** Whoever holds this browser's secret, or answers a new code, follows the application. */
    followHash: bytea().notNull().unique(),
    codeHash: bytea(),
    codeExpiresAt: timestamp({ withTimezone: true }),
    codeTries: integer().notNull().default(0),
    submittedOn: day().notNull(),
    confirmedOn: day(),
    decidedOn: day(),
    decidedBy: uuid().references(() => people.id),
    reason: text(),
    organisationId: uuid().references(() => organisations.id),
    venueId: uuid().references(() => venues.id),
  },
  (table) => [
    check('an_applying_siret_is_14_digits', sql`${table.siret} ~ '^[0-9]{14}$'`),
    check(
      'an_accepted_application_has_its_venue',
      sql`${table.state} <> 'accepted' or (${table.organisationId} is not null and ${table.venueId} is not null)`,
    ),
    check('a_refusal_has_a_reason', sql`${table.state} <> 'refused' or ${table.reason} is not null`),
    check(
      'a_forgotten_application_knows_no_person',
      sql`${table.state} <> 'forgotten' or (${table.contactName} is null and ${table.contactEmail} is null)`,
    ),
  ],
)
