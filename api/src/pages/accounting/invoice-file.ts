import { type Invoice, invoiceNumber } from '../../accounting/invoice.ts'
import type { PageProps } from '../page-props.tsx'

type Words = Pick<PageProps, 't' | 'formats'>

export const invoiceHeads = (t: PageProps['t']): string[] => [
  ...[t('accounting.number'), t('accounting.kind'), t('bank.day'), t('accounting.customer')],
  ...[t('accounting.customer.siret'), t('accounting.subject'), t('bank.amount'), t('invoice.fee')],
  ...[t('invoice.service_code'), t('invoice.commitment')],
]

/**
 * A line of the file of invoices: what the public platform for invoices asks for stands in columns of its own. No sign:
 * the second column says what gives back, and a cell that begins with one would be taken for a formula.
 */
export const invoiceCells = (invoice: Invoice, { t, formats }: Words): (string | null)[] => [
  ...[invoiceNumber(invoice), t(`invoice.kind.${invoice.kind}`), invoice.issuedOn, invoice.customerName],
  ...[invoice.customerSiret, invoice.subject, formats.plainEuros(invoice.amountCents)],
  ...[formats.plainEuros(invoice.feeCents), invoice.serviceCode, invoice.commitmentNumber],
]
