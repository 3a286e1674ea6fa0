/**
 * How fast books are printed: what a mask costs, what a page costs, and both in the threads of the server.
 * Usage: node --import tsx tests/bench/pdf.ts [books, 200]
 */
import { randomBytes } from 'node:crypto'
import { type BookFace, openBookPdf } from '@carnet/api/books/pdf/book-pdf.ts'
import { coverNumber } from '@carnet/api/books/pdf/cover-number.ts'
import { findSymbol } from '@carnet/api/books/pdf/find-symbol.ts'
import { type BookToPrint, printBooks } from '@carnet/api/books/pdf/print-books.ts'
import { threadCount } from '@carnet/api/books/pdf/printing-threads.ts'
import { formatTypedCode } from '@carnet/api/books/typed-code.ts'
import { voucherText } from '@carnet/api/books/voucher-payload.ts'

const count = Number(process.argv[2] ?? 200)
const address = 'https://carnet.example/ou'
const common = { title: 'Carnet', made: '2026-11-21', campaignName: 'Carnet', bookSize: 10, faceValueEuros: 10 }
const funders = ['Département', 'Caisse', 'Ville'].map((name) => ({ name, logo: null }))
const face = { ...common, until: '30 juin 2027', funders, schemeLogo: null, text: null }

function voucher() {
  const bytes = randomBytes(80)
  bytes.set([0x11, 1])
  bytes[8]! &= 15
  return { qr: voucherText(bytes), typed: formatTypedCode(bytes.subarray(8, 16)) }
}
const books: BookToPrint[] = Array.from({ length: count }, (_, at) => ({
  cover: coverNumber(1, at + 1),
  vouchers: Array.from({ length: 10 }, voucher),
}))
const tell = (what: string, value: number, unit: string) => console.log(`${what}: ${value.toFixed(2)} ${unit}`)
const secondsSince = (start: number) => (performance.now() - start) / 1000

const some = books.slice(0, 30).flatMap(({ vouchers }) => vouchers)
await findSymbol(some[0]!.qr)
let start = performance.now()
let again = 0
for (const { qr } of some) if ((await findSymbol(qr)).mask > 0) again++
tell('a mask, one thread', (secondsSince(start) * 1000) / some.length, 'ms')
tell('vouchers that need another mask than the first', (100 * again) / some.length, '%')

const printer = openBookPdf({ ...face, address: { text: address, mask: 0 } } satisfies BookFace)
start = performance.now()
for (let from = 0; from < count; from += 5) {
  const group = books.slice(from, from + 5)
  await printer.print(
    group.map((book) => ({
      ...book,
      vouchers: book.vouchers.map(({ qr, typed }) => ({ typed, qr: { text: qr, mask: 0 } })),
    })),
  )
}
await printer.end()
tell('drawing, one thread', (2 * count) / secondsSince(start), 'pages/s')

async function* all() {
  yield* books
}
start = performance.now()
let size = 0
let worstPauseMs = 0
let last = performance.now()
const pulse = setInterval(() => {
  worstPauseMs = Math.max(worstPauseMs, performance.now() - last - 5)
  last = performance.now()
}, 5)
for await (const piece of printBooks({ ...face, address }, all(), () => {})) size += piece.length
clearInterval(pulse)
tell(`masks and drawing, ${threadCount} threads`, (2 * count) / secondsSince(start), 'pages/s')
tell('a page', size / (2 * count) / 1024, 'kB')
tell('longest time the server waited', worstPauseMs, 'ms')
tell('memory of the process at the end', process.memoryUsage().rss / 2 ** 20, 'MB')
process.exit(0)
