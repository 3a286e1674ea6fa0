/** What goes with a book: where it can be used near here. Large letters, and the same words for everybody. */
import { translate } from '../../shared/messages.ts'
import type { PaidBy } from './draw-paid-by.ts'
import { drawSymbol } from './draw-symbol.ts'
import { accent, type Doc, drawPicture, fitted, linesOf, softInk, widthOf, write, writeLines } from './paper.ts'
import { drawPictogram } from './pictograms.ts'
import type { QrSymbol } from './qr-symbol.ts'

export type LetterVenue = { name: string; address: string; telephone: string; kilometres: number | undefined }
export type LetterFace = {
  place: string
  venues: readonly LetterVenue[]
  until: string
  funders: readonly PaidBy[]
  schemeLogo: Uint8Array | null
  address: string
}

export const mostVenues = 7
const t = translate('fr')
const left = 16
const right = 194
const width = right - left
const firstRow = 92
const rowHeight = 20.5

export function drawLetter(doc: Doc, face: LetterFace, addressSymbol: QrSymbol): void {
  drawPictogram(doc, 'book', left - 1, 11.6, 9)
  write(doc, t('paper.name'), { x: left + 10, y: 18, size: 15, font: 'bold' })
  if (face.schemeLogo) drawPicture(doc, face.schemeLogo, { x: right - 42, y: 9, width: 42, height: 14 })
  writeLines(doc, t('letter.title').split('|'), { x: left, y: 39, size: 28, font: 'bold' }, 1.1)
  const intro = { width, height: 16, sizes: [15, 14], leading: 1.25, font: 'plain' } as const
  const { size, lines } = fitted(doc, t('letter.how'), intro)
  writeLines(doc, lines, { x: left, y: 64, size }, intro.leading)
  write(doc, t('letter.near', { place: face.place }), { x: left, y: 84, size: 18, font: 'bold' })
  if (face.venues.length === 0) writeLines(doc, linesOf(doc, t('letter.none'), width, 15), { x: left, y: 98, size: 15 })
  for (const [at, venue] of face.venues.entries()) drawVenue(doc, venue, firstRow + at * rowHeight)
  drawFoot(doc, face, addressSymbol)
}

function drawVenue(doc: Doc, { name, address, telephone, kilometres }: LetterVenue, y: number): void {
  const phoneWidth = telephone === '' ? 0 : widthOf(doc, telephone, 18, 'bold') + 6
  const box = { width: width - phoneWidth, height: 7, sizes: [16, 15, 14, 13], leading: 1.1, font: 'bold' } as const
  const { size, lines } = fitted(doc, name, box)
  write(doc, shortened(doc, lines, size, box.width), { x: left, y: y + 6.4, size, font: 'bold' })
  if (telephone !== '') write(doc, telephone, { x: right, y: y + 9.4, size: 18, font: 'bold', align: 'right' })
  const where = [address, kilometres === undefined ? '' : distance(kilometres)].filter(Boolean).join(' · ')
  const [line = ''] = linesOf(doc, where, box.width, 13)
  write(doc, line === where ? where : `${line}…`, { x: left, y: y + 13, size: 13 })
  doc
    .lineWidth(0.25)
    .moveTo(left, y + 17.4)
    .lineTo(right, y + 17.4)
    .stroke('#888888')
}

/** The whole name, or as many words as there is room for. */
function shortened(doc: Doc, lines: readonly string[], size: number, room: number): string {
  const words = lines.join(' ').split(' ')
  while (words.length > 1 && widthOf(doc, `${words.join(' ')}…`, size, 'bold') > room) words.pop()
  const kept = words.join(' ')
  return kept === lines.join(' ') ? kept : `${kept}…`
}

function distance(kilometres: number): string {
  const whole = Math.round(kilometres)
  return whole < 1 ? t('letter.here') : t('letter.away', { count: whole })
}

function drawFoot(doc: Doc, face: LetterFace, addressSymbol: QrSymbol): void {
  const y = 240
  doc.lineWidth(0.7).roundedRect(left, y, width, 34, 3).stroke('#000000')
  drawSymbol(doc, addressSymbol, left + 5, y + 5, 24)
  write(doc, t('letter.more'), { x: left + 36, y: y + 10, size: 15, font: 'bold' })
  write(doc, t('letter.more_how'), { x: left + 36, y: y + 17, size: 13 })
  write(doc, face.address.replace(/^https?:\/\//, ''), {
    x: left + 36,
    y: y + 23.6,
    size: 14,
    font: 'bold',
    colour: accent,
  })
  write(doc, t('letter.until', { day: face.until }), { x: left + 36, y: y + 30, size: 13 })
  if (face.funders.length > 0) {
    const names = t('letter.paid_by', { names: face.funders.map(({ name }) => name).join(', ') })
    writeLines(doc, linesOf(doc, names, width, 10).slice(0, 1), { x: left, y: 281, size: 10, colour: softInk })
  }
  write(doc, t('letter.same'), { x: left, y: 286, size: 10, colour: softInk })
}
