/**
 * What is tried on a frame that shows no code as it comes. A voucher lies still for many frames: each frame gets one attempt, and
 * the next frame another, so that a frame never costs more than two readings and all attempts are made within a third of a second.
 * Grey pictures, pure.
 */
export type Grey = { pixels: Uint8ClampedArray<ArrayBuffer>; width: number; height: number }
export type Attempt = 'as_it_is' | 'enlarged' | 'sharpened' | 'smoothed'
export const attempts: readonly Attempt[] = ['as_it_is', 'enlarged', 'sharpened', 'enlarged', 'smoothed']

/** The side of the square in the middle, where the frame on the screen asks for the voucher. */
const middle = 480

/** Brightness as an eye weighs colours. */
export function greyOf({ data, width, height }: Pick<ImageData, 'data' | 'width' | 'height'>): Grey {
  const pixels = new Uint8ClampedArray(width * height)
  for (let at = 0, from = 0; at < pixels.length; at++, from += 4)
    pixels[at] = (data[from]! * 77 + data[from + 1]! * 151 + data[from + 2]! * 28) >> 8
  return { pixels, width, height }
}

/** The picture that a reader is given in this attempt. */
export function prepareFrame(frame: Grey, attempt: Attempt): Grey {
  if (attempt === 'as_it_is') return frame
  const part = cutMiddle(frame)
  if (attempt === 'enlarged') return enlarge(part)
  if (attempt === 'sharpened') return sharpen(part)
  return { ...part, pixels: meanOf(part, 1) }
}

function cutMiddle({ pixels, width, height }: Grey): Grey {
  const [wide, high] = [Math.min(width, middle), Math.min(height, middle)]
  const [left, top] = [(width - wide) >> 1, (height - high) >> 1]
  const part = new Uint8ClampedArray(wide * high)
  for (let y = 0; y < high; y++) {
    const start = (top + y) * width + left
    part.set(pixels.subarray(start, start + wide), y * wide)
  }
  return { pixels: part, width: wide, height: high }
}

/** Twice as wide and high, the pixels between by their neighbours: small modules get room. */
function enlarge({ pixels, width, height }: Grey): Grey {
  const wide = width * 2
  const out = new Uint8ClampedArray(wide * height * 2)
  for (let y = 0; y < height; y++) {
    const below = y + 1 < height ? width : 0
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const right = x + 1 < width ? 1 : 0
      const [a, b, c, d] = [pixels[at]!, pixels[at + right]!, pixels[at + below]!, pixels[at + below + right]!]
      const to = y * 2 * wide + x * 2
      out[to] = a
      out[to + 1] = (a + b) >> 1
      out[to + wide] = (a + c) >> 1
      out[to + wide + 1] = (a + b + c + d) >> 2
    }
  }
  return { pixels: out, width: wide, height: height * 2 }
}

/** What differs from its surroundings differs more: against blur and glare. */
function sharpen(part: Grey): Grey {
  const mean = meanOf(part, 2)
  const pixels = part.pixels.map((value, at) => value + 2 * (value - mean[at]!))
  return { ...part, pixels }
}

/** The mean of the square around each pixel, by running sums. */
function meanOf({ pixels, width, height }: Grey, reach: number): Uint8ClampedArray<ArrayBuffer> {
  const size = 2 * reach + 1
  const rows = new Float32Array(pixels.length)
  const out = new Uint8ClampedArray(pixels.length)
  const clamp = (value: number, most: number) => Math.max(0, Math.min(value, most))
  for (let y = 0; y < height; y++) {
    let sum = 0
    for (let x = -reach; x <= reach; x++) sum += pixels[y * width + clamp(x, width - 1)]!
    for (let x = 0; x < width; x++) {
      rows[y * width + x] = sum / size
      sum += pixels[y * width + clamp(x + reach + 1, width - 1)]! - pixels[y * width + clamp(x - reach, width - 1)]!
    }
  }
  for (let x = 0; x < width; x++) {
    let sum = 0
    for (let y = -reach; y <= reach; y++) sum += rows[clamp(y, height - 1) * width + x]!
    for (let y = 0; y < height; y++) {
      out[y * width + x] = sum / size
      sum += rows[clamp(y + reach + 1, height - 1) * width + x]! - rows[clamp(y - reach, height - 1) * width + x]!
    }
  }
  return out
}
