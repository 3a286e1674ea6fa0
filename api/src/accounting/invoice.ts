import type { funderKind, invoices } from '@carnet/db'
import { AppError } from '../shared/errors.ts'
import { type Cents, sumCents } from '../shared/money.ts'

export type Invoice = typeof invoices.$inferSelect
/** What it asks for vouchers: all but the operator's fee. */
export const vouchersCents = ({ amountCents, feeCents }: Pick<Invoice, 'amountCents' | 'feeCents'>): Cents =>
  (amountCents - feeCents) as Cents

/** What the public platform for invoices asks for, when the customer gave it. */
export type PlatformFields = { serviceCode: string | null; commitmentNumber: string | null }

export const totalOf = (invoices: readonly Pick<Invoice, 'amountCents'>[]): Cents =>
  sumCents(invoices.map(({ amountCents }) => amountCents))

/** `F2026-0007`, and `A2026-0002` for a credit note: each kind has a row of numbers of its own, for each holder and year. */
export const invoiceNumber = ({ kind, year, number }: Pick<Invoice, 'kind' | 'year' | 'number'>): string =>
  `${kind === 'invoice' ? 'F' : 'A'}${year}-${String(number).padStart(4, '0')}`

const withoutSiret: readonly (typeof funderKind.enumValues)[number][] = ['company', 'other']

/** A public body is invoiced by its SIRET. Throws `conflict` `funder_without_siret`. */
export function checkCustomer({ kind, siret }: { kind: (typeof funderKind.enumValues)[number]; siret: string | null }) {
  if (siret === null && !withoutSiret.includes(kind))
    throw new AppError('conflict', 'funder_without_siret', 'A public body is invoiced by its SIRET')
}

/** Throws `conflict` `not_an_invoice`, `credits_too_much` with what is left. */
export function checkCredit(invoice: Pick<Invoice, 'kind' | 'amountCents'>, creditedCents: Cents, amountCents: Cents) {
  if (invoice.kind !== 'invoice') throw new AppError('conflict', 'not_an_invoice', 'Only an invoice is credited')
  const left = invoice.amountCents - creditedCents
  if (amountCents > left)
    throw new AppError('conflict', 'credits_too_much', 'No more is credited than was invoiced', { left })
}
