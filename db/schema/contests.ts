import { sql } from 'drizzle-orm'
import { check, index, integer, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts.ts'
import { moneyOrders } from './bank.ts'
import { day, mac, notNegative, randomId } from './columns.ts'
import { refusalReason } from './redemptions.ts'
import { organisations, venues } from './venues.ts'

/** Why a venue disagrees: a closed list, so that nobody can be named. */
export const contestReason = pgEnum('contest_reason', [
  'platform_down',
  'rule_is_wrong',
  'not_used_before',
  'paper_is_good',
])
export const contestState = pgEnum('contest_state', ['open', 'upheld', 'scan_again', 'payment_proposed', 'paid'])
/** Why a refusal stays. */
export const contestAnswer = pgEnum('contest_answer', [
  'rule_applies',
  'used_before',
  'not_recognised',
  'platform_was_up',
  'payment_refused',
])

/**
 * A venue contests a refusal. The phone finds its own by a MAC of the scan's number; nothing here leads to a voucher, and nothing
 * is finer than a day.
 */
export const contests = pgTable(
  'contests',
  {
    id: randomId(),
    answerMac: mac().notNull().unique(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    venueId: uuid()
      .notNull()
      .references(() => venues.id),
    serviceCode: text().notNull(),
    day: day().notNull(),
    refusal: refusalReason().notNull(),
    reason: contestReason().notNull(),
    askedOn: day().notNull(),
    state: contestState().notNull().default('open'),
    answer: contestAnswer(),
    orderId: uuid().references(() => moneyOrders.id),
    decidedBy: uuid().references(() => people.id),
    decidedOn: day(),
  },
  (table) => [
    index('contests_by_organisation').on(table.organisationId),
    check('a_refusal_that_stays_says_why', sql`(${table.state} = 'upheld') = (${table.answer} is not null)`),
    check('a_contest_is_open_or_decided', sql`(${table.state} = 'open') = (${table.decidedOn} is null)`),
    check(
      'money_follows_an_order',
      sql`(${table.orderId} is not null) or ${table.state} not in ('payment_proposed', 'paid')`,
    ),
  ],
)

/** Scans that a restore had lost and phones told again: how many a venue and day of arrival, and never which. */
export const retoldScans = pgTable(
  'retold_scans',
  {
    venueId: uuid()
      .notNull()
      .references(() => venues.id),
    day: day().notNull(),
    accepted: integer().notNull(),
    refused: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.venueId, table.day] }), notNegative('no_fewer_than_none', table.accepted)],
)
