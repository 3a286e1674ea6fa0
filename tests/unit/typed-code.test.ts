import { readFileSync } from 'node:fs'
import { formatTypedCode, readTypedCode } from '@carnet/api/books/typed-code.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const vectors: {
  vouchers: { code: string; typedCode: string }[]
  refusedTypedCodes: { why: string; typedCode: string; wrongGroup: number | null }[]
} = JSON.parse(readFileSync(new URL('../../docs/test-vectors.json', import.meta.url), 'utf8'))

const anyCode = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => {
  bytes[0]! &= 15
  return bytes
})
const anyTyped = anyCode.map((code) => formatTypedCode(code).replaceAll('-', ''))
const put = (text: string, at: number, character: string) => text.slice(0, at) + character + text.slice(at + 1)
const others = (character: string) => [...ALPHABET].filter((other) => other !== character)
const groupOf = (at: number) => Math.floor(at / 4) + 1
const places = Array.from({ length: 14 }, (_, at) => at)

/** Every text that differs from `typed` in one place, then in two: 434 and 87,451 of them. */
function* oneWrong(typed: string) {
  for (const at of places) for (const other of others(typed[at]!)) yield { at, text: put(typed, at, other) }
}
function* twoWrong(typed: string) {
  for (const { at, text } of oneWrong(typed))
    for (const second of places.slice(at + 1)) for (const other of others(text[second]!)) yield put(text, second, other)
}

test('the published examples', () => {
  for (const { code, typedCode } of vectors.vouchers) {
    expect(formatTypedCode(new Uint8Array(Buffer.from(code, 'hex')))).toBe(typedCode)
    expect(readTypedCode(typedCode)).toEqual({ code: new Uint8Array(Buffer.from(code, 'hex')) })
  }
  for (const { typedCode, wrongGroup } of vectors.refusedTypedCodes)
    expect(readTypedCode(typedCode)).toEqual({ code: null, wrongGroup })
})

test('what is printed is what is read, however it is typed', () => {
  const careless = (typed: string, choices: number[]) =>
    [...typed]
      .map((character, at) => {
        const choice = choices[at]!
        const written = { '0': 'O', '1': choice & 8 ? 'I' : 'l', V: 'u' }[character]
        const typedAs = choice & 1 && written ? written : character
        return (choice & 2 ? typedAs.toLowerCase() : typedAs) + ['', ' ', '-', '\u2013'][choice >> 4]
      })
      .join('')
  fc.assert(
    fc.property(anyCode, fc.array(fc.nat(63), { minLength: 14, maxLength: 14 }), (code, choices) => {
      const typed = formatTypedCode(code)
      expect(typed).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{2}$/)
      expect(readTypedCode(typed)).toEqual({ code })
      expect(readTypedCode(careless(typed.replaceAll('-', ''), choices))).toEqual({ code })
    }),
    { numRuns: 2_000 },
  )
})

test('every single wrong character of one code is found, in its group', () => {
  for (const { at, text } of oneWrong('28T5CY4TQKFF2Z'))
    expect(readTypedCode(text)).toEqual({ code: null, wrongGroup: groupOf(at) })
})

/** The check is linear, so what holds for every error of one code holds for every code. */
test('every pair of wrong characters of one code is found: 87,451 of them', () => {
  let found = 0
  for (const text of twoWrong('28T5CY4TQKFF2Z')) if (readTypedCode(text).code === null) found++
  expect(found).toBe(((14 * 13) / 2) * 31 * 31)
})

test('a group is pointed at only when one character of it, or two neighbours exchanged, would explain the error', () => {
  const couldExplain = (text: string, group: number) =>
    places.some((at) => {
      if (groupOf(at) !== group) return false
      const repairs = others(text[at]!).map((other) => put(text, at, other))
      if (groupOf(at + 1) === group && at < 13) repairs.push(put(put(text, at, text[at + 1]!), at + 1, text[at]!))
      return repairs.some((repaired) => readTypedCode(repaired).code)
    })
  let pointed = 0
  for (const text of [...twoWrong('28T5CY4TQKFF2Z')].filter((_, at) => at % 53 === 0)) {
    const read = readTypedCode(text)
    if (read.code !== null || read.wrongGroup === null) continue
    pointed++
    expect(couldExplain(text, read.wrongGroup), text).toBe(true)
  }
  expect(pointed).toBeGreaterThan(0)
})

test('one or two wrong characters of any code are found', () => {
  const change = fc.record({ at: fc.nat(13), shift: fc.integer({ min: 1, max: 31 }) })
  const apply = (typed: string, { at, shift }: { at: number; shift: number }) =>
    put(typed, at, ALPHABET[(ALPHABET.indexOf(typed[at]!) + shift) % 32]!)
  fc.assert(
    fc.property(anyTyped, change, change, (typed, first, second) => {
      const once = apply(typed, first)
      expect(readTypedCode(once)).toEqual({ code: null, wrongGroup: groupOf(first.at) })
      const twice = apply(once, second)
      if (twice !== typed) expect(readTypedCode(twice).code).toBeNull()
    }),
    { numRuns: 5_000 },
  )
})

test('any two characters exchanged are found; neighbours never point at a group without them', () => {
  fc.assert(
    fc.property(anyTyped, (typed) => {
      for (const first of places)
        for (const second of places.slice(first + 1)) {
          const exchanged = put(put(typed, first, typed[second]!), second, typed[first]!)
          if (exchanged === typed) continue
          const read = readTypedCode(exchanged)
          if (read.code !== null) throw new Error(`${exchanged} was accepted for ${typed}`)
          if (second === first + 1 && read.wrongGroup !== null) expect(read.wrongGroup).toBe(groupOf(first))
        }
    }),
    { numRuns: 300 },
  )
})

test('100,000 texts that are no code: no exception, and a code is only read from 14 characters', () => {
  const noise = fc.oneof(
    fc.string({ maxLength: 80 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ unit: 'grapheme', minLength: 14, maxLength: 14 }),
    fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 20 }),
  )
  fc.assert(
    fc.property(noise, (text) => {
      const { code } = readTypedCode(text)
      if (code === null) return
      // One random text in 1,024 passes the check; it then is that code and no other.
      const plain = text.toUpperCase().replace(/[^0-9A-Z]/g, '')
      const canonical = plain.replace(/O/g, '0').replace(/[IL]/g, '1').replace(/U/g, 'V')
      if (formatTypedCode(code).replaceAll('-', '') !== canonical) throw new Error(`misread: ${text}`)
    }),
    { numRuns: 100_000 },
  )
}, 60_000)

test.each([
  '',
  '----',
  '28T5-CY4T-QKFF-2Z0',
  '28T5-CY4T-QKFF-2Z'.padEnd(200),
  '28T5-CY4T-QKFF-ıZ',
  'ß8T5-CY4T-QKFF-2Z',
])('refused: %j', (text) => {
  expect(readTypedCode(text).code).toBeNull()
})

test('what is not a 60-bit code has no typed form', () => {
  expect(() => formatTypedCode(new Uint8Array(7))).toThrow(RangeError)
  expect(() => formatTypedCode(new Uint8Array(8).fill(16))).toThrow(RangeError)
})
