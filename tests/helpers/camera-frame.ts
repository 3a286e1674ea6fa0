import type { Picture } from '@carnet/api/books/pdf/symbol-readers.ts'

const [width, height] = [1280, 720]
const table = 110

/** A camera's whole frame: a picture held near the middle, on a table that is never quite even. */
export function frameWith(picture: Picture, seed: number): Picture {
  let state = (seed * 2654435761) >>> 0
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
  const pixels = new Uint8ClampedArray(width * height)
  for (let at = 0; at < pixels.length; at++) pixels[at] = table + 10 * random()
  const left = Math.round((width - picture.width) / 2 + 80 * (random() - 0.5))
  const top = Math.round((height - picture.height) / 2 + 80 * (random() - 0.5))
  for (let y = 0; y < picture.height; y++) {
    const row = picture.pixels.subarray(y * picture.width, (y + 1) * picture.width)
    pixels.set(row, (top + y) * width + left)
  }
  return { pixels, width, height }
}
