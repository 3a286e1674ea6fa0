/**
 * The code as a person reads and types it: `XXXX-XXXX-XXXX-CC`, 60 bits in Crockford base32 and 2 check characters.
 * Pure. The check is a Reed-Solomon code over GF(32) (x^5+x^2+1, alpha = 2): every one or two wrong characters and
 * every exchange of two are detected. It points at a group and never corrects: a guess must not spend another's voucher.
 */
import { isCode } from './voucher-payload.ts'

export type Group = 1 | 2 | 3 | 4
export type TypedCode = { code: Uint8Array } | { code: null; wrongGroup: Group | null }

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const READ_AS: Record<string, string> = { O: '0', I: '1', L: '1', U: 'V' }
const LENGTH = 14
const LONGEST_INPUT = 64
const BETWEEN = /[\s\-\u2010-\u2015\u2212]/g

const POWERS: number[] = []
const LOGS: number[] = []
for (let exponent = 0, power = 1; exponent < 31; exponent++) {
  POWERS[exponent] = power
  LOGS[power] = exponent
  power = power & 16 ? (power << 1) ^ 0b100101 : power << 1
}
const times = (a: number, b: number) => (a && b ? POWERS[(LOGS[a]! + LOGS[b]!) % 31]! : 0)
const inverse = (a: number) => POWERS[(31 - LOGS[a]!) % 31]!
const groupOf = (at: number) => (Math.floor(at / 4) + 1) as Group

/** Both are 0 for a right code: the plain sum, and the sum weighted by place. */
function syndromes(symbols: readonly number[]): { sum: number; weighted: number } {
  let sum = 0
  let weighted = 0
  symbols.forEach((symbol, at) => {
    sum ^= symbol
    weighted ^= times(POWERS[at]!, symbol)
  })
  return { sum, weighted }
}

/** The two last characters, solved from c12 + c13 = sum and alpha^12 c12 + alpha^13 c13 = weighted. */
function checkSymbols(symbols: readonly number[]): [number, number] {
  const { sum, weighted } = syndromes(symbols)
  const c12 = times(weighted ^ times(POWERS[13]!, sum), inverse(POWERS[12]! ^ POWERS[13]!))
  return [c12, sum ^ c12]
}

/** 8 bytes to `XXXX-XXXX-XXXX-CC`. Throws `RangeError` for what is not a 60-bit code. */
export function formatTypedCode(code: Uint8Array): string {
  if (!isCode(code)) throw new RangeError('a code is 8 bytes and starts with 4 zero bits')
  let bits = 0n
  for (const byte of code) bits = (bits << 8n) | BigInt(byte)
  const symbols = Array.from({ length: 12 }, (_, at) => Number((bits >> BigInt(55 - 5 * at)) & 31n))
  const text = [...symbols, ...checkSymbols(symbols)].map((symbol) => ALPHABET[symbol]).join('')
  return text.match(/.{1,4}/g)!.join('-')
}

function toCode(symbols: readonly number[]): Uint8Array {
  let bits = 0n
  for (const symbol of symbols.slice(0, 12)) bits = (bits << 5n) | BigInt(symbol)
  const code = new Uint8Array(8)
  new DataView(code.buffer).setBigUint64(0, bits)
  return code
}

/** Where one wrong character, or two neighbours exchanged, would explain the check; null when several groups would. */
function findWrongGroup(symbols: readonly number[], sum: number, weighted: number): Group | null {
  if (sum && weighted) {
    const at = (LOGS[weighted]! - LOGS[sum]! + 31) % 31
    return at < LENGTH ? groupOf(at) : null
  }
  if (sum) return null
  const groups = new Set<Group | null>()
  for (let at = 0; at < LENGTH - 1; at++) {
    const difference = symbols[at]! ^ symbols[at + 1]!
    if (times(difference, POWERS[at]! ^ POWERS[at + 1]!) !== weighted) continue
    groups.add(groupOf(at) === groupOf(at + 1) ? groupOf(at) : null)
  }
  return groups.size === 1 ? [...groups][0]! : null
}

/**
 * Any case, spaces and dashes ignored, O read as 0, I and L as 1, U as V. Never throws.
 * A wrong code tells in which group (1 to 4) to look, where that can be known.
 */
export function readTypedCode(text: string): TypedCode {
  const characters = text.length <= LONGEST_INPUT ? text.replace(BETWEEN, '') : ''
  if (characters.length !== LENGTH) return { code: null, wrongGroup: null }
  const symbols: number[] = []
  for (const [at, character] of [...characters].entries()) {
    const upper = character < '\x80' ? character.toUpperCase() : ''
    const symbol = upper ? ALPHABET.indexOf(READ_AS[upper] ?? upper) : -1
    if (symbol < 0) return { code: null, wrongGroup: at < LENGTH ? groupOf(at) : null }
    symbols.push(symbol)
  }
  const { sum, weighted } = syndromes(symbols)
  if (sum === 0 && weighted === 0) return { code: toCode(symbols) }
  return { code: null, wrongGroup: findWrongGroup(symbols, sum, weighted) }
}
