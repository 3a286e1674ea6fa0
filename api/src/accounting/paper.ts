import PDFDocument from 'pdfkit'
import { fontPaths } from '../books/pdf/paper.ts'
import type { Day } from '../shared/days.ts'

export type Doc = PDFKit.PDFDocument

const [left, right, bottom] = [51, 544, 780]
export const [ink, soft] = ['#1d2530', '#525c69']
const line = '#8a8375'
/** The typeface has no narrow no-break space. */
export const printable = (text: string) => text.replaceAll('\u202f', '\u00a0').replaceAll('−', '–')

/** In fours, as it stands on bank cards and transfer forms. */
export const spacedIban = (iban: string) => iban.replace(/(.{4})(?=.)/g, '$1\u00a0')

/** A paper on A4, drawn by `draw`. The same drawing gives the same bytes: its date is `madeOn`, never the clock's. */
export async function makePaper(title: string, madeOn: Day, draw: (doc: Doc) => void): Promise<Uint8Array> {
  const made = new Date(`${madeOn}T00:00:00Z`)
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: 51, bottom: 40, left, right: left },
    info: { Title: printable(title), Producer: 'Carnet', Creator: 'Carnet', CreationDate: made, ModDate: made },
  })
  doc.registerFont('text', fontPaths.plain).registerFont('bold', fontPaths.bold)
  const pieces: Buffer[] = []
  doc.on('data', (piece: Buffer) => pieces.push(piece))
  const ended = new Promise<void>((resolve) => doc.on('end', () => resolve()))
  draw(doc)
  doc.end()
  await ended
  return new Uint8Array(Buffer.concat(pieces))
}

/** A name, and what identifies it below. */
export function party(doc: Doc, name: string, rest: readonly string[]): void {
  doc.font('bold').fontSize(11).fillColor(ink).text(printable(name))
  for (const text of rest) doc.font('text').fontSize(10).text(printable(text))
  doc.moveDown(2)
}

/** One line of a table: what, and how much, above a rule. */
export function amount(doc: Doc, what: string, euros: string, { isBold = false } = {}): void {
  doc.font(isBold ? 'bold' : 'text').fontSize(10)
  const height = doc.heightOfString(printable(what), { width: 370 })
  if (doc.y + height + 12 > bottom) doc.addPage()
  const top = doc.y + 5
  doc.fillColor(ink).text(printable(what), left, top, { width: 370 })
  doc.text(printable(euros), left + 380, top, { width: right - left - 380, align: 'right' })
  const under = top + height + 5
  doc
    .moveTo(left, under)
    .lineTo(right, under)
    .lineWidth(isBold ? 1 : 0.5)
    .strokeColor(line)
    .stroke()
  doc.x = left
  doc.y = under
}

export function note(doc: Doc, text: string): void {
  doc.moveDown(1).font('text').fontSize(9).fillColor(soft)
  doc.text(printable(text), left, doc.y, { width: right - left })
}
