import { accent, bottom, type Doc, ink, left, line, makePaper, printable, right, soft, top } from '../books/pdf/a4.ts'
import type { Formats } from '../shared/formats.ts'
import type { Translate } from '../shared/messages.ts'
import { maskedIban } from '../venues/bank-account.ts'
import type { StatementPaper } from './read-statement-paper.ts'
import { netCents } from './statement.ts'

type Parts = StatementPaper & { t: Translate; formats: Formats }
type Columns = readonly { x: number; width: number; isRight?: boolean }[]

const columns: Columns = [
  { x: left, width: 195 },
  { x: left + 205, width: 140 },
  { x: left + 350, width: 60, isRight: true },
  { x: left + 415, width: 78, isRight: true },
]

/** Numbered once it is frozen. */
export const statementFileName = ({ number }: StatementPaper['statement']): string =>
  `bordereau-${number ?? 'en-cours'}.pdf`

/** The statement on A4. The same statement gives the same bytes: its date is the day it was frozen, never the clock's. */
export function makeStatementPdf(parts: Parts): Promise<Uint8Array> {
  const { t, formats, statement } = parts
  const title = `${t('statement.number', { number: statement.number ?? 0 })}, ${formats.month(statement.month)}`
  return makePaper(title, statement.frozenOn ?? statement.month, (doc) => drawStatement(doc, title, parts))
}

function drawStatement(doc: Doc, title: string, { t, formats, statement, organisation, account }: Parts): void {
  heading(doc, [title, t('statement.payable_on', { day: formats.day(statement.payableOn) })])
  payee(doc, [
    organisation.legalName,
    ...(organisation.siret ? [`${t('statement.siret')} ${organisation.siret}`] : []),
    ...(account ? [`${account.holderName}, ${maskedIban(account.iban)}`] : []),
  ])
  row(doc, [t('statement.venue'), t('statement.campaign'), t('statement.vouchers'), t('statement.amount')], {
    isHead: true,
  })
  for (const { venue, campaign, voucherCount, amountCents } of statement.lines)
    row(doc, [venue, campaign, formats.number(voucherCount), formats.euros(amountCents)])
  row(doc, [t('statement.total'), '', formats.number(statement.voucherCount), formats.euros(statement.totalCents)], {
    isBold: true,
  })
  for (const { venue, decidedOn, voucherCount, amountCents } of statement.adjustments)
    row(doc, [
      `${t('statement.adjusted')}, ${venue}`,
      formats.day(decidedOn),
      formats.number(voucherCount),
      `−${formats.euros(amountCents)}`,
    ])
  if (statement.nettedCents > 0) row(doc, [t('statement.netted'), '', '', `−${formats.euros(statement.nettedCents)}`])
  row(doc, [t('statement.net'), '', '', formats.euros(netCents(statement))], { isBold: true })
  doc.moveDown(1).font('text').fontSize(9).fillColor(soft)
  doc.text(printable(`${t('statement.no_fee')} ${t('statement.lines.says')}`), left, doc.y, { width: right - left })
}

function heading(doc: Doc, [title, under]: [string, string]): void {
  doc.font('bold').fontSize(11).fillColor(accent).text('Carnet', left, top)
  doc.moveDown(1).font('bold').fontSize(20).fillColor(ink).text(printable(title))
  doc.font('text').fontSize(10).fillColor(soft).text(printable(under)).moveDown(1.5)
}

function payee(doc: Doc, [name = '', ...rest]: readonly string[]): void {
  doc.font('bold').fontSize(11).fillColor(ink).text(printable(name))
  for (const text of rest) doc.font('text').fontSize(10).text(printable(text))
  doc.moveDown(1.5)
}

function row(doc: Doc, cells: readonly string[], { isHead = false, isBold = false } = {}): void {
  doc.font(isHead || isBold ? 'bold' : 'text').fontSize(isHead ? 9 : 10)
  const texts = cells.map(printable)
  const height = Math.max(...columns.map(({ width }, at) => doc.heightOfString(texts[at] ?? '', { width })))
  if (doc.y + height + 12 > bottom) doc.addPage()
  const top = doc.y + 5
  doc.fillColor(isHead ? soft : ink)
  for (const [at, { x, width, isRight }] of columns.entries())
    doc.text(texts[at] ?? '', x, top, { width, align: isRight ? 'right' : 'left' })
  const under = top + height + 5
  doc
    .moveTo(left, under)
    .lineTo(right, under)
    .lineWidth(isHead || isBold ? 1 : 0.5)
    .strokeColor(line)
    .stroke()
  doc.x = left
  doc.y = under
}
