/**
 * A PNG from outside, as pixels on white paper. Only the pieces that make pixels reach the decoder: texts, profiles and whatever
 * else a file may carry are left behind, and what would unpack to more than its size says is refused before it is unpacked.
 */
import { inflateSync } from 'node:zlib'
import { convertIndexedToRgb, type DecodedPng, decode } from 'fast-png'

/** Three bytes a pixel. */
export type Pixels = { width: number; height: number; rgb: Uint8Array }
type Chunk = { type: string; whole: Buffer; data: Buffer }

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const kept = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']
const channelsOf: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

export const isPng = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 8)).equals(signature)

/** What a file says of its own size, before anything of it is unpacked. Null when it says nothing. */
export function sizeOfPng(bytes: Uint8Array): { width: number; height: number } | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (head.length < 33 || head.toString('latin1', 12, 16) !== 'IHDR') return null
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) }
}

/** Throws when the file is broken, or unpacks to more than it should. Its size was looked at before. */
export function readPng(bytes: Uint8Array): Pixels {
  const chunks = chunksOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  checkUnpacked(chunks)
  return onWhite(decode(Buffer.concat([signature, ...chunks.map(({ whole }) => whole)]), { checkCrc: true }))
}

function chunksOf(file: Buffer): Chunk[] {
  const chunks: Chunk[] = []
  for (let at = signature.length; at < file.length; ) {
    const end = at + 12 + file.readUInt32BE(at)
    if (end > file.length) throw new RangeError('A piece of the file is cut off')
    const type = file.toString('latin1', at + 4, at + 8)
    // The decoder would believe the last one of several; only the first one's size was looked at.
    if (type === 'IHDR' && chunks.length > 0) throw new RangeError('The file says its size twice')
    if (kept.includes(type)) chunks.push({ type, whole: file.subarray(at, end), data: file.subarray(at + 8, end - 4) })
    if (type === 'IEND') return chunks
    at = end
  }
  throw new RangeError('The file has no end')
}

function checkUnpacked(chunks: readonly Chunk[]): void {
  const header = chunks[0]!.data
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const [depth, channels] = [header.readUInt8(8), channelsOf[header.readUInt8(9)]]
  if (![1, 2, 4, 8, 16].includes(depth) || !channels) throw new RangeError('No picture has such samples')
  const bits = depth * channels
  const isInterlaced = header.readUInt8(12) === 1
  const size = height * (1 + Math.ceil((width * bits) / 8))
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data))
  // The seven passes of an interlaced picture begin more lines than it has.
  const unpacked = inflateSync(packed, { maxOutputLength: isInterlaced ? 2 * size + 1024 : size })
  if (!isInterlaced && unpacked.length < size) throw new RangeError('Lines are missing')
}

/** Samples of 8 bits, whatever the depth of the file. */
function samplesOf(png: DecodedPng): { samples: Uint8Array; channels: number } {
  const { width, height, depth, data, channels } = png
  if (png.palette) return { samples: convertIndexedToRgb(png), channels: png.palette[0]!.length }
  if (depth >= 8) return { samples: Uint8Array.from(data, (value) => (depth === 16 ? value >> 8 : value)), channels }
  const bytesOfLine = Math.ceil((width * depth) / 8)
  const most = 2 ** depth - 1
  const samples = Uint8Array.from({ length: width * height }, (_, at) => {
    const bit = (at % width) * depth
    const byte = data[Math.floor(at / width) * bytesOfLine + (bit >> 3)]!
    return (((byte >> (8 - depth - (bit & 7))) & most) * 255) / most
  })
  return { samples, channels }
}

function onWhite(png: DecodedPng): Pixels {
  const { width, height } = png
  const { samples, channels } = samplesOf(png)
  const colours = channels >= 3 ? 3 : 1
  const clear = clearColour(png)
  const rgb = new Uint8Array(width * height * 3)
  for (let at = 0; at < width * height; at++) {
    const from = at * channels
    const isClear = clear?.every((value, colour) => value === samples[from + colour])
    const alpha = isClear ? 0 : channels > colours ? samples[from + colours]! / 255 : 1
    for (let colour = 0; colour < 3; colour++)
      rgb[at * 3 + colour] = Math.round(255 + alpha * (samples[from + (colours === 3 ? colour : 0)]! - 255))
  }
  return { width, height, rgb }
}

/** One colour of a picture without an alpha channel may stand for the paper. */
function clearColour({ palette, transparency, depth }: DecodedPng): number[] | null {
  if (palette || !transparency || transparency.length === 0) return null
  return [...transparency].map((value) => (depth === 16 ? value >> 8 : (value * 255) / (2 ** depth - 1)))
}
