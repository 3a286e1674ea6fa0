/**
 * Base45 (RFC 9285) for an even number of bytes: two bytes are three characters, lowest digit first.
 * Strict: a text has one reading and bytes have one text, so nothing can be written in two ways.
 */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const NOT_A_DIGIT = 65536
const DIGITS = new Int32Array(128).fill(NOT_A_DIGIT)
for (let digit = 0; digit < 45; digit++) DIGITS[ALPHABET.charCodeAt(digit)] = digit

/** Bytes (an even number) to text, 3 characters for 2 bytes. */
export function toBase45(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = bytes[at]! * 256 + bytes[at + 1]!
    text += ALPHABET[pair % 45]! + ALPHABET[Math.floor(pair / 45) % 45]! + ALPHABET[Math.floor(pair / 2025)]!
  }
  return text
}

/** The two bytes of the triple that starts at `at`, as one number, or 65536 and more when they are not two bytes. */
function pairAt(text: string, at: number): number {
  const a = text.charCodeAt(at)
  const b = text.charCodeAt(at + 1)
  const c = text.charCodeAt(at + 2)
  // Also false for the NaN past the end of the text.
  if (!(a < 128 && b < 128 && c < 128)) return NOT_A_DIGIT
  return DIGITS[a]! + DIGITS[b]! * 45 + DIGITS[c]! * 2025
}

/**
 * Fills `bytes` from the text after `start`; the text may go on, and what goes on is checked as well.
 * False when any triple of the text, up to its end, is not two bytes.
 */
export function readBase45(text: string, start: number, bytes: Uint8Array): boolean {
  for (let at = start, to = 0; at < text.length; at += 3, to += 2) {
    const pair = pairAt(text, at)
    if (pair >= NOT_A_DIGIT) return false
    if (to < bytes.length) {
      bytes[to] = pair >> 8
      bytes[to + 1] = pair & 255
    }
  }
  return true
}
