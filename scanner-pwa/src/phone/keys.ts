/** The secrets of a phone: made here, never readable again, kept by the browser. The labels are the server's (queue-key.ts). */
import type { Envelope, PublicJwk } from '../queue/scan.ts'

const curve = { name: 'ECDH', namedCurve: 'P-256' }
const requestInfo = 'carnet request signature v1'
const envelopeInfo = 'carnet envelope v1'
const bytes = (text: string) => new TextEncoder().encode(text)

export function base64url(data: ArrayBuffer | Uint8Array): string {
  const text = Array.from(new Uint8Array(data), (byte) => String.fromCharCode(byte)).join('')
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
export const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))

export const createPhoneKey = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(curve, false, ['deriveBits'])

/** Marks vouchers so that this phone knows one again; worth nothing elsewhere. */
export const createMarkKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign'])

export async function publicJwkOf({ publicKey }: CryptoKeyPair): Promise<PublicJwk> {
  const { x, y } = await crypto.subtle.exportKey('jwk', publicKey)
  return { kty: 'EC', crv: 'P-256', x: x!, y: y! }
}

/** ECDH with the server, then HKDF-SHA256 without salt. */
async function sharedKey(pair: CryptoKeyPair, queueKey: PublicJwk, info: string, use: 'sign' | 'encrypt') {
  const theirs = await crypto.subtle.importKey('jwk', queueKey, curve, false, [])
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, pair.privateKey, 256)
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: bytes(info) }
  const kind = use === 'sign' ? { name: 'HMAC', hash: 'SHA-256', length: 256 } : { name: 'AES-GCM', length: 256 }
  return crypto.subtle.deriveKey(hkdf, material, kind, false, [use])
}

export const requestKeyOf = (pair: CryptoKeyPair, queueKey: PublicJwk): Promise<CryptoKey> =>
  sharedKey(pair, queueKey, requestInfo, 'sign')

export const signText = async (key: CryptoKey, text: string): Promise<string> =>
  base64url(await crypto.subtle.sign('HMAC', key, bytes(text)))

/** Closes a scan to the server alone, under a key made for it: a stolen phone shows no code. Bound to its id. */
export async function closeEnvelope(queueKey: PublicJwk, scanId: string, content: unknown): Promise<Envelope> {
  const pair = await createPhoneKey()
  const key = await sharedKey(pair, queueKey, envelopeInfo, 'encrypt')
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const algorithm = { name: 'AES-GCM', iv, additionalData: bytes(scanId) }
  const data = await crypto.subtle.encrypt(algorithm, key, bytes(JSON.stringify(content)))
  return { key: await publicJwkOf(pair), iv: base64url(iv), data: base64url(data) }
}

export const markOf = async (key: CryptoKey, code: Uint8Array<ArrayBuffer>): Promise<string> =>
  base64url((await crypto.subtle.sign('HMAC', key, code)).slice(0, 16))
