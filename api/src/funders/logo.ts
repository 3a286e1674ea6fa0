/** What is printed for a funder: a picture that was read, made small enough and written anew. Nothing of the file is kept. */
import { encode } from 'fast-png'
import { AppError } from '../shared/errors.ts'
import { isPng, type Pixels, readPng, sizeOfPng } from './read-png.ts'

export const mostLogoBytes = 1024 * 1024
/** Unpacked, that is 32 MB at most. */
const mostSide = 4000
const mostPixels = 4_000_000
/** Fewer would be seen as steps on paper. */
const fewestPixelsAcross = 200
/** 300 dots an inch at the largest size it is printed in. */
const printed = { width: 1000, height: 400 }
/** Of all pixels, this many must be seen on a copy without colours. */
const leastDark = 0.005
const darkBelow = 170

export type WrittenLogo = { png: Uint8Array; width: number; height: number }

const field = 'logo'
const broken = () => new AppError('invalid', 'logo_broken', 'The file cannot be read', { field })

/**
 * What is kept of an upload. Throws `invalid` `logo_missing`, `logo_not_png`, `logo_broken`, `logo_too_heavy`, `logo_too_large`,
 * `logo_too_small`, `logo_too_pale`.
 */
export function writeLogo(bytes: Uint8Array): WrittenLogo {
  if (bytes.length === 0) throw new AppError('invalid', 'logo_missing', 'Choose a picture', { field })
  if (bytes.length > mostLogoBytes)
    throw new AppError('invalid', 'logo_too_heavy', 'A logo has 1 MB at most', {
      field,
      maxBytes: mostLogoBytes,
    })
  if (!isPng(bytes)) throw new AppError('invalid', 'logo_not_png', 'A logo is a PNG', { field })
  checkSize(bytes)
  const pixels = shrink(read(bytes))
  if (shareOfDark(pixels) < leastDark)
    throw new AppError('invalid', 'logo_too_pale', 'Nothing of it would be seen in black on white', { field })
  const { width, height, rgb } = pixels
  return { png: encode({ width, height, data: rgb, channels: 3, depth: 8 }, { zlib: { level: 9 } }), width, height }
}

function checkSize(bytes: Uint8Array): void {
  const size = sizeOfPng(bytes)
  if (!size) throw broken()
  const { width, height } = size
  if (width > mostSide || height > mostSide || width * height > mostPixels)
    throw new AppError('invalid', 'logo_too_large', 'A logo has 4 million pixels at most', {
      ...{ field, width, height, maxPixels: mostPixels, maxSide: mostSide },
    })
  if (Math.max(width, height) < fewestPixelsAcross)
    throw new AppError('invalid', 'logo_too_small', 'A logo is 200 pixels wide or high, or more', {
      ...{ field, width, height, minSide: fewestPixelsAcross },
    })
}

function read(bytes: Uint8Array): Pixels {
  try {
    return readPng(bytes)
  } catch {
    // Whatever the decoder says of a broken file, the person has one thing to do: save it again.
    throw broken()
  }
}

/** Each new pixel is the mean of those it stands for. */
function shrink(pixels: Pixels): Pixels {
  const scale = Math.min(1, printed.width / pixels.width, printed.height / pixels.height)
  if (scale === 1) return pixels
  const [width, height] = [pixels.width, pixels.height].map((side) => Math.max(1, Math.round(side * scale))) as [
    number,
    number,
  ]
  const rgb = new Uint8Array(width * height * 3)
  const edge = (at: number, from: number, to: number) => Math.floor((at * from) / to)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [left, right] = [edge(x, pixels.width, width), edge(x + 1, pixels.width, width)]
      const [top, bottom] = [edge(y, pixels.height, height), edge(y + 1, pixels.height, height)]
      const sums = [0, 0, 0]
      for (let row = top; row < bottom; row++)
        for (let at = (row * pixels.width + left) * 3; at < (row * pixels.width + right) * 3; at++)
          sums[at % 3]! += pixels.rgb[at]!
      const count = (right - left) * (bottom - top)
      for (const [colour, sum] of sums.entries()) rgb[(y * width + x) * 3 + colour] = Math.round(sum / count)
    }
  return { width, height, rgb }
}

function shareOfDark({ width, height, rgb }: Pixels): number {
  let dark = 0
  for (let at = 0; at < rgb.length; at += 3)
    if (0.299 * rgb[at]! + 0.587 * rgb[at + 1]! + 0.114 * rgb[at + 2]! < darkBelow) dark++
  return dark / (width * height)
}
