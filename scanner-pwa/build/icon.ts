/** The app's icon: the square of a voucher, read. Drawn point by point, so that no picture has to be kept. */
import { deflateSync } from 'node:zlib'

type Colour = readonly [number, number, number]
const teal: Colour = [11, 93, 107]
const paper: Colour = [251, 248, 242]
const gold: Colour = [242, 184, 75]

const within = (value: number, from: number, to: number) => value >= from && value <= to
const isInRounded = (x: number, y: number, from: number, to: number, radius: number) => {
  const dx = Math.max(from + radius - x, x - to + radius, 0)
  const dy = Math.max(from + radius - y, y - to + radius, 0)
  return Math.hypot(dx, dy) <= radius
}

function distanceToLine(x: number, y: number, [ax, ay]: number[], [bx, by]: number[]): number {
  const [dx, dy] = [bx! - ax!, by! - ay!]
  const along = Math.max(0, Math.min(1, ((x - ax!) * dx + (y - ay!) * dy) / (dx * dx + dy * dy)))
  return Math.hypot(x - ax! - along * dx, y - ay! - along * dy)
}

/** The colour at a point of the unit square; null: see-through. */
function colourAt(x: number, y: number, shape: 'rounded' | 'full'): Colour | null {
  if (shape === 'rounded' && !isInRounded(x, y, 0.02, 0.98, 0.2)) return null
  const tick = [
    [0.37, 0.52],
    [0.47, 0.62],
    [0.66, 0.4],
  ]
  if (Math.min(distanceToLine(x, y, tick[0]!, tick[1]!), distanceToLine(x, y, tick[1]!, tick[2]!)) < 0.045) return paper
  const [fx, fy] = [Math.abs(x - 0.5), Math.abs(y - 0.5)]
  const onEdge = isInRounded(x, y, 0.2, 0.8, 0.1) && !isInRounded(x, y, 0.265, 0.735, 0.05)
  if (onEdge && within(fx, 0.13, 1) && within(fy, 0.13, 1)) return gold
  return teal
}

const table = Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value >>> 0
})

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  let crc = 0xffffffff
  for (const byte of body) crc = (table[(crc ^ byte) & 255]! ^ (crc >>> 8)) >>> 0
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE((crc ^ 0xffffffff) >>> 0)
  return Buffer.concat([length, body, check])
}

/** A PNG of `size` × `size`. `full` fills the square, for systems that cut their own shape. */
export function drawIcon(size: number, shape: 'rounded' | 'full'): Buffer {
  const fine = 3
  const rows: Buffer[] = []
  for (let row = 0; row < size; row++) {
    const line = Buffer.alloc(1 + size * 4)
    for (let column = 0; column < size; column++) {
      const seen: Colour[] = []
      for (let at = 0; at < fine * fine; at++) {
        const x = (column + ((at % fine) + 0.5) / fine) / size
        const colour = colourAt(x, (row + (Math.floor(at / fine) + 0.5) / fine) / size, shape)
        if (colour) seen.push(colour)
      }
      const mean = (part: 0 | 1 | 2) => seen.reduce((sum, colour) => sum + colour[part], 0) / Math.max(1, seen.length)
      line.set([mean(0), mean(1), mean(2), (255 * seen.length) / (fine * fine)].map(Math.round), 1 + column * 4)
    }
    rows.push(line)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
