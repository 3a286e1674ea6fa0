import { inflateRawSync } from 'node:zlib'
import { AppError } from '../shared/errors.ts'

/**
 * Reads the parts of a small zip file. Everything is bounded before a byte is unpacked: a bomb is refused by what it says of
 * itself, and one that lies by the bound.
 */
export type ZipLimits = { mostParts: number; largestPart: number; largestWhole: number }

const [endSize, entrySize, localSize] = [22, 46, 30]
const [endMark, entryMark, localMark] = [0x06054b50, 0x02014b50, 0x04034b50]
const longestComment = 65_535

type Part = { method: number; packed: number; size: number; at: number }

const refuse = (code: string, message: string, facts: Record<string, number> = {}) =>
  new AppError('invalid', code, message, facts)
const broken = () => refuse('workbook_unreadable', 'This is not a whole zip file')

/**
 * The text of the parts asked for, by name; a part that is not there is left out. Throws `invalid` `workbook_unreadable`,
 * `workbook_too_large`.
 */
export function unzip(
  bytes: Uint8Array,
  isWanted: (name: string) => boolean,
  limits: ZipLimits,
): ReadonlyMap<string, string> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const texts = new Map<string, string>()
  for (const [name, part] of directoryOf(file, limits)) if (isWanted(name)) texts.set(name, unpack(file, part))
  return texts
}

/** What the file says is in it, with the bounds checked. */
function directoryOf(file: Buffer, limits: ZipLimits): Map<string, Part> {
  const end = findEnd(file)
  const count = file.readUInt16LE(end + 10)
  if (count > limits.mostParts) throw refuse('workbook_too_large', 'Too many parts', { parts: count })
  const parts = new Map<string, Part>()
  let at = file.readUInt32LE(end + 16)
  let whole = 0
  for (let seen = 0; seen < count; seen += 1) {
    if (at + entrySize > file.length || file.readUInt32LE(at) !== entryMark) throw broken()
    const [flags, method] = [file.readUInt16LE(at + 8), file.readUInt16LE(at + 10)]
    const [packed, size] = [file.readUInt32LE(at + 20), file.readUInt32LE(at + 24)]
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => file.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ]
    whole += size
    if (size > limits.largestPart || whole > limits.largestWhole)
      throw refuse('workbook_too_large', 'It unpacks to too much', { bytes: whole })
    if ((flags & 1) === 1 || (method !== 0 && method !== 8)) throw broken()
    const name = file.toString('utf8', at + entrySize, at + entrySize + nameLength)
    parts.set(name, { method, packed, size, at: file.readUInt32LE(at + 42) })
    at += entrySize + nameLength + extra + comment
  }
  return parts
}

function findEnd(file: Buffer): number {
  const first = Math.max(0, file.length - endSize - longestComment)
  for (let at = file.length - endSize; at >= first; at -= 1) if (file.readUInt32LE(at) === endMark) return at
  throw broken()
}

function unpack(file: Buffer, { method, packed, size, at }: Part): string {
  if (at + localSize > file.length || file.readUInt32LE(at) !== localMark) throw broken()
  const from = at + localSize + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28)
  const body = file.subarray(from, from + packed)
  if (body.length !== packed) throw broken()
  const unpacked = method === 0 ? body : inflate(body, size)
  if (unpacked.length !== size) throw broken()
  return new TextDecoder().decode(unpacked)
}

function inflate(body: Buffer, size: number): Buffer {
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(1, size) })
  } catch {
    throw broken()
  }
}
