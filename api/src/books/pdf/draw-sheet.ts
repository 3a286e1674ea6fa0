import { translate } from '../../shared/messages.ts'
import { type Doc, softInk, write } from './paper.ts'

/** A sheet holds ten vouchers of 96 × 54 mm: a stub of 10 mm that is stapled, and a slip of the size of a bank card. */
export const slots = 10
export const slot = { width: 96, height: 54 }
export const stubWidth = 10
const columns = 2
const left = 9
const top = 13.5
const right = left + columns * slot.width
const bottom = top + (slots / columns) * slot.height
const t = translate('fr')

export const slotAt = (at: number) => ({
  x: left + (at % columns) * slot.width,
  y: top + Math.floor(at / columns) * slot.height,
})

/** Cut marks, thin lines between vouchers, and a line of 100 mm that shows whether the printer kept the size. */
export function drawSheet(doc: Doc, note: string): void {
  const line = (x: number, y: number, toX: number, toY: number) => doc.moveTo(x, y).lineTo(toX, toY)
  doc.lineWidth(0.12)
  for (let x = left; x <= right; x += slot.width) line(x, top, x, bottom)
  for (let y = top; y <= bottom; y += slot.height) line(left, y, right, y)
  doc.stroke('#999999')

  doc.lineWidth(0.25)
  for (let x = left; x <= right; x += slot.width) line(x, 7.5, x, 12) && line(x, 285, x, 289.5)
  for (let y = top; y <= bottom; y += slot.height) line(2.5, y, 7.5, y) && line(202.5, y, 207.5, y)
  doc.stroke('#000000')
  for (let x = left + stubWidth; x < right; x += slot.width) line(x, 7.5, x, 12) && line(x, 285, x, 289.5)
  doc.dash(1, { space: 0.8 }).stroke('#000000').undash()

  write(doc, note, { x: 14, y: 5.8, size: 7.5, colour: softInk })
  write(doc, t('paper.full_size'), { x: 196, y: 5.8, size: 7.5, colour: softInk, align: 'right' })
  write(doc, t('paper.scale'), { x: 14, y: 293.6, size: 6.8, colour: softInk })
  drawScale(doc, 101, 291.6)
}

function drawScale(doc: Doc, x: number, y: number): void {
  doc
    .lineWidth(0.25)
    .moveTo(x, y)
    .lineTo(x, y + 2)
    .lineTo(x + 100, y + 2)
    .lineTo(x + 100, y)
  for (let at = 10; at < 100; at += 10) doc.moveTo(x + at, y + (at === 50 ? 0.4 : 1.1)).lineTo(x + at, y + 2)
  doc.stroke('#000000')
}
