import { createHmac, generateKeyPairSync, randomBytes, webcrypto } from 'node:crypto'
import { isSignedBy, signVoucher } from '@carnet/api/books/sign-voucher.ts'
import { encodePayload, readVoucherText, voucherText } from '@carnet/api/books/voucher-payload.ts'
import { blockHashes, blockHashOf } from '@carnet/api/keyring/block-hash.ts'
import { macKey } from '@carnet/api/keyring/mac.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { givenKeyring } from '../helpers/keyring.ts'

const code = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8])
const refusal = (kind: string) => expect.objectContaining({ code: kind })

test('a MAC is HMAC-SHA256 cut to 16 bytes, whatever the length', () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
  const data = fc.oneof(fc.uint8Array({ maxLength: 600 }), fc.string({ unit: 'binary', maxLength: 600 }))
  fc.assert(
    fc.property(bytes, fc.array(data, { minLength: 1, maxLength: 4 }), (keyBytes, texts) => {
      const key = macKey(Buffer.from(keyBytes))
      for (const text of texts) {
        const right = createHmac('sha256', keyBytes).update(text).digest('hex').slice(0, 32)
        expect(key.mac(text)).toBe(right)
        const hex = Buffer.from(text).subarray(0, 448).toString('hex')
        const ofHex = createHmac('sha256', keyBytes).update(hex, 'hex').digest('hex').slice(0, 32)
        expect(key.macOfHex(hex)).toBe(ofHex)
      }
    }),
    { numRuns: 500 },
  )
})

test('a wiped key answers nothing more, and the bytes it came from are gone', () => {
  const bytes = randomBytes(32)
  const key = macKey(bytes)
  expect(bytes).toEqual(Buffer.alloc(32))
  key.wipe()
  expect(() => key.mac(code)).toThrow('destroyed')
})

test.each(['zz', 'abc', '00'.repeat(449)])('what is not hex digits has no MAC: %s', (hex) => {
  expect(() => macKey(randomBytes(32)).macOfHex(hex)).toThrow(RangeError)
})

test('every MAC of the scan path depends on its key', () => {
  const { keyring } = givenKeyring()
  keyring.createPeriodKey(1)
  keyring.createPeriodKey(2)
  keyring.createKid()
  const codeMacs = [1, 2].map((kid) => keyring.codeMac(kid, code)!)
  const scanId = '6f1e2c3a-1111-4222-8333-444455556666'
  const all = [
    ...codeMacs,
    ...[1, 2].map((period) => keyring.tag(period, codeMacs[0]!)),
    ...[1, 2].map((period) => keyring.bodyMac(period, 'a canonical body')),
    keyring.answerMac(scanId),
    keyring.answerMac(scanId.replace('6f', '7f')),
  ]
  for (const mac of all) expect(mac).toMatch(/^[0-9a-f]{32}$/)
  expect(new Set(all).size).toBe(all.length)
  expect(keyring.codeMac(3, code)).toBeUndefined()
})

test('a block hash opens under its own keyring only, and is never closed twice alike', () => {
  const { keyring } = givenKeyring()
  const sealed = keyring.sealBlockHash(code)
  expect(sealed).toHaveLength(36)
  expect(keyring.openBlockHash(sealed)).toEqual(blockHashOf(code))
  expect(blockHashOf(code)).toHaveLength(8)
  expect(keyring.sealBlockHash(code)).not.toEqual(sealed)
  expect(() => blockHashes(randomBytes(32)).openBlockHash(sealed)).toThrow()
  for (const at of [0, 15, 35]) {
    const altered = Buffer.from(sealed)
    altered[at]! ^= 1
    expect(() => keyring.openBlockHash(altered)).toThrow()
  }
  expect(() => keyring.openBlockHash(sealed.subarray(0, 24))).toThrow()
})

test('a voucher signed by the active kid verifies under its public key', () => {
  const { keyring, reopen } = givenKeyring()
  const fields = { isTraining: false, kid: 1, campaignNumber: 42, lastDay: '2026-12-31', faceValueEuros: 10, code }
  const text = voucherText(signVoucher(encodePayload(fields), keyring.signingKey(keyring.activeKid())))
  expect(isSignedBy(readVoucherText(text)!, reopen().publicKey(1)!)).toBe(true)
  expect(isSignedBy(readVoucherText(text)!, givenKeyring().keyring.publicKey(1)!)).toBe(false)
})

/** What the phone does with WebCrypto and the queue key of its bundle. */
async function deriveOnPhone(privateKey: webcrypto.CryptoKey, queuePublicKey: JsonWebKey, info: string) {
  const algorithm = { name: 'ECDH', namedCurve: 'P-256' }
  const server = await webcrypto.subtle.importKey('jwk', queuePublicKey, algorithm, false, [])
  const secret = await webcrypto.subtle.deriveBits({ name: 'ECDH', public: server }, privateKey, 256)
  const material = await webcrypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: new TextEncoder().encode(info) }
  return Buffer.from(await webcrypto.subtle.deriveBits(hkdf, material, 256))
}

test('phone and server derive the same request key and envelope key', async () => {
  const { keyring, reopen } = givenKeyring()
  const pair = await webcrypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
  const jwk = (await webcrypto.subtle.exportKey('jwk', pair.publicKey)) as Parameters<typeof keyring.requestKeyFor>[0]
  const onPhone = (info: string) => deriveOnPhone(pair.privateKey, keyring.queuePublicKey, info)

  expect(keyring.requestKeyFor(jwk)).toEqual(await onPhone('carnet request signature v1'))
  expect(keyring.requestKeyFor(jwk)).toBe(keyring.requestKeyFor(jwk))
  expect(keyring.envelopeKeyFor(jwk)).toEqual(await onPhone('carnet envelope v1'))
  expect(reopen().requestKeyFor(jwk)).toEqual(keyring.requestKeyFor(jwk))
})

test('a public key that is no point of P-256 is refused', () => {
  const { keyring } = givenKeyring()
  const { x, y } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  const good = { kty: 'EC', crv: 'P-256', x: x!, y: y! } as const
  const off = Buffer.from(y!, 'base64url')
  off[31]! ^= 1
  for (const bad of [
    { ...good, y: off.toString('base64url') },
    { ...good, x: '' },
    { ...good, crv: 'P-384' as never },
  ])
    expect(() => keyring.requestKeyFor(bad)).toThrow(refusal('invalid_public_key'))
})
