import { crc32, deflateSync } from 'node:zlib'

type Kind = 'grey' | 'rgb' | 'palette' | 'grey with alpha' | 'rgba'
const colourTypes: Record<Kind, number> = { grey: 0, rgb: 2, palette: 3, 'grey with alpha': 4, rgba: 6 }
const channels: Record<Kind, number> = { grey: 1, rgb: 3, palette: 1, 'grey with alpha': 2, rgba: 4 }

export function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

type Picture = {
  width: number
  height: number
  kind?: Kind
  depth?: 1 | 2 | 4 | 8 | 16
  /** The samples of one pixel, each of `depth` bits. */
  at?: (x: number, y: number) => readonly number[]
  /** Put between the header and the pixels. */
  between?: readonly Buffer[]
  isInterlaced?: boolean
  /** Instead of the lines of the picture. */
  packed?: Buffer
}

/** A PNG as other programs write it: of any kind, with whatever they put into it. By default a black square on white. */
export function pngOf({
  width,
  height,
  kind = 'rgb',
  depth = 8,
  between = [],
  isInterlaced,
  packed,
  ...picture
}: Picture) {
  const isInk = (x: number, y: number) => x > width / 4 && x < width / 2 && y > height / 4
  const at = picture.at ?? ((x, y) => Array.from({ length: channels[kind] }, () => (isInk(x, y) ? 0 : 2 ** depth - 1)))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([depth, colourTypes[kind], 0, 0, isInterlaced ? 1 : 0], 8)
  const pixels = packed ?? deflateSync(linesOf(width, height, depth, at))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    ...[chunk('IHDR', header), ...between, chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))],
  ])
}

function linesOf(
  width: number,
  height: number,
  depth: number,
  at: (x: number, y: number) => readonly number[],
): Buffer {
  const lines = Array.from({ length: height }, (_, y) => {
    const samples = Array.from({ length: width }, (__, x) => at(x, y)).flat()
    if (depth === 8) return Buffer.from([0, ...samples])
    const line = samples.map((value) => value.toString(2).padStart(depth, '0')).join('')
    const bytes = line.padEnd(Math.ceil(line.length / 8) * 8, '0').match(/.{8}/g) ?? []
    return Buffer.from([0, ...bytes.map((byte) => Number.parseInt(byte, 2))])
  })
  return Buffer.concat(lines)
}
