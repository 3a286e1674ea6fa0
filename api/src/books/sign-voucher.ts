import { type KeyObject, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import { signedMessage, type Voucher } from './voucher-payload.ts'

/** The 80 bytes of a voucher from its 16 bytes and an Ed25519 private key. */
export function signVoucher(signedBytes: Uint8Array, privateKey: KeyObject): Uint8Array {
  return withSignature(signedBytes, sign(null, signedMessage(signedBytes), privateKey))
}

const signElsewhere = promisify<null, Uint8Array, KeyObject, Buffer>(sign)

/** The same in other threads, for many at a time: the server goes on meanwhile. */
export async function signVouchers(signed: readonly Uint8Array[], privateKey: KeyObject): Promise<Uint8Array[]> {
  return Promise.all(
    signed.map(async (signedBytes) =>
      withSignature(signedBytes, await signElsewhere(null, signedMessage(signedBytes), privateKey)),
    ),
  )
}

function withSignature(signedBytes: Uint8Array, signature: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(signedBytes.length + signature.length)
  bytes.set(signedBytes)
  bytes.set(signature, signedBytes.length)
  return bytes
}

export function isSignedBy(voucher: Pick<Voucher, 'signedBytes' | 'signature'>, publicKey: KeyObject): boolean {
  return verify(null, signedMessage(voucher.signedBytes), publicKey, voucher.signature)
}
