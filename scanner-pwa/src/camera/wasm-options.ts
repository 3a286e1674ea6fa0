import type { ReaderOptions } from 'zxing-wasm/reader'

/** Measured (tests/bench/qr.ts): without its own second tries the reader finds as many and takes two thirds of the time. */
export const wasmOptions: ReaderOptions = {
  formats: ['QRCode'],
  maxNumberOfSymbols: 1,
  tryHarder: false,
  tryRotate: false,
  tryInvert: false,
  tryDownscale: false,
}
