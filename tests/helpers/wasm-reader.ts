import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Picture } from '@carnet/api/books/pdf/symbol-readers.ts'
import type { wasmOptions } from '@carnet/scanner-pwa/camera/wasm-options.ts'

type Options = Partial<typeof wasmOptions>
type Zxing = {
  prepareZXingModule: (options: unknown) => Promise<unknown>
  readBarcodes: (image: ImageData, options: Options) => Promise<{ text: string }[]>
}

// The package belongs to the scanner; as CommonJS, since its ES form lacks most of its names in Node.
const load = createRequire(new URL('../../scanner-pwa/package.json', import.meta.url))

/** The scanner's own reader, with its wasm from the disk. */
export async function openWasmReader() {
  const { prepareZXingModule, readBarcodes } = load('zxing-wasm/reader') as Zxing
  const wasm = readFileSync(load.resolve('zxing-wasm/reader/zxing_reader.wasm'))
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true })
  return async ({ pixels, width, height }: Picture, options: Options): Promise<string | null> => {
    const words = new Uint32Array(width * height)
    for (let at = 0; at < words.length; at++) words[at] = 0xff000000 | (pixels[at]! * 0x010101)
    const data = new Uint8ClampedArray(words.buffer)
    const [found] = await readBarcodes({ data, width, height, colorSpace: 'srgb' } as ImageData, options)
    return found?.text || null
  }
}
