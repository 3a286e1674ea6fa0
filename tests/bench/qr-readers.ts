/**
 * Which symbol reads better when damaged: 5-M (37 modules) or 7-Q (45), both printed at the same width.
 * Usage: node --import tsx tests/bench/qr-readers.ts [pictures of each kind, 12]
 */
import { randomBytes } from 'node:crypto'
import { findSymbol } from '@carnet/api/books/pdf/find-symbol.ts'
import { type Correction, type QrSymbol, QUIET_MODULES } from '@carnet/api/books/pdf/qr-symbol.ts'
import { readWithWasm, readWithZxing } from '@carnet/api/books/pdf/symbol-readers.ts'
import { voucherText } from '@carnet/api/books/voucher-payload.ts'
import { damagedPicture, damages } from '../helpers/damaged-picture.ts'

const each = Number(process.argv[2] ?? 12)
const sideMm = 24
/** A frame of 1280 pixels sees 160, 213 and 284 mm: a voucher held at about 12, 16 and 22 cm. */
const distances = [8, 6, 4.5]
const corrections: readonly Correction[] = ['M', 'Q']
const readers = ['zxing', 'wasm'] as const

const texts = Array.from({ length: each }, () => {
  const bytes = randomBytes(80)
  bytes.set([0x11, 1])
  return voucherText(bytes)
})
const symbols = {} as Record<Correction, QrSymbol[]>
for (const correction of corrections) {
  symbols[correction] = []
  for (const text of texts) symbols[correction].push(await findSymbol(text, correction))
}

const cell = (value: string | number) => String(value).padStart(9)
const totals = new Map<string, number>()
console.log(`${each} pictures in each cell, ${sideMm} mm with the quiet zone`)
for (const correction of corrections) {
  const modules = symbols[correction][0]!.size + 2 * QUIET_MODULES
  const pixels = distances.map((pixelsPerMm) => ((pixelsPerMm * sideMm) / modules).toFixed(1))
  console.log(
    `${correction}: ${(sideMm / modules).toFixed(3)} mm a module, ${pixels.join(', ')} pixels at the three distances`,
  )
}
console.log(
  [
    'damage'.padEnd(12),
    ...distances.flatMap((d) => readers.flatMap((r) => corrections.map((c) => cell(`${r[0]}${d}${c}`)))),
  ].join(''),
)
for (const damage of damages) {
  const counts = new Map<string, number>()
  for (const pixelsPerMm of distances)
    for (const correction of corrections)
      for (const [at, text] of texts.entries()) {
        const symbol = symbols[correction][at]!
        const picture = damagedPicture(symbol, { damage, seed: at * 7919 + 13, sideMm, pixelsPerMm })
        const found = { zxing: readWithZxing(picture), wasm: (await readWithWasm(picture))[0] }
        for (const reader of readers)
          for (const key of [`${pixelsPerMm} ${reader} ${correction}`, `${reader} ${correction}`]) {
            const count = found[reader] === text ? 1 : 0
            counts.set(key, (counts.get(key) ?? 0) + count)
            if (!key.startsWith(String(pixelsPerMm))) totals.set(key, (totals.get(key) ?? 0) + count)
          }
      }
  const cells = distances.flatMap((d) =>
    readers.flatMap((r) => corrections.map((c) => cell(counts.get(`${d} ${r} ${c}`)!))),
  )
  console.log([damage.padEnd(12), ...cells].join(''))
}
const asked = damages.length * distances.length * each
for (const [what, read] of totals) console.log(`${what}: ${read} of ${asked}, ${((100 * read) / asked).toFixed(1)} %`)
