import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  foreignKey,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { people } from './accounts.ts'
import { fundingCalls } from './bank.ts'
import { services } from './catalogue.ts'
import { cents, day, positive, randomId } from './columns.ts'
import { funders } from './funders.ts'
import { venues } from './venues.ts'

export const campaignState = pgEnum('campaign_state', ['draft', 'agreed', 'open', 'ending', 'uploads_closed', 'closed'])
export const territoryKind = pgEnum('territory_kind', ['commune', 'epci', 'department', 'region'])

/** The bank account a pool of money lies on and is paid from. */
export const payingAccounts = pgTable('paying_accounts', {
  id: randomId(),
  name: text().notNull().unique(),
  iban: text().notNull().unique(),
  bic: text().notNull(),
  holderName: text().notNull(),
})

/**
 * An agreement between funders. Face value, book size, start, grace, services, territory and parts are frozen once open
 * (trigger `an_open_campaign_keeps_its_terms`); only the end may be moved later and the budget raised.
 */
export const campaigns = pgTable(
  'campaigns',
  {
    id: randomId(),
    /** Printed in every QR code: 24 bits. */
    number: integer().notNull().unique(),
    name: text().notNull().unique(),
    state: campaignState().notNull().default('draft'),
    payingAccountId: uuid()
      .notNull()
      .references(() => payingAccounts.id),
    faceValueCents: cents().notNull(),
    bookSize: integer().notNull(),
    budgetedBooks: integer().notNull(),
    startsOn: day().notNull(),
    endsOn: day().notNull(),
    graceDays: integer().notNull().default(31),
    paysAllServices: boolean().notNull().default(true),
    acceptsAllVenues: boolean().notNull().default(true),
    hasTerritory: boolean().notNull().default(false),
    targetPublic: text().notNull(),
    objectives: text().notNull(),
    /** Told when less than this share of the budget is left to activate books with. */
    lowBalancePercent: integer().notNull().default(10),
    openedOn: day(),
    uploadsClosedOn: day(),
    closedOn: day(),
  },
  (table) => [
    positive('a_campaign_number_starts_at_1', table.number),
    check('a_campaign_number_fits_24_bits', sql`${table.number} < 16777216`),
    check(
      'a_face_value_is_whole_euros_up_to_255',
      sql`${table.faceValueCents} between 100 and 25500 and ${table.faceValueCents} % 100 = 0`,
    ),
    check('a_book_holds_1_to_50_vouchers', sql`${table.bookSize} between 1 and 50`),
    check('a_campaign_has_at_least_50_books', sql`${table.budgetedBooks} >= 50`),
    check('a_campaign_ends_after_it_starts', sql`${table.endsOn} >= ${table.startsOn}`),
    check('a_share_is_0_to_100_percent', sql`${table.lowBalancePercent} between 0 and 100`),
    check('grace_is_0_to_92_days', sql`${table.graceDays} between 0 and 92`),
  ],
)

/** Each funder's part of one voucher, in whole cents; the parts of a campaign that is agreed add up to its face value (trigger). */
export const campaignFunders = pgTable(
  'campaign_funders',
  {
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    funderId: uuid()
      .notNull()
      .references(() => funders.id),
    partCents: cents().notNull(),
    signedBy: uuid().references(() => people.id),
    signedOn: day(),
  },
  (table) => [
    primaryKey({ columns: [table.campaignId, table.funderId] }),
    positive('a_part_is_positive', table.partCents),
  ],
)

export const campaignServices = pgTable(
  'campaign_services',
  {
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    serviceCode: text()
      .notNull()
      .references(() => services.code),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.serviceCode] })],
)

export const campaignVenues = pgTable(
  'campaign_venues',
  {
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    venueId: uuid()
      .notNull()
      .references(() => venues.id),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.venueId] })],
)

/** Where a venue must be to accept the campaign's vouchers. The code's table depends on `kind`, so there is no foreign key. */
export const campaignTerritories = pgTable(
  'campaign_territories',
  {
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    kind: territoryKind().notNull(),
    code: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.kind, table.code] })],
)

/** What a rate must never be shown without: public reached, channel, phase, what the prescribers say. */
export const contextNotes = pgTable('context_notes', {
  id: randomId(),
  campaignId: uuid()
    .notNull()
    .references(() => campaigns.id),
  body: text().notNull(),
  authorId: uuid()
    .notNull()
    .references(() => people.id),
  writtenOn: day().notNull(),
})

export const campaignTargets = pgTable('campaign_targets', {
  id: randomId(),
  campaignId: uuid()
    .notNull()
    .references(() => campaigns.id),
  indicator: text().notNull(),
  target: integer().notNull(),
  dueOn: day().notNull(),
  responsible: text().notNull(),
})

export const campaignDecisions = pgTable('campaign_decisions', {
  id: randomId(),
  campaignId: uuid()
    .notNull()
    .references(() => campaigns.id),
  body: text().notNull(),
  authorId: uuid()
    .notNull()
    .references(() => people.id),
  decidedOn: day().notNull(),
})

/** Money announced by a funder for a campaign, and its arrival as the bank tells it (or as entered with proof). */
export const fundings = pgTable(
  'fundings',
  {
    id: randomId(),
    campaignId: uuid().notNull(),
    funderId: uuid().notNull(),
    amountCents: cents().notNull(),
    reference: text().notNull().unique(),
    proof: text().notNull(),
    receivedOn: day().notNull(),
    recordedBy: uuid().references(() => people.id),
    recordedAt: timestamp({ withTimezone: true }).notNull(),
    fundingCallId: uuid().references((): AnyPgColumn => fundingCalls.id),
  },
  (table) => [
    positive('a_funding_is_positive', table.amountCents),
    // Only a funder of the campaign can fund it: the pair is the key of campaign_funders.
    foreignKey({
      name: 'only_a_funder_of_the_campaign_funds_it',
      columns: [table.campaignId, table.funderId],
      foreignColumns: [campaignFunders.campaignId, campaignFunders.funderId],
    }),
  ],
)
