import { type Translate, translate } from '../../shared/messages.ts'
import { drawLogosAndNames, type PaidBy } from './draw-paid-by.ts'
import { slot, stubWidth } from './draw-sheet.ts'
import { drawSymbol } from './draw-symbol.ts'
import { accent, type Doc, fitted, linesOf, softInk, widthOf, write, writeLines } from './paper.ts'
import { drawPictogram } from './pictograms.ts'
import type { QrSymbol } from './qr-symbol.ts'

export type VoucherFace = { faceValueEuros: number; until: string; funders: readonly PaidBy[] }
/** 24 mm of modules; the quiet zone around them is left white. */
const symbolSide = 24
const t: Translate = translate('fr')
const text = stubWidth + 4.4
const rightEdge = 92.4

/** What all vouchers of a run have in common. */
export function drawVoucherFace(doc: Doc, { faceValueEuros, until, funders }: VoucherFace): void {
  drawStub(doc)
  drawPictogram(doc, 'book', text - 0.4, 3.4, 4.4)
  write(doc, t('paper.voucher'), { x: text + 5.2, y: 6.7, size: 8, font: 'bold' })
  write(doc, t('paper.worth', { euros: faceValueEuros }), { x: text, y: 17.8, size: 31, font: 'bold', colour: accent })
  drawPictogram(doc, 'together', 46.5, 5.2, 17)
  writeLines(
    doc,
    linesOf(doc, t('paper.one_voucher'), 54, 10.5, 'bold'),
    { x: text, y: 23.6, size: 10.5, font: 'bold' },
    1.13,
  )
  drawUntil(doc, until)
  drawFunders(doc, funders)
  drawLegal(doc, t('paper.legal'))
}

/** In one line that ends before the symbol's quiet zone. */
function drawUntil(doc: Doc, until: string): void {
  const start = `${t('paper.valid_until')} `
  const widthAt = (size: number) => widthOf(doc, start, size) + widthOf(doc, until, size, 'bold')
  const size = Math.min(9.2, (9.2 * (64.4 - text)) / widthAt(9.2))
  write(doc, start, { x: text, y: 32.6, size })
  write(doc, until, { x: text + widthOf(doc, start, size), y: 32.6, size, font: 'bold' })
}

/** The two things that differ from one voucher to the next. `x` and `y` are the corner of its slot. */
export function drawVoucherCode(doc: Doc, symbol: QrSymbol, typed: string, x: number, y: number): void {
  drawSymbol(doc, symbol, x + 67.4, y + 4.6, symbolSide)
  write(doc, typed, { x: x + text, y: y + 41.4, size: 14.8, font: 'code' })
}

export function drawTrainingFace(doc: Doc): void {
  drawStub(doc)
  drawHatchedFrame(doc)
  drawPictogram(doc, 'book', text + 0.2, 4.4, 4.4)
  write(doc, t('paper.training'), { x: text + 0.6, y: 16.8, size: 19, font: 'bold' })
  write(doc, t('paper.training_use'), { x: text + 0.6, y: 23.6, size: 10.5, font: 'bold' })
  write(doc, t('paper.training_worth'), { x: text + 0.6, y: 28.4, size: 9.2 })
  drawLegal(doc, t('paper.training_legal'), 1)
}

export function drawTrainingCode(
  doc: Doc,
  symbol: QrSymbol,
  typed: string,
  letter: string,
  x: number,
  y: number,
): void {
  drawSymbol(doc, symbol, x + 66.2, y + 5.6, symbolSide)
  write(doc, t('paper.training_name', { letter }), { x: x + text + 5.8, y: y + 7.7, size: 8, font: 'bold' })
  write(doc, typed, { x: x + text + 0.6, y: y + 40.6, size: 14.5, font: 'code' })
}

function drawStub(doc: Doc): void {
  doc.lineWidth(0.35).moveTo(stubWidth, 0).lineTo(stubWidth, slot.height)
  doc.dash(1, { space: 0.8 }).stroke('#444444').undash()
  doc.lineWidth(0.3).moveTo(4.4, 6).lineTo(4.4, 12).moveTo(4.4, 42).lineTo(4.4, 48).stroke('#999999')
  doc
    .save()
    .translate(5.1, slot.height / 2)
    .rotate(-90)
  write(doc, t('paper.stub'), { x: 0, y: 0, size: 6.5, colour: softInk, align: 'centre' })
  doc.restore()
}

/**
 * Below the symbol's quiet zone, right of the typed code: logos and small names, or names as large as fits, four lines, and three
 * dots when they are not enough.
 */
function drawFunders(doc: Doc, funders: readonly PaidBy[]): void {
  if (funders.some(({ logo }) => logo)) {
    const box = { x: rightEdge - 21, y: 31.5, width: 21, height: 12.1 }
    drawLogosAndNames(doc, funders, { box, namesHeight: 7, sizes: [5.6, 5.2, 4.8, 4.4] })
    return
  }
  const writing = { x: rightEdge, colour: softInk, align: 'right' } as const
  const box = { width: 21.4, height: 8.6, sizes: [8, 7.2, 6.5, 5.8, 5.1], leading: 1.17, font: 'bold' } as const
  const { size, lines: all } = fitted(doc, funders.map(({ name }) => name).join(',|'), box)
  const lines = all.length > 4 ? [...all.slice(0, 3), `${all[3]!.replace(/,$/, '')}…`] : all
  write(doc, t('paper.paid_by_short'), { ...writing, y: 33.2, size: 5.1 })
  writeLines(doc, lines, { ...writing, y: 33.3 + size * 0.41, size, font: 'bold' }, box.leading)
}

function drawLegal(doc: Doc, legal: string, inset = 0): void {
  const x = text + inset * 0.6
  const end = rightEdge - inset
  doc
    .lineWidth(0.2)
    .moveTo(x, 44.3 - inset)
    .lineTo(end, 44.3 - inset)
    .stroke('#000000')
  writeLines(doc, linesOf(doc, legal, end - x, 6.8), { x, y: 47.9 - inset, size: 6.8 })
}

/** Seen at a glance, in black and white too: no voucher of value looks like it. */
function drawHatchedFrame(doc: Doc): void {
  const [x, y, width, height, thick] = [stubWidth + 1.2, 1.2, slot.width - stubWidth - 2.4, slot.height - 2.4, 1]
  doc.save()
  doc
    .rect(x, y, width, height)
    .rect(x + thick, y + thick, width - 2 * thick, height - 2 * thick)
    .clip('even-odd')
  for (let at = x - height; at < x + width; at += 3.4) doc.moveTo(at, y + height).lineTo(at + height, y)
  doc.lineWidth(1.1).stroke('#000000').restore()
}
