import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { people } from './accounts.ts'
import { amendments } from './amendments.ts'
import { campaignFunders, campaigns, payingAccounts } from './campaigns.ts'
import { bytea, day, positive, randomId, wideCents } from './columns.ts'
import { payouts } from './payouts.ts'
import { organisations } from './venues.ts'

export const bankFileKind = pgEnum('bank_file_kind', ['pain.002', 'camt.053', 'camt.054'])
export const bankDirection = pgEnum('bank_direction', ['credit', 'debit'])
export const bankLineOutcome = pgEnum('bank_line_outcome', [
  'accepted',
  'rejected',
  'booked',
  'returned',
  'received',
  'suspense',
  'sent',
  'fee',
  'known',
  'pending',
  'open',
])
export const receiptState = pgEnum('receipt_state', ['suspense', 'attributed', 'sent_back'])
export const moneyOrderKind = pgEnum('money_order_kind', [
  'refund',
  'transfer',
  'receipt_sent_back',
  'correction',
  'reserve_payment',
])
export const moneyOrderState = pgEnum('money_order_state', ['proposed', 'approved', 'refused'])
export const fundSource = pgEnum('fund_source', ['available', 'expired'])

/** What a funder is asked to pay. Its reference comes back on the bank's statement. */
export const fundingCalls = pgTable(
  'funding_calls',
  {
    id: randomId(),
    campaignId: uuid().notNull(),
    funderId: uuid().notNull(),
    reference: text().notNull().unique(),
    amountCents: wideCents().notNull(),
    calledBy: uuid().references(() => people.id),
    calledOn: day().notNull(),
    dueOn: day().notNull(),
    /** What it was agreed in, when it was asked for after the start. */
    amendmentId: uuid().references(() => amendments.id),
  },
  (table) => [
    positive('a_call_is_positive', table.amountCents),
    foreignKey({
      name: 'only_a_funder_of_the_campaign_is_called',
      columns: [table.campaignId, table.funderId],
      foreignColumns: [campaignFunders.campaignId, campaignFunders.funderId],
    }),
  ],
)

/** A file of the bank as it came. The same bytes are one file. */
export const bankFiles = pgTable('bank_files', {
  id: randomId(),
  /** In the order of their import. */
  number: integer().notNull().unique(),
  kind: bankFileKind().notNull(),
  version: text().notNull(),
  messageId: text().notNull(),
  name: text().notNull(),
  sha256: bytea().notNull().unique(),
  content: bytea().notNull(),
  importedBy: uuid()
    .notNull()
    .references(() => people.id),
  importedOn: day().notNull(),
})

/** Money that came. What no call asked for stays in suspense until it is attributed or sent back. */
export const receipts = pgTable(
  'receipts',
  {
    id: randomId(),
    payingAccountId: uuid()
      .notNull()
      .references(() => payingAccounts.id),
    bankReference: text().notNull(),
    amountCents: wideCents().notNull(),
    bookedOn: day().notNull(),
    payer: text(),
    remittance: text(),
    state: receiptState().notNull(),
    fundingCallId: uuid().references(() => fundingCalls.id),
    /** Whose it turned out to be: a funder's, an organisation's debt, or the operator's reserve (neither). */
    campaignId: uuid().references(() => campaigns.id),
    funderId: uuid(),
    organisationId: uuid().references(() => organisations.id),
    decidedBy: uuid().references(() => people.id),
    decidedOn: day(),
  },
  (table) => [
    unique('the_bank_tells_a_receipt_once').on(table.payingAccountId, table.bankReference),
    positive('a_receipt_is_positive', table.amountCents),
  ],
)

/** What each line of a file led to: nothing a bank says is lost. `open` waits for a person. */
export const bankLines = pgTable(
  'bank_lines',
  {
    fileId: uuid()
      .notNull()
      .references(() => bankFiles.id),
    position: integer().notNull(),
    payingAccountId: uuid().references(() => payingAccounts.id),
    bankReference: text().notNull(),
    direction: bankDirection(),
    amountCents: wideCents(),
    happenedOn: day(),
    reference: text(),
    status: text().notNull(),
    counterparty: text(),
    remittance: text(),
    outcome: bankLineOutcome().notNull(),
    why: text().notNull(),
    payoutId: uuid().references(() => payouts.id),
    receiptId: uuid().references(() => receipts.id),
    settledBy: uuid().references(() => people.id),
    settledOn: day(),
    settlement: text(),
  },
  (table) => [
    primaryKey({ columns: [table.fileId, table.position] }),
    index('bank_lines_by_reference').on(table.payingAccountId, table.bankReference),
    check(
      'a_settled_line_says_how',
      sql`(${table.settledOn} is null) = (${table.settlement} is null) and (${table.settledOn} is null or ${table.outcome} = 'open')`,
    ),
  ],
)

/** What an account holds at the end of a day, by the bank, and what the ledger held when this was imported. */
export const bankBalances = pgTable(
  'bank_balances',
  {
    fileId: uuid()
      .notNull()
      .references(() => bankFiles.id),
    payingAccountId: uuid()
      .notNull()
      .references(() => payingAccounts.id),
    endsOn: day().notNull(),
    balanceCents: wideCents().notNull(),
    ledgerCents: wideCents().notNull(),
    /** Ordered to the bank and posted, but on no statement yet. */
    onTheWayCents: wideCents().notNull(),
  },
  (table) => [primaryKey({ columns: [table.fileId, table.payingAccountId] })],
)

/** Money that leaves or changes pools by a decision: one person proposes, another one approves. */
export const moneyOrders = pgTable(
  'money_orders',
  {
    id: randomId(),
    kind: moneyOrderKind().notNull(),
    state: moneyOrderState().notNull().default('proposed'),
    reference: text().notNull().unique(),
    amountCents: wideCents().notNull(),
    voucherCount: integer(),
    payingAccountId: uuid()
      .notNull()
      .references(() => payingAccounts.id),
    campaignId: uuid().references(() => campaigns.id),
    funderId: uuid(),
    organisationId: uuid().references(() => organisations.id),
    toCampaignId: uuid().references(() => campaigns.id),
    receiptId: uuid().references(() => receipts.id),
    source: fundSource(),
    reason: text().notNull(),
    proposedBy: uuid()
      .notNull()
      .references(() => people.id),
    proposedOn: day().notNull(),
    decidedBy: uuid().references(() => people.id),
    decidedOn: day(),
    /** When the bank debited it: until then it is on the way. */
    bookedOn: day(),
  },
  (table) => [
    positive('an_order_is_positive', table.amountCents),
    check('two_people_move_money', sql`${table.decidedBy} <> ${table.proposedBy}`),
    check('an_approved_order_has_an_approver', sql`${table.state} <> 'approved' or ${table.decidedBy} is not null`),
  ],
)

/** Nothing is paid to an organisation while somebody has a reason, and never longer than until the day that is told. */
export const payoutHolds = pgTable(
  'payout_holds',
  {
    id: randomId(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    reason: text().notNull(),
    openedBy: uuid()
      .notNull()
      .references(() => people.id),
    openedOn: day().notNull(),
    until: day().notNull(),
    liftedBy: uuid().references(() => people.id),
    liftedOn: day(),
  },
  (table) => [check('a_hold_ends', sql`${table.until} >= ${table.openedOn}`)],
)

/** Each hourly check of the money, as it came out. */
export const invariantRuns = pgTable('invariant_runs', {
  ranAt: timestamp({ withTimezone: true }).primaryKey(),
  brokenChecks: text().array().notNull(),
  checkCount: integer().notNull(),
})
