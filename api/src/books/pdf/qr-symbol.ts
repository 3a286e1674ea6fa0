/**
 * A QR code as modules, before it is drawn. Pure. The mask is chosen by us: a perfect symbol can hold data that a reader takes
 * for a fourth corner, and such a voucher would never scan. Another mask of the same text reads well.
 */
import QR from 'qrcode'

export type QrSymbol = { size: number; mask: Mask; isDark: (x: number, y: number) => boolean }
export type Correction = 'M' | 'Q'
export type Mask = (typeof masks)[number]

export const masks = [0, 1, 2, 3, 4, 5, 6, 7] as const
export const QUIET_MODULES = 4
/** Measured against 7-Q on damaged pictures (tests/bench/qr-readers.ts): fewer, larger modules read better. */
export const voucherCorrection: Correction = 'M'

const isAlphanumeric = (text: string) => /^[0-9A-Z $%*+\-./:]+$/.test(text)

/** The symbol of a text under one mask. Throws when the text is too long for any symbol. */
export function createSymbol(text: string, mask: Mask, correction: Correction = voucherCorrection): QrSymbol {
  // One segment told beforehand: the library's own search for the best segments costs more than the rest.
  const segments = isAlphanumeric(text) ? [{ data: text, mode: 'alphanumeric' as const }] : text
  const { modules } = QR.create(segments, { errorCorrectionLevel: correction, maskPattern: mask })
  return { size: modules.size, mask, isDark: (x, y) => modules.get(y, x) === 1 }
}

/** A picture of one byte a pixel, quiet zone included: 0 is black. */
export function rasterOf(
  symbol: QrSymbol,
  pixelsPerModule: number,
): { pixels: Uint8ClampedArray<ArrayBuffer>; side: number } {
  const side = (symbol.size + 2 * QUIET_MODULES) * pixelsPerModule
  const pixels = new Uint8ClampedArray(side * side).fill(255)
  for (let y = 0; y < symbol.size; y++)
    for (let x = 0; x < symbol.size; x++) {
      if (!symbol.isDark(x, y)) continue
      const left = (x + QUIET_MODULES) * pixelsPerModule
      const top = (y + QUIET_MODULES) * pixelsPerModule
      for (let row = top; row < top + pixelsPerModule; row++)
        pixels.fill(0, row * side + left, row * side + left + pixelsPerModule)
    }
  return { pixels, side }
}

/** The dark modules as the fewest rectangles of one row each, in modules from the corner of the symbol. */
export function* darkRuns(symbol: QrSymbol): Generator<{ x: number; y: number; length: number }> {
  for (let y = 0; y < symbol.size; y++)
    for (let x = 0; x < symbol.size; x++) {
      if (!symbol.isDark(x, y)) continue
      const start = x
      while (x + 1 < symbol.size && symbol.isDark(x + 1, y)) x++
      yield { x: start, y, length: x - start + 1 }
    }
}
