import type { ReaderOptions } from 'zxing-wasm/reader'

/** Measured (tests/bench/qr.ts): without its own second tries the reader finds as many and takes two thirds of the time. */
export const wasmOptions: ReaderOptions = {
  formats: ['QRCodeModel2'],
  maxNumberOfSymbols: 1,
  tryHarder: false,
  tryRotate: false,
  tryInvert: false,
  tryDownscale: false,
}

/** A line of bars has no corners to find: it is looked for at each height, and turned. */
export const coverOptions: ReaderOptions = {
  formats: ['Code128'],
  maxNumberOfSymbols: 1,
  tryHarder: true,
  tryRotate: true,
}
