/** Reads the Code 128 of a cover where nothing better does. Loaded only on a prescriber's phone that asks for it. */
import { BrowserCodeReader } from '@zxing/browser'
import { BitArray, Code128Reader, NotFoundException } from '@zxing/library'
import type { Decoder } from './decoders.ts'

type Hints = Parameters<Code128Reader['decodeRow']>[2]
/** In pixels: narrower gaps lie between bars. */
const quiet = 8

/**
 * The package finds a code only where nothing dark lies before it (its search slices a typed array, which never grows back): each
 * row is offered from behind each of its gaps.
 */
class CoverReader extends Code128Reader {
  override decodeRow(rowNumber: number, row: BitArray, hints?: Hints) {
    for (const start of startsIn(row)) {
      try {
        return super.decodeRow(rowNumber, rowFrom(row, start), hints)
      } catch {
        // Not here: behind the next gap, perhaps.
      }
    }
    throw new NotFoundException()
  }
}

function startsIn(row: BitArray): number[] {
  const starts: number[] = []
  let light = quiet
  for (let at = 0; at < row.getSize(); at++) {
    if (!row.get(at)) light++
    else {
      if (light >= quiet) starts.push(at)
      light = 0
    }
  }
  return starts
}

function rowFrom(row: BitArray, start: number): BitArray {
  const rest = new BitArray(row.getSize())
  for (let at = start; at < row.getSize(); at++) if (row.get(at)) rest.set(at)
  return rest
}

export function createCoverDecoder(): Decoder {
  const reader = new BrowserCodeReader(new CoverReader())
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
