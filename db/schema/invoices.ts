import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, integer, pgEnum, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts.ts'
import { fundingCalls } from './bank.ts'
import { campaignFunders, payingAccounts } from './campaigns.ts'
import { day, positive, randomId, wideCents } from './columns.ts'

export const invoiceKind = pgEnum('invoice_kind', ['invoice', 'credit_note'])

/** Who invoices for the money on a paying account, and whose books its journal goes to. */
export const accountHolders = pgTable('account_holders', {
  payingAccountId: uuid()
    .primaryKey()
    .references(() => payingAccounts.id),
  siret: text().notNull(),
  address: text().notNull(),
  /** What the holder's accountant wants said of VAT. Nothing computes any. */
  vatMention: text().notNull(),
  describedBy: uuid()
    .notNull()
    .references(() => people.id),
  describedOn: day().notNull(),
})

/**
 * Invoices for funding calls, and credit notes on them: only added to. Numbers follow each other per holder, kind and year
 * (trigger `invoice_numbers_have_no_gap`). Names are what they were on the day.
 */
export const invoices = pgTable(
  'invoices',
  {
    id: randomId(),
    kind: invoiceKind().notNull(),
    payingAccountId: uuid()
      .notNull()
      .references(() => payingAccounts.id),
    year: integer().notNull(),
    number: integer().notNull(),
    campaignId: uuid().notNull(),
    funderId: uuid().notNull(),
    fundingCallId: uuid()
      .unique()
      .references(() => fundingCalls.id),
    creditedId: uuid(),
    amountCents: wideCents().notNull(),
    /** Of the amount, what the operator asks for its own work: never out of the vouchers’ money. */
    feeCents: wideCents().notNull().default(sql`0`),
    subject: text().notNull(),
    issuerName: text().notNull(),
    issuerSiret: text().notNull(),
    issuerAddress: text().notNull(),
    vatMention: text().notNull(),
    customerName: text().notNull(),
    customerSiret: text(),
    serviceCode: text(),
    commitmentNumber: text(),
    /** For vouchers that expired: made by itself, or by somebody who says so; everything else is somebody’s. */
    isForExpiry: boolean().notNull().default(false),
    issuedBy: uuid().references(() => people.id),
    issuedOn: day().notNull(),
  },
  (table) => [
    check('only_expiry_is_credited_by_itself', sql`${table.isForExpiry} or ${table.issuedBy} is not null`),
    unique('an_invoice_number_is_used_once').on(table.payingAccountId, table.kind, table.year, table.number),
    positive('an_invoice_is_positive', table.amountCents),
    check('a_fee_is_a_part_of_the_amount', sql`${table.feeCents} >= 0 and ${table.feeCents} <= ${table.amountCents}`),
    check(
      'an_invoice_answers_a_call_and_a_credit_note_an_invoice',
      sql`(${table.kind} = 'invoice') = (${table.fundingCallId} is not null) and (${table.kind} = 'invoice') = (${table.creditedId} is null)`,
    ),
    foreignKey({ name: 'a_credit_note_credits_an_invoice', columns: [table.creditedId], foreignColumns: [table.id] }),
    foreignKey({
      name: 'only_a_funder_of_the_campaign_is_invoiced',
      columns: [table.campaignId, table.funderId],
      foreignColumns: [campaignFunders.campaignId, campaignFunders.funderId],
    }),
  ],
)
