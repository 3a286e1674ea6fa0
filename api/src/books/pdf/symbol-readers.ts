/** The readers that phones run, so that no symbol is printed which one of them cannot read. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const load = createRequire(import.meta.url)
// As CommonJS: the package's ES form lacks most of its names in Node.
const { BinaryBitmap, HybridBinarizer, QRCodeReader, RGBLuminanceSource } = load(
  '@zxing/library',
) as typeof import('@zxing/library')

/** One byte a pixel, 0 is black. */
export type Picture = { pixels: Uint8ClampedArray<ArrayBuffer>; width: number; height: number }

/** What @zxing/library reads in a picture as it comes, or null. */
export function readWithZxing({ pixels, width, height }: Picture): string | null {
  try {
    const source = new RGBLuminanceSource(pixels, width, height)
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText()
  } catch {
    // It throws for what it does not see; that is its answer.
    return null
  }
}

let isReady: Promise<unknown> | undefined

/** By default the module would fetch its code from the network. */
function prepare(): Promise<unknown> {
  isReady ??= readFile(load.resolve('zxing-wasm/reader/zxing_reader.wasm')).then((file) =>
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(file).buffer }, fireImmediately: true }),
  )
  return isReady
}

/** Every QR code that zxing-wasm finds, as the scanner asks for them. */
export async function readWithWasm({ pixels, width, height }: Picture, most = 1): Promise<string[]> {
  await prepare()
  const data = new Uint8ClampedArray(width * height * 4)
  for (let at = 0; at < pixels.length; at++) data.fill(pixels[at]!, at * 4, at * 4 + 3)
  const found = await readBarcodes({ data, width, height, colorSpace: 'srgb' } as ImageData, {
    formats: ['QRCodeModel2'],
    maxNumberOfSymbols: most,
  })
  return found.map(({ text }) => text)
}
