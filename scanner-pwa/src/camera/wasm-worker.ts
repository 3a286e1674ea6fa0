/** Reads frames away from the screen's thread. Its wasm is served by us and kept for offline; by default it would come from elsewhere. */
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import url from 'zxing-wasm/reader/zxing_reader.wasm?url'

const scope = globalThis as unknown as {
  postMessage: (message: unknown) => void
  onmessage: ((event: MessageEvent<{ image: ImageData }>) => void) | null
}

scope.onmessage = async ({ data }) => {
  try {
    const [found] = await readBarcodes(data.image, { formats: ['QRCode'], maxNumberOfSymbols: 1, tryHarder: true })
    scope.postMessage({ kind: 'text', text: found?.text || null })
  } catch {
    scope.postMessage({ kind: 'broken' })
  }
}

prepareZXingModule({ overrides: { locateFile: () => url }, fireImmediately: true }).then(
  () => scope.postMessage({ kind: 'ready' }),
  () => scope.postMessage({ kind: 'broken' }),
)
