/** Who reads the frame: the phone's own reader, else zxing-wasm in a worker, else @zxing/browser, which always works. */
export type DecoderName = 'native' | 'wasm' | 'zxing'
/** A voucher has a QR code, a book's cover a Code 128. */
export type Wanted = 'voucher' | 'cover'
export type Decoder = { name: DecoderName; read: (canvas: HTMLCanvasElement) => Promise<string | null> }

type NativeReader = { detect: (source: CanvasImageSource) => Promise<{ rawValue: string }[]> }
type NativeReaders = {
  new (options: { formats: string[] }): NativeReader
  getSupportedFormats: () => Promise<string[]>
}

const readyWithinMs = 10_000

/** The best that this phone has, tried out first. `only` asks for one of them, to look into a trouble. */
export async function chooseDecoder(only: string | null, wanted: Wanted = 'voucher'): Promise<Decoder> {
  if (!only || only === 'native') {
    const decoder = await createNative(wanted).catch(() => null)
    if (decoder) return decoder
  }
  if (!only || only === 'wasm') {
    const decoder = await createWasm(wanted).catch(() => null)
    if (decoder) return decoder
  }
  return createFallback(wanted)
}

async function createNative(wanted: Wanted): Promise<Decoder | null> {
  const Reader = (globalThis as { BarcodeDetector?: NativeReaders }).BarcodeDetector
  const format = wanted === 'cover' ? 'code_128' : 'qr_code'
  if (!Reader || !(await Reader.getSupportedFormats()).includes(format)) return null
  const reader = new Reader({ formats: [format] })
  return { name: 'native', read: async (canvas) => (await reader.detect(canvas))[0]?.rawValue ?? null }
}

function createWasm(wanted: Wanted): Promise<Decoder> {
  const worker = new Worker(new URL('./wasm-worker.ts', import.meta.url), { type: 'module' })
  let next: { found: (text: string | null) => void; fail: (error: Error) => void } | undefined
  return new Promise((ready, fail) => {
    const giveUp = setTimeout(() => fail(new Error('the worker is not ready')), readyWithinMs)
    const broken = () => {
      const error = new Error('the worker broke')
      next?.fail(error)
      fail(error)
    }
    worker.onerror = broken
    worker.onmessage = ({
      data,
    }: MessageEvent<{ kind: 'ready' } | { kind: 'broken' } | { kind: 'text'; text: string | null }>) => {
      if (data.kind === 'text') next?.found(data.text)
      else if (data.kind === 'broken') broken()
      else {
        clearTimeout(giveUp)
        ready({ name: 'wasm', read: (canvas) => ask(canvas) })
      }
    }
    const ask = (canvas: HTMLCanvasElement) =>
      new Promise<string | null>((found, fail) => {
        next = { found, fail }
        const { width, height } = canvas
        const image = canvas.getContext('2d', { willReadFrequently: true })!.getImageData(0, 0, width, height)
        worker.postMessage({ image, wanted }, [image.data.buffer])
      })
  })
}

export async function createFallback(wanted: Wanted = 'voucher'): Promise<Decoder> {
  if (wanted === 'cover') return (await import('./cover-fallback.ts')).createCoverDecoder()
  return (await import('./fallback.ts')).createFallbackDecoder()
}
