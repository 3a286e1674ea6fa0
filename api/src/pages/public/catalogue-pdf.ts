import {
  accent,
  bottom,
  type Doc,
  ink,
  left,
  line,
  makePaper,
  printable,
  right,
  soft,
  top,
} from '../../books/pdf/a4.ts'
import type { Catalogue } from '../../catalogue/read-catalogue.ts'
import type { Formats } from '../../shared/formats.ts'
import type { Translate } from '../../shared/messages.ts'
import { licence } from '../../statistics/read-releases.ts'

type Parts = {
  t: Translate
  formats: Formats
  locale: string
  catalogue: Pick<Catalogue, 'version' | 'themes' | 'services'>
}
type Service = Catalogue['services'][number]

const textAt = left + 36
const width = right - textAt

/** The services of a version on A4, by theme, to be pinned up or handed over. The same version gives the same bytes. */
export function makeCataloguePdf(parts: Parts): Promise<Uint8Array> {
  const { t, locale, catalogue } = parts
  const { publishedFrom, createdOn } = catalogue.version
  const options = { bufferPages: true, tagged: true, lang: locale, displayTitle: true }
  return makePaper(t('catalogue.title'), publishedFrom ?? createdOn, (doc) => drawCatalogue(doc, parts), options)
}

function drawCatalogue(doc: Doc, { t, formats, catalogue }: Parts): void {
  const { version, themes, services } = catalogue
  const offered = services.filter(({ retiredOn }) => retiredOn === null)

  heading(doc, t('catalogue.title'), [
    t('catalogue.pdf.lede'),
    [
      `${formats.number(offered.length)} ${t('catalogue.facts.services')}`,
      t('catalogue.facts.version', {
        number: version.number,
        day: formats.day(version.publishedFrom ?? version.createdOn),
      }),
      licence.name,
    ].join(' · '),
  ])
  for (const { code, title } of themes) {
    const own = offered.filter(({ themeCode }) => themeCode === code)
    if (own.length === 0) continue
    theme(doc, `${code}. ${title}`)
    for (const service of own) entry(doc, service, [t(`level.${service.level}`), minutes(t, service)].join(' · '))
  }
  numberPages(doc, t)
}

const minutes = (t: Translate, { durationMinutes }: Service) => t('catalogue.minutes', { minutes: durationMinutes })

function heading(doc: Doc, title: string, under: readonly string[]): void {
  const head = doc.struct('Div')
  doc.addStructure(head)
  head.add(doc.struct('P', {}, () => doc.font('bold').fontSize(11).fillColor(accent).text('Carnet', left, top)))
  head.add(
    doc.struct('H1', {}, () => doc.moveDown(0.6).font('bold').fontSize(20).fillColor(ink).text(printable(title))),
  )
  for (const text of under)
    head.add(doc.struct('P', {}, () => doc.font('text').fontSize(10).fillColor(soft).text(printable(text))))
  head.end()
}

/** Never alone at the foot of a page. */
function theme(doc: Doc, title: string): void {
  if (doc.y + 90 > bottom) doc.addPage()
  const mark = doc.struct('H2', {}, () => {
    doc.moveDown(1.2).font('bold').fontSize(13).fillColor(accent).text(printable(title), left, doc.y)
  })
  doc.addStructure(mark)
  mark.end()
  const under = doc.y + 2
  doc.markContent('Artifact', { type: 'Layout' })
  doc.moveTo(left, under).lineTo(right, under).lineWidth(0.7).strokeColor(line).stroke()
  doc.endMarkedContent()
  doc.y = under + 6
}

function entry(doc: Doc, { code, title, description }: Service, facts: string): void {
  doc.font('bold').fontSize(10)
  const name = printable(title)
  const height = doc.heightOfString(name, { width }) + 26
  if (doc.y + height > bottom) doc.addPage()
  const at = doc.y
  const mark = doc.struct('P', {}, () => {
    doc
      .font('code')
      .fontSize(9)
      .fillColor(soft)
      .text(code, left, at + 1)
    doc.font('bold').fontSize(10).fillColor(ink).text(name, textAt, at, { width })
    doc.font('text').fontSize(9).fillColor(ink).text(printable(description), { width })
    doc.fontSize(8.5).fillColor(soft).text(printable(facts), { width })
  })
  doc.addStructure(mark)
  mark.end()
  doc.y += 5
}

function numberPages(doc: Doc, t: Translate): void {
  const { start, count } = doc.bufferedPageRange()
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page)
    // Below the margin pdfkit would start a page of its own.
    doc.page.margins.bottom = 0
    doc.markContent('Artifact', { type: 'Pagination' })
    const says = t('catalogue.pdf.page', { page: page + 1, pages: count })
    doc
      .font('text')
      .fontSize(8.5)
      .fillColor(soft)
      .text(says, left, 806, { width: right - left, align: 'right' })
    doc.endMarkedContent()
  }
}
