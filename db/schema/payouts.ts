import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { people } from './accounts.ts'
import { campaigns, payingAccounts } from './campaigns.ts'
import { bytea, cents, day, positive, randomId, wideCents } from './columns.ts'
import { periods } from './periods.ts'
import { bankAccounts, organisations, venues } from './venues.ts'

export const batchState = pgEnum('batch_state', ['draft', 'frozen', 'approved', 'exported', 'sent'])
export const payoutState = pgEnum('payout_state', [
  'pending',
  'accepted',
  'rejected',
  'booked',
  'returned',
  'withdrawn',
])
export const reviewReason = pgEnum('review_reason', [
  'capacity',
  'same_day_runs',
  'typed_share',
  'closed_day',
  'off_territory',
  'clock_skew',
  'unknown_codes',
])
export const reviewDecision = pgEnum('review_decision', ['paid', 'reversed'])

/** The bordereau: what one organisation earned in one period. The running one is not here: it is counted when asked for. */
export const statements = pgTable(
  'statements',
  {
    id: randomId(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    periodId: integer()
      .notNull()
      .references(() => periods.id),
    number: integer().notNull().unique(),
    voucherCount: integer().notNull(),
    totalCents: cents().notNull(),
    nettedCents: cents().notNull(),
    frozenOn: day().notNull(),
  },
  (table) => [
    unique('one_statement_per_organisation_and_period').on(table.organisationId, table.periodId),
    check(
      'a_total_is_not_negative',
      sql`${table.totalCents} >= 0 and ${table.nettedCents} between 0 and ${table.totalCents}`,
    ),
  ],
)

/** Venue × campaign, never finer. */
export const statementLines = pgTable(
  'statement_lines',
  {
    statementId: uuid()
      .notNull()
      .references(() => statements.id),
    venueId: uuid()
      .notNull()
      .references(() => venues.id),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    voucherCount: integer().notNull(),
    amountCents: cents().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.statementId, table.venueId, table.campaignId] }),
    positive('a_line_counts_vouchers', table.voucherCount),
  ],
)

/** A reversal by a coordinator after the statement was frozen: by count, tied to no scan. */
export const statementAdjustments = pgTable(
  'statement_adjustments',
  {
    id: randomId(),
    statementId: uuid()
      .notNull()
      .references(() => statements.id),
    venueId: uuid()
      .notNull()
      .references(() => venues.id),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    voucherCount: integer().notNull(),
    amountCents: cents().notNull(),
    decidedBy: uuid().references(() => people.id),
    decidedOn: day().notNull(),
  },
  (table) => [positive('an_adjustment_counts_vouchers', table.voucherCount)],
)

/** An amount that looks odd waits, visibly, with a reason and the day by which it is paid. About venues, never people. */
export const statementReviews = pgTable(
  'statement_reviews',
  {
    id: randomId(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    venueId: uuid()
      .notNull()
      .references(() => venues.id),
    periodId: integer()
      .notNull()
      .references(() => periods.id),
    reason: reviewReason().notNull(),
    openedOn: day().notNull(),
    paidBy: day().notNull(),
    decision: reviewDecision(),
    decidedBy: uuid().references(() => people.id),
    decidedOn: day(),
  },
  (table) => [unique('a_venue_is_reviewed_once_for_a_reason').on(table.venueId, table.periodId, table.reason)],
)

/** The list of payouts sent to the bank together. What was approved is a hash. */
export const paymentBatches = pgTable(
  'payment_batches',
  {
    id: randomId(),
    number: integer().notNull().unique(),
    state: batchState().notNull().default('draft'),
    preparedBy: uuid().references(() => people.id),
    preparedOn: day().notNull(),
    executesOn: day().notNull(),
    totalCents: wideCents(),
    sha256: bytea(),
    approvedBy: uuid().references(() => people.id),
    approvedOn: day(),
    messageId: text().unique(),
    fileSha256: bytea(),
    exportedOn: day(),
  },
  (table) => [
    uniqueIndex('there_is_one_draft').on(table.state).where(sql`${table.state} = 'draft'`),
    check('two_people_release_a_batch', sql`${table.approvedBy} <> ${table.preparedBy}`),
    check(
      'an_approved_batch_has_a_hash',
      sql`${table.state} in ('draft') or (${table.sha256} is not null and ${table.totalCents} is not null)`,
    ),
  ],
)

/** One per organisation and paying account. Bank details are copied at freezing: a later change cancels, never redirects. */
export const payouts = pgTable(
  'payouts',
  {
    id: randomId(),
    batchId: uuid()
      .notNull()
      .references(() => paymentBatches.id),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    payingAccountId: uuid()
      .notNull()
      .references(() => payingAccounts.id),
    state: payoutState().notNull().default('pending'),
    amountCents: cents().notNull(),
    endToEndId: text().notNull().unique(),
    bankAccountId: uuid()
      .notNull()
      .references(() => bankAccounts.id),
    payee: jsonb()
      .$type<{ iban: string; bic: string; holderName: string; siret: string | null; legalName: string }>()
      .notNull(),
    bookedOn: day(),
    bookedProof: text(),
    bookedBy: uuid().references(() => people.id),
    failedOn: day(),
    failureReason: text(),
  },
  (table) => [
    positive('a_payout_is_positive', table.amountCents),
    index('payouts_by_organisation').on(table.organisationId),
    uniqueIndex('one_payout_per_payee_and_batch').on(table.batchId, table.organisationId, table.payingAccountId),
    check(
      'a_booked_payout_has_its_proof',
      sql`${table.state} <> 'booked' or (${table.bookedOn} is not null and ${table.bookedProof} is not null)`,
    ),
  ],
)

export const payoutLines = pgTable(
  'payout_lines',
  {
    payoutId: uuid()
      .notNull()
      .references(() => payouts.id),
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    amountCents: cents().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.payoutId, table.campaignId] }),
    positive('a_payout_line_is_positive', table.amountCents),
  ],
)
