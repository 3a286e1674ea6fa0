import { translate } from '../../shared/messages.ts'
import { coverSheet, drawCoverFace, drawCoverNumber } from './draw-cover.ts'
import type { PaidBy } from './draw-paid-by.ts'
import { drawSheet, slot, slotAt, slots } from './draw-sheet.ts'
import { drawSpecimen } from './draw-specimen.ts'
import { drawTrainingCode, drawTrainingFace, drawVoucherCode, drawVoucherFace } from './draw-voucher.ts'
import { openPaper, type Paper } from './paper.ts'
import { createSymbol, type Mask } from './qr-symbol.ts'

/** A text and the mask under which every reader reads it. */
export type Marked = { text: string; mask: Mask }
export type MarkedVoucher = { qr: Marked; typed: string }
export type MarkedBook = { cover: { text: string; digits: string }; vouchers: readonly MarkedVoucher[] }
/** What all books of a run have in common. `made` is a day, `until` a date in words. */
export type BookFace = {
  title: string
  made: string
  campaignName: string
  bookSize: number
  faceValueEuros: number
  until: string
  funders: readonly PaidBy[]
  schemeLogo: Uint8Array | null
  text: string | null
  address: Marked
}
type BookPrinter = { print: (books: readonly MarkedBook[]) => Promise<Buffer>; end: () => Promise<Buffer> }

const t = translate('fr')
/** Without I, which looks like 1. */
const letters = 'ABCDEFGHJK'
const sheetSize = { width: 210, height: 297 }
const symbolOf = ({ text, mask }: Marked) => createSymbol(text, mask)

type Stamps = Record<'cover' | 'sheet' | 'voucher', ReturnType<Paper['stamp']>>

/** The whole file for a few books, or piece by piece for many: a cover, then the sheets of its vouchers. */
export function openBookPdf(face: BookFace): BookPrinter {
  const paper = openPaper(face)
  let stamps: Stamps | undefined
  const printBook = (book: MarkedBook) => {
    paper.newSheet('landscape')
    stamps ??= makeStamps(paper, face)
    paper.place(stamps.cover, 0, 0)
    drawCoverNumber(paper.doc, book.cover)
    for (let from = 0; from < book.vouchers.length; from += slots)
      printSheet(paper, stamps, book.vouchers.slice(from, from + slots))
  }
  return {
    print(books) {
      for (const book of books) printBook(book)
      return paper.take()
    },
    end: paper.end,
  }
}

function makeStamps({ doc, stamp }: Paper, face: BookFace): Stamps {
  const { width, height } = coverSheet
  const cover = { ...face, address: face.address.text, addressSymbol: symbolOf(face.address) }
  return {
    cover: stamp(width, height, () => drawCoverFace(doc, cover)),
    sheet: stamp(sheetSize.width, sheetSize.height, () => drawSheet(doc, t('paper.cut'))),
    voucher: stamp(slot.width, slot.height, () => drawVoucherFace(doc, face)),
  }
}

function printSheet(paper: Paper, stamps: Stamps, vouchers: readonly MarkedVoucher[]): void {
  paper.newSheet('portrait')
  paper.place(stamps.sheet, 0, 0)
  for (const [at, { qr, typed }] of vouchers.entries()) {
    const { x, y } = slotAt(at)
    paper.place(stamps.voucher, x, y)
    drawVoucherCode(paper.doc, symbolOf(qr), typed, x, y)
  }
}

/**
 * What a funder says yes to: the cover and a sheet as they will be printed, with training codes and a word across them that no
 * voucher of value bears.
 */
export async function proofPdf(face: BookFace, book: MarkedBook): Promise<Buffer> {
  const paper = openPaper(face)
  paper.newSheet('landscape')
  const stamps = makeStamps(paper, face)
  drawSpecimen(paper.doc, { x: 222, y: 128, size: 74 })
  paper.place(stamps.cover, 0, 0)
  drawCoverNumber(paper.doc, book.cover)
  const sheetStamps = {
    ...stamps,
    voucher: paper.stamp(slot.width, slot.height, () => {
      drawSpecimen(paper.doc, { x: 41, y: 31, size: 29 })
      drawVoucherFace(paper.doc, face)
    }),
  }
  printSheet(paper, sheetStamps, book.vouchers.slice(0, slots))
  return paper.end()
}

/** One sheet of ten training vouchers, with letters to speak of them in the exercise. */
export async function trainingPdf(made: string, vouchers: readonly MarkedVoucher[]): Promise<Buffer> {
  const paper = openPaper({ title: t('paper.training'), made })
  paper.newSheet('portrait')
  drawSheet(paper.doc, t('paper.training_cut'))
  const stamp = paper.stamp(slot.width, slot.height, () => drawTrainingFace(paper.doc))
  for (const [at, { qr, typed }] of vouchers.entries()) {
    const { x, y } = slotAt(at)
    paper.place(stamp, x, y)
    drawTrainingCode(paper.doc, symbolOf(qr), typed, letters[at]!, x, y)
  }
  return paper.end()
}
