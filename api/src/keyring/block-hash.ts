/** What lets a phone refuse a blocked voucher offline: stored closed, opened only when its book is blocked. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const NONCE_LENGTH = 12
const HASH_LENGTH = 8

/** sha256('pn-block' ‖ code)[0:8]: a phone computes the same from the code it scans. */
export const blockHashOf = (code: Uint8Array): Buffer =>
  createHash('sha256').update('pn-block').update(code).digest().subarray(0, HASH_LENGTH)

export function blockHashes(key: Buffer) {
  return {
    /** nonce (12) ‖ hash (8) encrypted ‖ authentication tag (16): 36 bytes for the voucher's row. */
    sealBlockHash(code: Uint8Array): Buffer {
      const nonce = randomBytes(NONCE_LENGTH)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      return Buffer.concat([nonce, cipher.update(blockHashOf(code)), cipher.final(), cipher.getAuthTag()])
    },

    /** The 8 bytes. Throws when the row was altered or is of another keyring. */
    openBlockHash(sealed: Uint8Array): Buffer {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_LENGTH), { authTagLength: 16 })
      decipher.setAuthTag(sealed.subarray(NONCE_LENGTH + HASH_LENGTH))
      const hash = decipher.update(sealed.subarray(NONCE_LENGTH, NONCE_LENGTH + HASH_LENGTH))
      decipher.final()
      return hash
    },
  }
}
