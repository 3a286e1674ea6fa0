/**
 * How many damaged vouchers each reader decodes in a camera's frame, and what the scanner makes of them with all its attempts.
 * Usage: node --import tsx tests/bench/qr.ts [pictures of each kind and distance, 6]
 */
import { createHash } from 'node:crypto'
import { findSymbol } from '@carnet/api/books/pdf/find-symbol.ts'
import { type Picture, readWithZxing } from '@carnet/api/books/pdf/symbol-readers.ts'
import { voucherText } from '@carnet/api/books/voucher-payload.ts'
import { attempts, type Grey, prepareFrame } from '@carnet/scanner-pwa/camera/attempts.ts'
import { wasmOptions } from '@carnet/scanner-pwa/camera/wasm-options.ts'
import { frameWith } from '../helpers/camera-frame.ts'
import { damagedPicture, damages } from '../helpers/damaged-picture.ts'
import { openWasmReader } from '../helpers/wasm-reader.ts'

const each = Number(process.argv[2] ?? 6)
/** 1280 pixels see 160, 213, 284 and 400 mm: a voucher at about 12, 16, 22 and 31 cm. */
const distances = [8, 6, 4.5, 3.2]
const readWasm = await openWasmReader()

type Reader = 'stock @zxing' | 'zxing-wasm' | 'scanner'
const readers: readonly Reader[] = ['stock @zxing', 'zxing-wasm', 'scanner']
const found = new Map<string, number>()
const times = new Map<string, number[]>()
const note = (key: string, isFound: boolean) => found.set(key, (found.get(key) ?? 0) + Number(isFound))

async function timed(reader: string, read: () => Promise<string | null>): Promise<string | null> {
  const start = performance.now()
  const text = await read()
  times.set(reader, [...(times.get(reader) ?? []), performance.now() - start])
  return text
}

/** The same vouchers at each run: what differs between two tables is the readers. */
function payloadOf(name: string): Uint8Array {
  const bytes = createHash('shake256', { outputLength: 80 }).update(name).digest()
  bytes.set([0x11, 1])
  return bytes
}

/** As the scanner does it: one attempt for each frame of a voucher that lies still. */
async function readAsScanner(frame: Grey, text: string): Promise<boolean> {
  for (const attempt of attempts) {
    const read = () => readWasm(prepareFrame(frame, attempt), wasmOptions)
    if ((await timed('scanner', read)) === text) return true
  }
  return false
}

let asked = 0
for (const damage of damages)
  for (const pixelsPerMm of distances)
    for (let at = 0; at < each; at++) {
      const bytes = payloadOf(`${damage} ${pixelsPerMm} ${at}`)
      const text = voucherText(bytes)
      const symbol = await findSymbol(text, 'M')
      const seed = at * 7919 + Math.round(pixelsPerMm * 10)
      const frame: Picture = frameWith(damagedPicture(symbol, { damage, seed, sideMm: 24, pixelsPerMm }), seed)
      asked += 1
      note(`${damage} asked`, true)
      note(`${damage} stock @zxing`, (await timed('stock @zxing', async () => readWithZxing(frame))) === text)
      const wasm = await timed('zxing-wasm', () =>
        readWasm(frame, { ...wasmOptions, tryHarder: true, tryRotate: true }),
      )
      note(`${damage} zxing-wasm`, wasm === text)
      note(`${damage} scanner`, await readAsScanner(frame, text))
    }

const cell = (value: string | number) => String(value).padStart(14)
console.log(`${asked} frames of 1280 × 720`)
console.log(['damage'.padEnd(12), cell('frames'), ...readers.map(cell)].join(''))
for (const damage of damages)
  console.log(
    [damage.padEnd(12), ...['asked', ...readers].map((name) => cell(found.get(`${damage} ${name}`) ?? 0))].join(''),
  )
const all = (reader: string) => damages.reduce((sum, damage) => sum + (found.get(`${damage} ${reader}`) ?? 0), 0)
console.log(['all'.padEnd(12), ...['asked', ...readers].map((name) => cell(all(name)))].join(''))
const median = (list: number[]) => list.sort((a, b) => a - b)[list.length >> 1]!.toFixed(1)
console.log(['ms a frame'.padEnd(26), ...readers.map((name) => cell(median(times.get(name)!)))].join(''))
