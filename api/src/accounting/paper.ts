import { bottom, type Doc, ink, left, line, printable, right, soft } from '../books/pdf/a4.ts'

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
