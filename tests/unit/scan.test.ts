import { formatTypedCode } from '@carnet/api/books/typed-code.ts'
import { encodePayload, voucherText } from '@carnet/api/books/voucher-payload.ts'
import { canonicalBody, codeOf, dayForDatabase } from '@carnet/api/redemptions/scan.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const codes = fc
  .uint8Array({ minLength: 8, maxLength: 8 })
  .map((bytes) => Uint8Array.from(bytes, (byte, at) => (at ? byte : byte & 15)))
function qrOf(code: Uint8Array, also: { isTraining?: boolean; kid?: number } = {}): string {
  const fields = { isTraining: false, kid: 3, campaignNumber: 7, lastDay: '2026-12-31', faceValueEuros: 10, code }
  const bytes = new Uint8Array(80)
  bytes.set(encodePayload({ ...fields, ...also }))
  return voucherText(bytes)
}

describe('a code', () => {
  test('is the same, scanned or typed; the QR says under which key', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(codeOf(qrOf(code), [1, 2])).toEqual({ kind: 'voucher', code, kids: [3], isTyped: false })
        expect(codeOf(formatTypedCode(code), [2, 1])).toEqual({ kind: 'voucher', code, kids: [2, 1], isTyped: true })
      }),
    )
  })

  test('typed, that begins like a QR is still a typed code', () => {
    // P is 22 and 1 is 1 in Crockford's alphabet: the first ten of the sixty bits.
    const code = Uint8Array.from([0b1011, 0b00000100, 2, 3, 4, 5, 6, 7])
    expect(formatTypedCode(code)).toMatch(/^P1/)
    expect(codeOf(formatTypedCode(code), [1])).toMatchObject({ kind: 'voucher', isTyped: true })
  })

  test('of training is told by the QR alone', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(codeOf(qrOf(code, { isTraining: true }), [1])).toEqual({ kind: 'training' })
      }),
    )
  })

  test('that is anything else is malformed, and never an error', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        fc.pre(!/^[0-9A-Za-z\s-]{14,64}$/.test(text))
        expect(codeOf(text, [1])).toEqual({ kind: 'malformed' })
      }),
    )
  })
})

describe('the canonical body', () => {
  const code = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8])
  const venueId = '4e7c0a52-6f0e-4a3c-9f51-0d3d9f3d2c11'

  test('holds code, service, day as sent and venue, and its version', () => {
    expect(canonicalBody(code, 'A01', '2026-03-10', venueId)).toBe(`1|0102030405060708|A01|2026-03-10|${venueId}`)
  })

  test('reads a code wherever its bytes lie', () => {
    const bytes = Uint8Array.from([9, 9, ...code, 9])
    expect(canonicalBody(bytes.subarray(2, 10), 'A01', '2026-03-10', venueId)).toBe(
      canonicalBody(code, 'A01', '2026-03-10', venueId),
    )
  })
})

test('the database is given no day that it cannot hold', () => {
  expect(dayForDatabase('0000-01-01')).toBe('2000-01-01')
  expect(dayForDatabase('1999-12-31')).toBe('2000-01-01')
  expect(dayForDatabase('2000-01-02')).toBe('2000-01-02')
  expect(dayForDatabase('9999-12-31')).toBe('9999-12-31')
})
