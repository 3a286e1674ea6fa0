/** What an office copier makes of paper: askew, a little larger or smaller, blurred, with hard contrast, and with dust on its glass. */
import type { Picture } from '@carnet/api/books/pdf/symbol-readers.ts'
import { seeded } from './damaged-picture.ts'

const between = (random: () => number, low: number, high: number) => low + random() * (high - low)

/** A copy of the same size in pixels. The same seed gives the same copy. */
export function photocopyOf({ pixels, width, height }: Picture, seed: number): Picture {
  const random = seeded(seed)
  const turn = between(random, -0.035, 0.035)
  const scale = between(random, 0.96, 1.03)
  const [cos, sin] = [Math.cos(turn) / scale, Math.sin(turn) / scale]
  const [shiftX, shiftY] = [between(random, -6, 6), between(random, -6, 6)]
  /** How dark it must be to become toner, and how hard the edge is. */
  const threshold = between(random, 110, 165)
  const hardness = between(random, 3, 9)
  const noise = between(random, 6, 22)
  const reach = 1.5
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 255 : pixels[Math.floor(y) * width + Math.floor(x)]!
  const copy = new Uint8ClampedArray(width * height)
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const [u, v] = [column - width / 2 + shiftX, row - height / 2 + shiftY]
      const [x, y] = [u * cos - v * sin + width / 2, u * sin + v * cos + height / 2]
      // Five rays of light: the lens of the copier is not sharp.
      const seen =
        (2 * at(x, y) + at(x - reach, y) + at(x + reach, y) + at(x, y - reach) + at(x, y + reach)) / 6 +
        noise * (random() + random() + random() - 1.5)
      copy[row * width + column] = 128 + (seen - threshold) * hardness
    }
  const dust = Math.round((width * height) / 8_000)
  for (let speck = 0; speck < dust; speck++) {
    const from = Math.floor(random() * (height - 3)) * width + Math.floor(random() * (width - 3))
    const level = random() < 0.7 ? 0 : 255
    for (const step of [0, 1, width, width + 1]) copy[from + step] = level
  }
  return { pixels: copy, width, height }
}
