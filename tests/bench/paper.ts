/**
 * How many vouchers zbarimg reads as printed at 300 dpi, and on a simulated photocopy of that print.
 * Usage: VOUCHERS=1000 node --import tsx tests/bench/paper.ts
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { openBookPdf } from '@carnet/api/books/pdf/book-pdf.ts'
import { coverNumber } from '@carnet/api/books/pdf/cover-number.ts'
import { slot, slotAt, slots } from '@carnet/api/books/pdf/draw-sheet.ts'
import { findSymbol } from '@carnet/api/books/pdf/find-symbol.ts'
import { type Picture, readWithWasm } from '@carnet/api/books/pdf/symbol-readers.ts'
import { formatTypedCode } from '@carnet/api/books/typed-code.ts'
import { voucherText } from '@carnet/api/books/voucher-payload.ts'
import { writeLogo } from '@carnet/api/funders/logo.ts'
import { hasTool, partOf, readWithZbar, withPages } from '../helpers/paper-pictures.ts'
import { photocopyOf } from '../helpers/photocopy.ts'

const dpi = 300
/** A cover for five sheets. */
const atOnce = 50
const wanted = Number(process.env.VOUCHERS ?? 1000)
if (!hasTool('pdftoppm') || !hasTool('zbarimg')) process.exit(1)

const logo = (name: string) => writeLogo(readFileSync(new URL(`../../db/seeds/logos/${name}.png`, import.meta.url))).png
const funders = ['state', 'department', 'ccas'].map((name) => ({ name: `Financeur ${name}`, logo: logo(name) }))
const address = { text: 'https://carnet.example/ou', mask: (await findSymbol('https://carnet.example/ou')).mask }
const face = {
  ...{ title: 'Carnet', made: '2026-11-21', campaignName: 'Carnet', bookSize: atOnce, faceValueEuros: 10 },
  ...{ until: '30 septembre 2027', funders, schemeLogo: logo('scheme'), text: null, address },
}

async function voucher() {
  const bytes = randomBytes(80)
  bytes.set([0x11, 1])
  bytes[8]! &= 15
  const text = voucherText(bytes)
  return { qr: { text, mask: (await findSymbol(text)).mask }, typed: formatTypedCode(bytes.subarray(8, 16)) }
}

const found = { print: 0, 'print, zxing-wasm': 0, photocopy: 0, 'photocopy, zxing-wasm': 0 }
const countOf = (slips: readonly Picture[], texts: ReadonlySet<string>) =>
  new Set(readWithZbar(slips).filter((line) => texts.has(line.replace('QR-Code:', '')))).size
async function countByWasm(slips: readonly Picture[], texts: readonly string[]): Promise<number> {
  let count = 0
  for (const [at, slip] of slips.entries()) if ((await readWithWasm(slip)).includes(texts[at]!)) count++
  return count
}

let seed = 1
const start = performance.now()
for (let done = 0; done < wanted; done += atOnce) {
  const vouchers = await Promise.all(Array.from({ length: atOnce }, voucher))
  const printer = openBookPdf(face)
  const pieces = [await printer.print([{ cover: coverNumber(1, done / atOnce + 1), vouchers }]), await printer.end()]
  const texts = vouchers.map(({ qr }) => qr.text)
  await withPages(Buffer.concat(pieces), dpi, async ([, ...sheets]) => {
    const slips = texts.map((_, place) =>
      partOf(sheets[Math.floor(place / slots)]!, dpi, { ...slotAt(place % slots), ...slot }),
    )
    const copies = slips.map((slip) => photocopyOf(slip, seed++))
    found.print += countOf(slips, new Set(texts))
    found.photocopy += countOf(copies, new Set(texts))
    found['print, zxing-wasm'] += await countByWasm(slips, texts)
    found['photocopy, zxing-wasm'] += await countByWasm(copies, texts)
  })
}
const asked = Math.ceil(wanted / atOnce) * atOnce
console.log(`${asked} vouchers at ${dpi} dpi, read by zbarimg unless said`)
console.table(
  Object.fromEntries(
    Object.entries(found).map(([name, count]) => [
      name,
      { read: count, share: `${((100 * count) / asked).toFixed(1)} %` },
    ]),
  ),
)
console.log(`${((performance.now() - start) / 1000).toFixed(0)} s`)
process.exit(found.print === asked && found.photocopy >= 0.99 * asked ? 0 : 1)
