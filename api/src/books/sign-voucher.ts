import { type KeyObject, sign, verify } from 'node:crypto'
import { signedMessage, type Voucher } from './voucher-payload.ts'

/** The 80 bytes of a voucher from its 16 bytes and an Ed25519 private key. */
export function signVoucher(signedBytes: Uint8Array, privateKey: KeyObject): Uint8Array {
  const signature = sign(null, signedMessage(signedBytes), privateKey)
  const bytes = new Uint8Array(signedBytes.length + signature.length)
  bytes.set(signedBytes)
  bytes.set(signature, signedBytes.length)
  return bytes
}

export function isSignedBy(voucher: Pick<Voucher, 'signedBytes' | 'signature'>, publicKey: KeyObject): boolean {
  return verify(null, signedMessage(voucher.signedBytes), publicKey, voucher.signature)
}
