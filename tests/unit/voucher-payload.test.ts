import { createPrivateKey, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isSignedBy, signVoucher } from '@carnet/api/books/sign-voucher.ts'
import {
  encodePayload,
  readVoucherHeader,
  readVoucherText,
  type VoucherFields,
  voucherText,
} from '@carnet/api/books/voucher-payload.ts'
import { addDays } from '@carnet/api/shared/days.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

type Vector = Omit<VoucherFields, 'code'> & {
  name: string
  code: string
  payload: string
  text: string
  publicKey: string
}
type Vectors = {
  testKeys: { kid: number; ed25519Seed: string }[]
  vouchers: Vector[]
  refusedTexts: { why: string; text: string }[]
}
const vectors: Vectors = JSON.parse(readFileSync(new URL('../../docs/test-vectors.json', import.meta.url), 'utf8'))
const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const publicKeyOf = (raw: string) => createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: raw } })

const PKCS8_PREFIX = '302e020100300506032b657004220420'
const privateKeys = new Map<number, KeyObject>(
  vectors.testKeys.map(({ kid, ed25519Seed }) => {
    const key = Buffer.from(PKCS8_PREFIX + ed25519Seed, 'hex')
    return [kid, createPrivateKey({ key, format: 'der', type: 'pkcs8' })]
  }),
)

const anyCode = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => {
  bytes[0]! &= 15
  return bytes
})
const anyFields: fc.Arbitrary<VoucherFields> = fc.record({
  isTraining: fc.boolean(),
  kid: fc.integer({ min: 1, max: 255 }),
  campaignNumber: fc.integer({ min: 0, max: 0xffffff }),
  lastDay: fc.integer({ min: 0, max: 0xffff }).map((days) => addDays('2024-01-01', days)),
  faceValueEuros: fc.integer({ min: 0, max: 255 }),
  code: anyCode,
})
const anySignature = fc.uint8Array({ minLength: 64, maxLength: 64 })

test.each(vectors.vouchers)('the published example of $name', (vector) => {
  const { isTraining, kid, campaignNumber, lastDay, faceValueEuros, payload, text, publicKey } = vector
  const fields = { isTraining, kid, campaignNumber, lastDay, faceValueEuros, code: fromHex(vector.code) }
  const signed = signVoucher(encodePayload(fields), privateKeys.get(kid)!)

  expect(toHex(signed)).toBe(payload)
  expect(voucherText(signed)).toBe(text)
  expect(text).toHaveLength(122)
  expect(readVoucherText(text)).toMatchObject(fields)
  expect(isSignedBy(readVoucherText(text)!, publicKeyOf(publicKey))).toBe(true)
})

test.each(vectors.refusedTexts)('a text with $why is not a voucher', ({ text }) => {
  expect(readVoucherText(text)).toBeNull()
  expect(readVoucherHeader(text)).toBeNull()
})

/** Uses nothing of ours: what an independent reader would write from docs/voucher-format.md. */
test('the published examples verify with node:crypto alone', () => {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
  for (const { text, publicKey } of vectors.vouchers) {
    const bytes: number[] = []
    for (let at = 2; at < text.length; at += 3) {
      const [a, b, c] = [...text.slice(at, at + 3)].map((character) => alphabet.indexOf(character))
      const pair = a! + b! * 45 + c! * 2025
      bytes.push(pair >> 8, pair & 255)
    }
    const message = Buffer.concat([Buffer.from('pn-cheque-v1\0'), Buffer.from(bytes.slice(0, 16))])
    const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey } })
    expect(verify(null, message, key, Buffer.from(bytes.slice(16)))).toBe(true)
    message[15]! ^= 1
    expect(verify(null, message, key, Buffer.from(bytes.slice(16)))).toBe(false)
  }
})

test('what is written is what is read', () => {
  fc.assert(
    fc.property(anyFields, anySignature, (fields, signature) => {
      const bytes = new Uint8Array([...encodePayload(fields), ...signature])
      const text = voucherText(bytes)
      const { signedBytes, signature: read, ...readFields } = readVoucherText(text)!
      expect(readFields).toEqual(fields)
      expect([...signedBytes, ...read]).toEqual([...bytes])
      const { isTraining, kid, code } = fields
      expect(readVoucherHeader(text)).toEqual({ isTraining, kid, code, signedBytes })
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  { kid: 0 },
  { kid: 256 },
  { kid: 1.5 },
  { campaignNumber: 0x1000000 },
  { campaignNumber: -1 },
  { lastDay: '2023-12-31' },
  { lastDay: '2203-06-08' },
  { lastDay: '2026-02-30' },
  { faceValueEuros: 256 },
  { code: new Uint8Array(7) },
  { code: new Uint8Array(8).fill(16) },
])('a field that does not fit is never written: %o', (wrong) => {
  const right = { isTraining: false, kid: 1, campaignNumber: 1, lastDay: '2026-12-31', faceValueEuros: 10 }
  expect(() => encodePayload({ ...right, code: new Uint8Array(8), ...wrong })).toThrow(RangeError)
})

test('a voucher of another length has no text', () => {
  expect(() => voucherText(new Uint8Array(79))).toThrow(RangeError)
})

/** A flipped bit may still read as a well-formed voucher; its signature then never holds. */
test('100,000 malformed texts: no exception, nothing accepted', () => {
  const keys = new Map(vectors.vouchers.map(({ kid, publicKey }) => [kid, publicKeyOf(publicKey)]))
  const originals = vectors.vouchers.map(({ payload }) => fromHex(payload))
  const text = fc.constantFrom(...vectors.vouchers.map((vector) => vector.text))
  const alphanumeric = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:')
  const place = fc.nat(121)
  const malformed = fc.oneof(
    fc.string({ maxLength: 130 }),
    fc.string({ unit: 'binary', minLength: 120, maxLength: 124 }).map((tail) => `P1${tail}`),
    fc.string({ unit: alphanumeric, minLength: 120, maxLength: 120 }).map((tail) => `P1${tail}`),
    fc.tuple(text, place).map(([whole, at]) => whole.slice(0, at)),
    fc
      .tuple(text, fc.string({ unit: alphanumeric, minLength: 1, maxLength: 300 }))
      .map(([whole, more]) => whole + more),
    fc.tuple(text, place, alphanumeric).map(([whole, at, other]) => whole.slice(0, at) + other + whole.slice(at + 1)),
    fc
      .tuple(text, place, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }))
      .map(([whole, at, other]) => whole.slice(0, at) + other + whole.slice(at + 1)),
    fc.tuple(fc.constantFrom(...originals), fc.nat(639)).map(([bytes, bit]) => {
      const flipped = bytes.slice()
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      return voucherText(flipped)
    }),
  )
  const known = new Set(vectors.vouchers.map((vector) => vector.text))
  fc.assert(
    fc.property(malformed, (candidate) => {
      if (known.has(candidate)) return
      const voucher = readVoucherText(candidate)
      const header = readVoucherHeader(candidate)
      if ((voucher === null) !== (header === null)) throw new Error('the two readers disagree')
      const key = voucher && keys.get(voucher.kid)
      if (key && isSignedBy(voucher, key)) throw new Error(`accepted: ${candidate}`)
    }),
    { numRuns: 100_000 },
  )
}, 60_000)
