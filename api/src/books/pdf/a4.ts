import PDFDocument from 'pdfkit'
import type { Day } from '../../shared/days.ts'
import { fontPaths } from './paper.ts'

export type Doc = PDFKit.PDFDocument

/** In points; below `bottom` a new page begins. */
export const [left, right, top, bottom] = [51, 544, 51, 780]
export const [ink, soft, line, accent] = ['#1d2530', '#525c69', '#8a8375', '#0b5d6b']

/** The typeface has no narrow no-break space. */
export const printable = (text: string) => text.replaceAll('\u202f', '\u00a0').replaceAll('−', '–')

/** A paper on A4, drawn by `draw`. The same drawing gives the same bytes: its date is `madeOn`, never the clock's. */
export async function makePaper(
  title: string,
  madeOn: Day,
  draw: (doc: Doc) => void,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Uint8Array> {
  const made = new Date(`${madeOn}T00:00:00Z`)
  const doc = new PDFDocument({
    ...{ ...options, size: 'A4' },
    margins: { top, bottom: 40, left, right: left },
    info: { Title: printable(title), Producer: 'Carnet', Creator: 'Carnet', CreationDate: made, ModDate: made },
  })
  doc.registerFont('text', fontPaths.plain).registerFont('bold', fontPaths.bold).registerFont('code', fontPaths.code)
  const pieces: Buffer[] = []
  doc.on('data', (piece: Buffer) => pieces.push(piece))
  const ended = new Promise<void>((resolve) => doc.on('end', () => resolve()))
  draw(doc)
  doc.end()
  await ended
  return new Uint8Array(Buffer.concat(pieces))
}
