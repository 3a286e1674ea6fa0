/** The server's half of what it shares with each phone. */
import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto'
import { AppError } from '../shared/errors.ts'

const MOST_CACHED = 20_000
const REQUEST_KEY_INFO = 'carnet request signature v1'
const ENVELOPE_KEY_INFO = 'carnet envelope v1'

export type PublicJwk = { kty: 'EC'; crv: 'P-256'; x: string; y: string }

function readPublicKey(jwk: PublicJwk): KeyObject {
  const { kty, crv, x, y } = jwk
  try {
    if (kty === 'EC' && crv === 'P-256')
      return createPublicKey({ format: 'jwk', key: { kty, crv, x, y } as JsonWebKey })
  } catch {
    // Said below: not a point of the curve, or not base64url.
  }
  throw new AppError('invalid', 'invalid_public_key', 'This is not a P-256 public key')
}

export function queueKey(pkcs8: Buffer) {
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const { x, y } = createPublicKey(privateKey).export({ format: 'jwk' })
  const queuePublicKey: PublicJwk = { kty: 'EC', crv: 'P-256', x: x!, y: y! }
  const requestKeys = new Map<string, Buffer>()

  function derive(jwk: PublicJwk, info: string): Buffer {
    const secret = diffieHellman({ privateKey, publicKey: readPublicKey(jwk) })
    const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), info, 32))
    secret.fill(0)
    return key
  }

  return {
    queuePublicKey,

    /** The 32-byte HMAC key that signs a phone's requests: ECDH, then HKDF-SHA256. Throws `invalid`. */
    requestKeyFor(jwk: PublicJwk): Buffer {
      const id = `${jwk.x}.${jwk.y}`
      const known = requestKeys.get(id)
      if (known) return known
      const key = derive(jwk, REQUEST_KEY_INFO)
      if (requestKeys.size >= MOST_CACHED) requestKeys.delete(requestKeys.keys().next().value!)
      requestKeys.set(id, key)
      return key
    },

    /** The AES-256 key of one envelope, from the public key that the phone made for it. Throws `invalid`. */
    envelopeKeyFor: (jwk: PublicJwk): Buffer => derive(jwk, ENVELOPE_KEY_INFO),
  }
}
