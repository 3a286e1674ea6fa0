import { hash } from 'node:crypto'

const BLOCK_LENGTH = 64
const LONGEST_IN_PLACE = 448

/** HMAC-SHA256 under one key, cut to 16 bytes and written as 32 hex digits. */
export type MacKey = {
  mac(data: Uint8Array | string): string
  macOfHex(hex: string): string
  /** Zeros over the key; a later use throws. */
  wipe(): void
}

/**
 * RFC 2104 with its two padded blocks kept ready, and SHA-256 in one native call: half the time of `createHmac`,
 * and the key lies only in buffers that `wipe` can reach. `key` is 32 bytes and is zeroed here.
 */
export function macKey(key: Buffer): MacKey {
  const inner = Buffer.alloc(BLOCK_LENGTH + LONGEST_IN_PLACE)
  const outer = Buffer.alloc(BLOCK_LENGTH + 32)
  for (let at = 0; at < BLOCK_LENGTH; at++) {
    inner[at] = (key[at] ?? 0) ^ 0x36
    outer[at] = (key[at] ?? 0) ^ 0x5c
  }
  key.fill(0)
  const views: Buffer[] = []
  let isWiped = false

  function finish(padded: Uint8Array): string {
    if (isWiped) throw new Error('This key is destroyed')
    outer.write(hash('sha256', padded, 'hex'), BLOCK_LENGTH, 'hex')
    return hash('sha256', outer, 'hex').slice(0, 32)
  }

  function finishInPlace(length: number): string {
    views[length] ??= inner.subarray(0, BLOCK_LENGTH + length)
    return finish(views[length])
  }

  function mac(data: Uint8Array | string): string {
    if (typeof data === 'string' && data.length * 3 <= LONGEST_IN_PLACE)
      return finishInPlace(inner.write(data, BLOCK_LENGTH))
    const bytes = typeof data === 'string' ? Buffer.from(data) : data
    if (bytes.length > LONGEST_IN_PLACE) return finish(Buffer.concat([inner.subarray(0, BLOCK_LENGTH), bytes]))
    inner.set(bytes, BLOCK_LENGTH)
    return finishInPlace(bytes.length)
  }

  function macOfHex(hex: string): string {
    const length = inner.write(hex, BLOCK_LENGTH, 'hex')
    if (length * 2 !== hex.length) throw new RangeError('These are not hex digits, or too many')
    return finishInPlace(length)
  }

  function wipe(): void {
    isWiped = true
    inner.fill(0)
    outer.fill(0)
  }

  return { mac, macOfHex, wipe }
}
