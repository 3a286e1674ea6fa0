import { makePaper, printable, soft } from '../books/pdf/a4.ts'
import type { Formats } from '../shared/formats.ts'
import type { Translate } from '../shared/messages.ts'
import { spacedIban } from '../venues/bank-account.ts'
import { invoiceNumber, vouchersCents } from './invoice.ts'
import { amount, note, party } from './paper.ts'
import type { InvoiceRead } from './read-invoice.ts'

type Parts = InvoiceRead & { t: Translate; formats: Formats }

/** The invoice or credit note on A4. The same one gives the same bytes. */
export async function makeInvoicePdf({ t, formats, invoice, credited, payment }: Parts): Promise<Uint8Array> {
  const title = `${t(`invoice.kind.${invoice.kind}`)} ${invoiceNumber(invoice)}`
  return makePaper(title, invoice.issuedOn, (doc) => {
    const { issuerName, issuerAddress, issuerSiret, customerName, customerSiret, feeCents } = invoice
    party(doc, issuerName, [issuerAddress, `${t('invoice.siret')} ${issuerSiret}`])
    doc.font('bold').fontSize(20).text(printable(title))
    doc.font('text').fontSize(10).fillColor(soft)
    doc.text(printable(t('invoice.issued_on', { day: formats.day(invoice.issuedOn) })))
    if (credited) doc.text(printable(t('invoice.credits', { number: invoiceNumber(credited) })))
    doc.moveDown(1.5)
    party(doc, customerName, [
      ...(customerSiret ? [`${t('invoice.siret')} ${customerSiret}`] : []),
      ...(invoice.serviceCode ? [`${t('invoice.service_code')} ${invoice.serviceCode}`] : []),
      ...(invoice.commitmentNumber ? [`${t('invoice.commitment')} ${invoice.commitmentNumber}`] : []),
    ])
    if (vouchersCents(invoice) > 0) amount(doc, invoice.subject, formats.euros(vouchersCents(invoice)))
    if (feeCents > 0) amount(doc, t('invoice.fee'), formats.euros(feeCents))
    amount(doc, t('invoice.total'), formats.euros(invoice.amountCents), { isBold: true })
    note(doc, invoice.vatMention)
    if (!payment) return
    note(doc, t(feeCents > 0 ? 'invoice.fee.apart' : 'invoice.no_fee'))
    const { iban, bic, holderName, reference, dueOn } = payment
    const asked = { amount: formats.euros(vouchersCents(invoice)), day: formats.day(dueOn), reference }
    note(doc, t('invoice.pay', { ...asked, holder: holderName, iban: spacedIban(iban), bic }))
    note(doc, t('invoice.late'))
  })
}
