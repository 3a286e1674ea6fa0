/** Reads frames away from the screen's thread. Its wasm is served by us and kept for offline; by default it would come from elsewhere. */
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import url from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { attempts, type Grey, greyOf, prepareFrame } from './attempts.ts'
import type { Wanted } from './decoders.ts'
import { coverOptions, wasmOptions } from './wasm-options.ts'

const scope = globalThis as unknown as {
  postMessage: (message: unknown) => void
  onmessage: ((event: MessageEvent<{ image: ImageData; wanted: Wanted }>) => void) | null
}

let turn = 0

scope.onmessage = async ({ data }) => {
  try {
    const isCover = data.wanted === 'cover'
    const attempt = isCover ? 'as_it_is' : attempts[turn++ % attempts.length]!
    const image = attempt === 'as_it_is' ? data.image : toImage(prepareFrame(greyOf(data.image), attempt))
    const [found] = await readBarcodes(image, isCover ? coverOptions : wasmOptions)
    // The next voucher begins with the first attempt again.
    if (found?.text) turn = 0
    scope.postMessage({ kind: 'text', text: found?.text || null })
  } catch {
    scope.postMessage({ kind: 'broken' })
  }
}

function toImage({ pixels, width, height }: Grey): ImageData {
  const image = new ImageData(width, height)
  const words = new Uint32Array(image.data.buffer)
  for (let at = 0; at < words.length; at++) words[at] = 0xff000000 | (pixels[at]! * 0x010101)
  return image
}

prepareZXingModule({ overrides: { locateFile: () => url }, fireImmediately: true }).then(
  () => scope.postMessage({ kind: 'ready' }),
  () => scope.postMessage({ kind: 'broken' }),
)
