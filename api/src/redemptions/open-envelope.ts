import { createDecipheriv } from 'node:crypto'
import type { Keyring } from '../keyring/keyring.ts'
import type { PublicJwk } from '../keyring/queue-key.ts'

/**
 * AES-256-GCM under ECDH(a key the phone made for this item, the queue key); `data` ends with the tag of 16 bytes, as
 * WebCrypto gives it. The scan id in lower case is authenticated with it.
 */
export type Envelope = { key: PublicJwk; iv: string; data: string }

const tagLength = 16

/** The JSON that the phone closed in, or null when it does not open: altered, of another scan, or for another keyring. */
export function openEnvelope(keyring: Keyring, scanId: string, envelope: Envelope): unknown {
  try {
    const sealed = Buffer.from(envelope.data, 'base64url')
    const iv = Buffer.from(envelope.iv, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', keyring.envelopeKeyFor(envelope.key), iv, {
      authTagLength: tagLength,
    })
    decipher.setAAD(Buffer.from(scanId))
    decipher.setAuthTag(sealed.subarray(-tagLength))
    return JSON.parse(Buffer.concat([decipher.update(sealed.subarray(0, -tagLength)), decipher.final()]).toString())
  } catch {
    return null
  }
}
