import PDFDocument from 'pdfkit'
import { fontPaths } from '../books/pdf/paper.ts'
import type { Formats } from '../shared/formats.ts'
import type { Translate } from '../shared/messages.ts'
import { type Invoice, invoiceNumber } from './invoice.ts'

type Doc = PDFKit.PDFDocument
type Parts = { t: Translate; formats: Formats; invoice: Invoice; credited: Invoice | undefined }

const [left, right] = [51, 544]
const [ink, soft, line] = ['#1d2530', '#525c69', '#8a8375']
/** The typeface has no narrow no-break space. */
const printable = (text: string) => text.replaceAll('\u202f', '\u00a0').replaceAll('−', '–')

/** The invoice or credit note on A4. The same one gives the same bytes: its date is the day it was made. */
export async function makeInvoicePdf({ t, formats, invoice, credited }: Parts): Promise<Uint8Array> {
  const title = `${t(`invoice.kind.${invoice.kind}`)} ${invoiceNumber(invoice)}`
  const made = new Date(`${invoice.issuedOn}T00:00:00Z`)
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: 51, bottom: 40, left, right: left },
    info: { Title: printable(title), Producer: 'Carnet', Creator: 'Carnet', CreationDate: made, ModDate: made },
  })
  doc.registerFont('text', fontPaths.plain).registerFont('bold', fontPaths.bold)
  const pieces: Buffer[] = []
  doc.on('data', (piece: Buffer) => pieces.push(piece))
  const ended = new Promise<void>((resolve) => doc.on('end', () => resolve()))

  const { issuerName, issuerAddress, issuerSiret, customerName, customerSiret } = invoice
  party(doc, issuerName, [issuerAddress, `${t('invoice.siret')} ${issuerSiret}`])
  doc.font('bold').fontSize(20).fillColor(ink).text(printable(title))
  doc.font('text').fontSize(10).fillColor(soft)
  doc.text(printable(t('invoice.issued_on', { day: formats.day(invoice.issuedOn) })))
  if (credited) doc.text(printable(t('invoice.credits', { number: invoiceNumber(credited) })))
  doc.moveDown(1.5)
  party(doc, customerName, [
    ...(customerSiret ? [`${t('invoice.siret')} ${customerSiret}`] : []),
    ...(invoice.serviceCode ? [`${t('invoice.service_code')} ${invoice.serviceCode}`] : []),
    ...(invoice.commitmentNumber ? [`${t('invoice.commitment')} ${invoice.commitmentNumber}`] : []),
  ])
  amount(doc, invoice.subject, formats.euros(invoice.amountCents))
  doc.moveDown(1).font('text').fontSize(9).fillColor(soft).text(printable(invoice.vatMention), left, doc.y)

  doc.end()
  await ended
  return new Uint8Array(Buffer.concat(pieces))
}

function party(doc: Doc, name: string, rest: readonly string[]): void {
  doc.font('bold').fontSize(11).fillColor(ink).text(printable(name))
  for (const text of rest) doc.font('text').fontSize(10).text(printable(text))
  doc.moveDown(2)
}

function amount(doc: Doc, subject: string, euros: string): void {
  const top = doc.y
  doc.font('text').fontSize(10).fillColor(ink).text(printable(subject), left, top, { width: 370 })
  const under = doc.y + 6
  doc.font('bold').text(printable(euros), left + 380, top, { width: right - left - 380, align: 'right' })
  doc.moveTo(left, under).lineTo(right, under).lineWidth(0.5).strokeColor(line).stroke()
  doc.x = left
  doc.y = under
}
