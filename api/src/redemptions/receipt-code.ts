import { createHash } from 'node:crypto'
import type { Keyring } from '../keyring/keyring.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Eight characters to read out on the telephone: the same for a scan for ever, and nobody else can compute it. */
export function receiptCode(keyring: Keyring, scanId: string): string {
  const digest = createHash('sha256')
    .update(`receipt|${keyring.answerMac(scanId)}`)
    .digest()
  return [...digest.subarray(0, 8)].map((byte) => alphabet[byte & 31]).join('')
}
