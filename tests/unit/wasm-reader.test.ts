import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { readWithWasm } from '@carnet/api/books/pdf/symbol-readers.ts'
import { wasmOptions } from '@carnet/scanner-pwa/camera/wasm-options.ts'
import { expect, test } from 'vitest'
import { openWasmReader } from '../helpers/wasm-reader.ts'

type Writer = {
  prepareZXingModule: (options: unknown) => Promise<unknown>
  writeBarcode: (text: string, options: object) => Promise<{ symbol: { data: Uint8ClampedArray; width: number } }>
}

/** A symbol as grey pixels, eight a module, with the white margin it needs. */
async function draw(text: string, format: string) {
  const load = createRequire(new URL('../../scanner-pwa/package.json', import.meta.url))
  const { prepareZXingModule, writeBarcode } = load('zxing-wasm/writer') as Writer
  const wasmBinary = new Uint8Array(readFileSync(load.resolve('zxing-wasm/writer/zxing_writer.wasm'))).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  const { symbol } = await writeBarcode(text, { format })
  const [scale, margin] = [8, 4]
  const side = (symbol.width + 2 * margin) * scale
  const pixels = new Uint8ClampedArray(side * side).fill(255)
  for (let y = 0; y < symbol.width * scale; y++)
    for (let x = 0; x < symbol.width * scale; x++) {
      const level = symbol.data[Math.floor(y / scale) * symbol.width + Math.floor(x / scale)]!
      pixels[(y + margin * scale) * side + x + margin * scale] = level
    }
  return { pixels, width: side, height: side }
}

// A corner of a voucher's symbol passes for a Micro QR code once in some thousand pages.
test('a voucher’s kind of symbol is read, its small cousin is not, by the phone as by the printer', async () => {
  const readOnPhone = await openWasmReader()
  const voucher = await draw('CARNET', 'QRCodeModel2')
  expect(await readWithWasm(voucher)).toEqual(['CARNET'])
  expect(await readOnPhone(voucher, wasmOptions)).toBe('CARNET')

  const cousin = await draw('777646', 'MicroQRCode')
  expect(await readOnPhone(cousin, { ...wasmOptions, formats: ['QRCode'] })).toBe('777646')
  expect(await readOnPhone(cousin, wasmOptions)).toBeNull()
  expect(await readWithWasm(cousin)).toEqual([])
})
