/** Always works: @zxing/browser with a reader that does not give up on perfect codes. */
import { BrowserCodeReader } from '@zxing/browser'
import type { Decoder } from './decoders.ts'
import { RobustQRReader } from './robust-reader.ts'

export function createFallbackDecoder(): Decoder {
  const reader = new BrowserCodeReader(new RobustQRReader())
  return {
    name: 'zxing',
    read: async (canvas) => {
      try {
        return reader.decodeFromCanvas(canvas).getText()
      } catch {
        return null
      }
    },
  }
}
