import { sql } from 'drizzle-orm'
import { check, index, integer, pgEnum, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { campaigns, payingAccounts } from './campaigns.ts'
import { bytea, day, notNegative, positive, wideCents } from './columns.ts'
import { funders } from './funders.ts'
import { periods } from './periods.ts'
import { organisations } from './venues.ts'

/** Assets: bank, owes. All others are liabilities. */
export const accountKind = pgEnum('account_kind', [
  'bank',
  'owes',
  'available',
  'issued',
  'expired',
  'payable',
  'in_payment',
  'reserve',
  'suspense',
])

export const transferKind = pgEnum('transfer_kind', [
  'funding_received',
  'funding_unmatched',
  'suspense_matched',
  'suspense_refunded',
  'reserve_funded',
  'bank_fee',
  'box_activated',
  'box_revoked',
  'statement_frozen',
  'reversal_after_freezing',
  'netting',
  'netting_bank',
  'correction_after_sealing',
  'owes_repaid',
  'payout_created',
  'payout_booked',
  'payout_withdrawn',
  'payout_rejected',
  'payout_returned',
  'validity_ended',
  'expired_refunded',
  'expired_moved',
  'available_refunded',
  'available_moved',
  'paid_from_reserve',
])

/**
 * Balances can never be negative, so nothing is spent that is not there. They move by transfers alone (trigger
 * `balances_follow_transfers`). `bank` is kept per paying account and campaign, and once per paying account for the rest.
 */
export const ledgerAccounts = pgTable(
  'ledger_accounts',
  {
    /** Made of what the account is for (trigger). */
    id: uuid().primaryKey(),
    kind: accountKind().notNull(),
    payingAccountId: uuid()
      .notNull()
      .references(() => payingAccounts.id),
    campaignId: uuid().references(() => campaigns.id),
    funderId: uuid().references(() => funders.id),
    organisationId: uuid().references(() => organisations.id),
    balanceCents: wideCents().notNull().default(sql`0`),
  },
  (table) => [
    unique('an_account_exists_once')
      .on(table.kind, table.payingAccountId, table.campaignId, table.funderId, table.organisationId)
      .nullsNotDistinct(),
    notNegative('no_balance_is_negative', table.balanceCents),
    check(
      'an_account_has_the_dimensions_of_its_kind',
      sql`case
        when ${table.kind} in ('reserve', 'suspense') then ${table.campaignId} is null and ${table.funderId} is null and ${table.organisationId} is null
        when ${table.kind} = 'bank' then ${table.funderId} is null and ${table.organisationId} is null
        when ${table.kind} in ('available', 'issued', 'expired') then ${table.campaignId} is not null and ${table.funderId} is not null and ${table.organisationId} is null
        else ${table.campaignId} is not null and ${table.funderId} is null and ${table.organisationId} is not null end`,
    ),
  ],
)

/** One debit and one credit: an unbalanced entry cannot be written. Append-only by trigger. */
export const transfers = pgTable(
  'transfers',
  {
    id: uuid().primaryKey(),
    kind: transferKind().notNull(),
    debitId: uuid()
      .notNull()
      .references(() => ledgerAccounts.id),
    creditId: uuid()
      .notNull()
      .references(() => ledgerAccounts.id),
    amountCents: wideCents().notNull(),
    /** How many vouchers the amount stands for, when it stands for vouchers. */
    voucherCount: integer(),
    periodId: integer().references(() => periods.id),
    documentRef: text().notNull(),
    bodyHash: bytea().notNull(),
    postedOn: day().notNull(),
  },
  (table) => [
    positive('a_transfer_is_positive', table.amountCents),
    check('a_transfer_has_two_sides', sql`${table.debitId} <> ${table.creditId}`),
    positive('a_transfer_counts_vouchers', table.voucherCount),
    index('transfers_by_debit').on(table.debitId),
    index('transfers_by_credit').on(table.creditId),
    index('transfers_by_document').on(table.documentRef),
  ],
)
