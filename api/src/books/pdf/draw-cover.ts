import { translate } from '../../shared/messages.ts'
import { drawLogosAndNames, type PaidBy } from './draw-paid-by.ts'
import { drawBarcode, drawSymbol } from './draw-symbol.ts'
import { accent, type Doc, drawPicture, fitted, linesOf, softInk, wash, widthOf, write, writeLines } from './paper.ts'
import { drawPictogram, type PictogramName } from './pictograms.ts'
import type { QrSymbol } from './qr-symbol.ts'

export type CoverFace = {
  campaignName: string
  bookSize: number
  faceValueEuros: number
  until: string
  funders: readonly PaidBy[]
  /** Of who runs the scheme. */
  schemeLogo: Uint8Array | null
  /** A sentence of the campaign's own. */
  text: string | null
  /** The public map of venues: the same on every cover, so that no web log follows a person. */
  address: string
  addressSymbol: QrSymbol
}

export const coverSheet = { width: 297, height: 210 }
const t = translate('fr')
const half = coverSheet.width / 2
const margin = 12
const inside = half - 2 * margin

/** A4 across, folded once: the right half is the front. */
export function drawCoverFace(doc: Doc, face: CoverFace): void {
  doc.lineWidth(0.25).moveTo(half, 0).lineTo(half, 5).moveTo(half, 205).lineTo(half, 210)
  doc.dash(1, { space: 1 }).stroke('#555555').undash()
  drawFront(doc, face, half + margin)
  drawBack(doc, face, margin)
}

/** The one thing that differs from cover to cover: its number, for who reads and for who scans. */
export function drawCoverNumber(doc: Doc, { text, digits }: { text: string; digits: string }): void {
  write(doc, text, { x: margin, y: 189.2, size: 17, font: 'code' })
  drawBarcode(doc, digits, margin, 191.8, 38, 7.6)
}

function drawFront(doc: Doc, face: CoverFace, x: number): void {
  drawPictogram(doc, 'book', x - 1.2, 10.4, 8)
  write(doc, t('paper.name'), { x: x + 9, y: 16.2, size: 13, font: 'bold' })
  if (face.schemeLogo) drawPicture(doc, face.schemeLogo, { x: x + inside - 40, y: 9, width: 40, height: 13 })
  writeLines(doc, t('paper.title').split('|'), { x, y: 33, size: 27, font: 'bold' }, 1.08)
  drawWorth(doc, face, x)
  drawSteps(doc, x)
  const lower = face.text ? 2.8 : 0
  if (face.text) drawText(doc, face.text, x)
  drawPictogram(doc, 'calendar', x, 154.6 + lower, 10)
  write(doc, t('paper.valid_until'), { x: x + 13, y: 158.6 + lower, size: 15 })
  write(doc, face.until, { x: x + 13, y: 166 + lower, size: 19, font: 'bold' })
  drawFunders(doc, face, x)
}

function drawWorth(doc: Doc, { bookSize, faceValueEuros }: CoverFace, x: number): void {
  const count = t('paper.vouchers', { count: bookSize })
  const split = x + Math.max(60, widthOf(doc, count, 31, 'bold') + 8.5)
  doc.lineWidth(0.7).roundedRect(x, 63.4, inside, 24, 3).stroke('#000000')
  doc.lineWidth(0.5).moveTo(split, 64).lineTo(split, 87).dash(1, { space: 0.8 }).stroke('#000000').undash()
  write(doc, count, { x: x + 4.4, y: 76.2, size: 31, font: 'bold' })
  write(doc, t('paper.in_this_book'), { x: x + 4.4, y: 82.6, size: 14 })
  write(doc, t('paper.worth', { euros: faceValueEuros }), { x: split + 4.4, y: 76.2, size: 31, font: 'bold' })
  write(doc, t('paper.each'), { x: split + 4.4, y: 82.6, size: 14 })
}

function drawSteps(doc: Doc, x: number): void {
  const steps = [
    { picture: 'place', says: t('paper.step1') },
    { picture: 'give', says: t('paper.step2') },
    { picture: 'together', says: t('paper.step3') },
  ] as const
  const gap = 4
  const width = (inside - 2 * gap) / 3
  for (const [at, { picture, says }] of steps.entries()) {
    const left = x + at * (width + gap)
    drawPictogram(doc, picture, left, 94.6, width)
    doc.circle(left + 3.5, 134.8, 3.5).fill('#000000')
    write(doc, String(at + 1), { x: left + 3.5, y: 136.5, size: 13, font: 'bold', colour: '#ffffff', align: 'centre' })
    writeLines(doc, says.split('|'), { x: left + 9, y: 136.5, size: 14, font: 'bold' }, 1.14)
  }
}

/** Between the steps and the date, as large as two lines allow. */
function drawText(doc: Doc, text: string, x: number): void {
  const box = { width: inside - 5, height: 9.6, sizes: [13, 12, 11, 10, 9], leading: 1.15, font: 'plain' } as const
  const { size, lines } = fitted(doc, text, box)
  doc.rect(x, 144.8, 1.2, 9.4).fill(accent)
  writeLines(doc, lines, { x: x + 4, y: lines.length > 1 ? 148.3 : 150.9, size }, box.leading)
}

