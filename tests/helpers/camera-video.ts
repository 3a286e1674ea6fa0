import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { code128Bars } from '@carnet/api/books/pdf/code-128.ts'
import { coverNumber } from '@carnet/api/books/pdf/cover-number.ts'
import { createSymbol, rasterOf } from '@carnet/api/books/pdf/qr-symbol.ts'
import type { Picture } from '@carnet/api/books/pdf/symbol-readers.ts'
import { afterwards } from './afterwards.ts'

/** What lies before the camera, and for how long; null is an empty table. The film starts over at its end. */
type Scene = { shows: Picture | null; seconds: number }

const table = 118
const fps = 20

/** A code alone, as on another phone's screen. */
export function pictureOf(text: string): Picture {
  const { pixels, side } = rasterOf(createSymbol(text, 0), 4)
  return { pixels, width: side, height: side }
}

/** The bars of a cover as they are printed, with their quiet zones. */
export function pictureOfCover(campaignNumber: number, cover: number): Picture {
  const { bars, width: modules } = code128Bars(coverNumber(campaignNumber, cover).digits)
  const [module, quiet, height] = [3, 10, 60]
  const width = (modules + 2 * quiet) * module
  const pixels = new Uint8ClampedArray(width * height).fill(255)
  for (const { x, width: bar } of bars)
    for (let y = 6; y < height - 6; y++) {
      const start = y * width + (quiet + x) * module
      pixels.fill(0, start, start + bar * module)
    }
  return { pixels, width, height }
}

/**
 * A film for Chromium's `--use-file-for-fake-video-capture`: pictures held before a camera by a hand that is never quite still.
 * Each fills nine tenths of the frame. The film is removed after the file's tests.
 */
export function filmPaper(scenes: readonly Scene[], { width = 640, height = 480 } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'carnet-film-'))
  afterwards(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'camera.y4m')
  const video = openSync(file, 'w')
  const colours = Buffer.alloc((width * height) / 2, 128)
  try {
    writeSync(video, `YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420mpeg2\n`)
    let time = 0
    for (const { shows, seconds } of scenes)
      for (let frame = 0; frame < seconds * fps; frame++, time++) {
        writeSync(video, 'FRAME\n')
        writeSync(video, frameOf(shows, width, height, time))
        writeSync(video, colours)
      }
  } finally {
    closeSync(video)
  }
  return file
}

function frameOf(picture: Picture | null, width: number, height: number, time: number): Buffer {
  const frame = Buffer.alloc(width * height, table)
  if (!picture) return frame
  const scale = Math.max(picture.width / width, picture.height / height) / 0.9
  const left = (width - picture.width / scale) / 2 + 6 * Math.sin(time / 5)
  const top = (height - picture.height / scale) / 2 + 4 * Math.cos(time / 7)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const light = lightAt(picture, (x - left) * scale, (y - top) * scale, scale)
      if (light !== null) frame[y * width + x] = 24 + light * 0.78
    }
  return frame
}

/** The mean of what one pixel of the camera sees of the picture. */
function lightAt({ pixels, width, height }: Picture, x: number, y: number, size: number): number | null {
  if (x < 0 || y < 0 || x >= width || y >= height) return null
  const step = Math.max(1, size / 3)
  let sum = 0
  let count = 0
  for (let dy = 0; dy < Math.max(1, size); dy += step)
    for (let dx = 0; dx < Math.max(1, size); dx += step) {
      const [column, row] = [Math.min(width - 1, Math.floor(x + dx)), Math.min(height - 1, Math.floor(y + dy))]
      sum += pixels[row * width + column]!
      count++
    }
  return sum / count
}
