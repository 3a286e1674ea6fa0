import { amount, note } from '../../accounting/paper.ts'
import { ink, makePaper, printable, soft } from '../../books/pdf/a4.ts'
import { type WorkbookCell, writeWorkbook } from '../../shared/workbook.ts'
import { type Report, type ReportProps, reportOf } from './report-content.ts'

/** The report of a campaign on A4. The figures of one evening give the same bytes. */
export async function makeReportPdf(props: ReportProps): Promise<Uint8Array> {
  const { t, formats, facts } = props
  const report = reportOf(props)
  return makePaper(report.title, facts.on, (doc) => {
    doc.font('bold').fontSize(20).text(printable(report.title))
    doc.font('text').fontSize(10).fillColor(soft).text(printable(report.asOf)).moveDown(1)
    for (const { title, says, lines, note: told } of report.parts) {
      if (doc.y > 640) doc.addPage()
      doc.font('bold').fontSize(13).fillColor(ink).text(printable(title)).moveDown(0.3)
      if (says) doc.font('text').fontSize(9).fillColor(soft).text(printable(says)).moveDown(0.3)
      if (told) note(doc, `${told.body} (${told.by})`)
      for (const { name, value, of, on } of lines)
        amount(doc, [`${name} (${formats.day(on)})`, of].filter(Boolean).join(', '), value)
      doc.moveDown(1.5)
    }
    if (!report.note) note(doc, t('rate.no_note'))
    doc.addPage()
    doc
      .font('bold')
      .fontSize(13)
      .fillColor(ink)
      .text(printable(t('nav.method')))
    for (const { name, formula, limits } of report.definitions) note(doc, `${name}. ${formula} ${limits}`)
  })
}

/** The same as rows: each figure with its day; the definitions follow. */
export function makeReportWorkbook(props: ReportProps): Uint8Array<ArrayBuffer> {
  const { t } = props
  const report = reportOf(props)
  const heads = ['report.part', 'method.figure', 'report.value', 'report.shown', 'report.of', 'report.day'] as const
  const rows: WorkbookCell[][] = report.parts.flatMap(({ title, lines }) =>
    lines.map(({ name, raw, value, of, on }) => [title, name, raw ?? '', value, of, on]),
  )
  return writeWorkbook(t('report.title'), [
    heads.map((key) => t(key)),
    ...rows,
    ...notesOf(report, t('funder.usage'), t('rate.no_note')),
    ...report.definitions.map(({ name, formula, limits }) => [
      t('nav.method'),
      name,
      '',
      `${formula} ${limits}`,
      '',
      '',
    ]),
  ])
}

const notesOf = ({ note, asOf }: Report, title: string, none: string): WorkbookCell[][] => [
  [title, '', '', asOf, '', ''],
  [title, '', '', note?.body ?? none, note?.by ?? '', ''],
]