const nameSizes = [17, 15, 13.5, 12, 11, 10, 9, 8]

/** A box for each of three; more share one. Logos with names below them, or names as large as all their boxes allow. */
function drawFunders(doc: Doc, { funders, campaignName }: CoverFace, x: number): void {
  write(doc, t('paper.paid_by'), { x, y: 179.5, size: 10 })
  const shown = funders.length > 3 ? [funders] : funders.map((funder) => [funder])
  const gap = 3
  const width = (inside - (shown.length - 1) * gap) / shown.length
  const box = { width: width - 5, height: 13, sizes: nameSizes, leading: 1.15, font: 'bold' } as const
  const namesOf = (some: readonly PaidBy[]) => some.map(({ name }) => name).join(', ')
  const size = Math.min(...shown.map((some) => fitted(doc, namesOf(some), box).size))
  for (const [at, some] of shown.entries()) {
    const left = x + at * (width + gap)
    doc.lineWidth(0.3).roundedRect(left, 182, width, 15, 1.5).stroke('#666666')
    if (some.some(({ logo }) => logo)) {
      const inner = { x: left + 2, y: 183.2, width: width - 4, height: 12.9 }
      drawLogosAndNames(doc, some, { box: inner, namesHeight: some.length > 1 ? 5.8 : 3.6, sizes: [8, 7.4, 6.8, 6.2] })
      continue
    }
    const lines = linesOf(doc, namesOf(some), box.width, size, 'bold')
    const first = 182 + 7.5 + size * 0.12 - ((lines.length - 1) * size * 0.406) / 2
    writeLines(
      doc,
      lines.slice(0, 3),
      { x: left + width / 2, y: first, size, font: 'bold', align: 'centre' },
      box.leading,
    )
  }
  const [campaign = ''] = linesOf(doc, t('paper.campaign', { name: campaignName }), inside, 9)
  write(doc, campaign, { x, y: 202, size: 9, colour: softInk })
}

function drawBack(doc: Doc, face: CoverFace, x: number): void {
  write(doc, t('paper.where'), { x, y: 17.4, size: 21, font: 'bold' })
  drawSymbol(doc, face.addressSymbol, x, 25, 34)
  const beside = x + 42
  const end = writeLines(
    doc,
    linesOf(doc, t('paper.where_how'), inside - 42, 14),
    { x: beside, y: 30, size: 14.5 },
    1.2,
  )
  write(doc, t('paper.where_address'), { x: beside, y: end + 7, size: 11 })
  const short = face.address.replace(/^https?:\/\//, '')
  const size = Math.min(11, (11 * (inside - 42)) / widthOf(doc, short, 11, 'bold'))
  write(doc, short, { x: beside, y: end + 11.8, size, font: 'bold' })

  drawUses(doc, x)
  drawHelp(doc, x)
  writeLines(doc, linesOf(doc, t('paper.promise'), inside, 10), { x, y: 164.6, size: 10 }, 1.25)
  doc
    .lineWidth(0.4)
    .moveTo(x, 177.6)
    .lineTo(x + inside, 177.6)
    .stroke('#000000')
  write(doc, t('paper.book_number'), { x, y: 182.4, size: 10.5, font: 'bold' })
  write(doc, t('paper.lost'), { x: x + 51, y: 182.4, size: 10.5, font: 'bold' })
  writeLines(doc, linesOf(doc, t('paper.lost_how'), inside - 51, 10.5), { x: x + 51, y: 187.2, size: 10.5 }, 1.22)
}

function drawUses(doc: Doc, x: number): void {
  const uses: readonly { picture: PictogramName; says: string }[] = [
    { picture: 'paperwork', says: t('paper.use_paperwork') },
    { picture: 'messages', says: t('paper.use_messages') },
    { picture: 'phone', says: t('paper.use_phone') },
    { picture: 'safety', says: t('paper.use_safety') },
  ]
  write(doc, t('paper.what_for'), { x, y: 77, size: 21, font: 'bold' })
  for (const [at, { picture, says }] of uses.entries()) {
    const left = x + (at % 2) * (inside / 2 + 1)
    const top = 82 + Math.floor(at / 2) * 19.5
    drawPictogram(doc, picture, left, top, 14)
    writeLines(doc, says.split('|'), { x: left + 17.5, y: top + 6.4, size: 12.5, font: 'bold' }, 1.15)
  }
  write(doc, t('paper.use_more'), { x, y: 124.4, size: 11.5 })
}

function drawHelp(doc: Doc, x: number): void {
  doc.lineWidth(0.7).roundedRect(x, 130.4, inside, 27, 3).fillAndStroke(wash, '#000000')
  drawPictogram(doc, 'talk', x + 4.5, 136.6, 15)
  write(doc, t('paper.help'), { x: x + 24, y: 139.6, size: 12 })
  writeLines(doc, t('paper.help_how').split('|'), { x: x + 24, y: 146.6, size: 15.5, font: 'bold' }, 1.18)
}
