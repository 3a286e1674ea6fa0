import { bigint, boolean, integer, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { day, mac } from './columns.ts'

export const redemptionState = pgEnum('redemption_state', ['accepted', 'reversed'])
export const scanOutcome = pgEnum('scan_outcome', ['accepted', 'refused', 'withdrawn'])
export const refusalReason = pgEnum('refusal_reason', [
  'unknown_voucher',
  'malformed_code',
  'bad_signature',
  'already_used',
  'not_active',
  'blocked',
  'expired',
  'campaign_not_open',
  'out_of_area',
  'service_not_offered',
  'service_not_covered',
  'venue_not_qualified',
  'too_old',
  'withdrawn',
  'unknown_device_limit',
  'scan_id_reused',
])

/*
 * Both tables are partitioned by period (the migration says how). They have no foreign key: its check would lock the rows
 * it points to, and a scan only reads what it does not insert. `redeem_scans` and its sisters are their only writers, and join
 * what they write. A redemption has no id and no instant; it is found by its period and tag while it is accepted.
 */
export const redemptions = pgTable('redemptions', {
  periodId: integer().notNull(),
  tag: mac().notNull(),
  campaignId: uuid().notNull(),
  organisationId: uuid().notNull(),
  venueId: uuid().notNull(),
  serviceCode: text().notNull(),
  day: day().notNull(),
  isTyped: boolean().notNull(),
  /** Random 32 bits: the sum over a cell decides how its count is rounded. */
  cellKey: bigint({ mode: 'number' }).notNull(),
  state: redemptionState().notNull().default('accepted'),
})

/** The one answer to a scan id while its period lives. `withdrawn` is a reversal that came before its scan. */
export const scanReceipts = pgTable('scan_receipts', {
  periodId: integer().notNull(),
  scanId: uuid().notNull(),
  venueId: uuid().notNull(),
  bodyMac: mac(),
  tag: mac(),
  outcome: scanOutcome().notNull(),
  reason: refusalReason(),
  /** `already_used` only: by the same venue, on the same day. */
  wasUsedHere: boolean().notNull().default(false),
  isReversed: boolean().notNull().default(false),
})

/** First answers of sealed periods, for 13 months. The key is HMAC(answer key, scan id). */
export const answers = pgTable('answers', {
  answerMac: mac().primaryKey(),
  outcome: scanOutcome().notNull(),
  reason: refusalReason(),
  isReversed: boolean().notNull().default(false),
  keptUntil: day().notNull(),
})
