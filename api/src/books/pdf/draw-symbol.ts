import { code128Bars } from './code-128.ts'
import type { Doc } from './paper.ts'
import { darkRuns, type QrSymbol } from './qr-symbol.ts'

/** The symbol `side` millimetres wide, its quiet zone not included: the caller leaves it white. One filled path: no seams. */
export function drawSymbol(doc: Doc, symbol: QrSymbol, x: number, y: number, side: number): void {
  const module = (side / symbol.size).toFixed(6)
  const runs = [...darkRuns(symbol)].map((run) => `${run.x} ${run.y} ${run.length} 1 re`)
  doc.addContent(`q ${module} 0 0 ${module} ${x} ${y} cm 0 g ${runs.join(' ')} f Q`)
}

/** Code 128 in a box, its quiet zone not included. */
export function drawBarcode(doc: Doc, digits: string, x: number, y: number, width: number, height: number): void {
  const code = code128Bars(digits)
  const module = width / code.width
  for (const bar of code.bars) doc.rect(x + bar.x * module, y, bar.width * module, height)
  doc.fill('#000000')
}
