/**
 * The codes of training vouchers, 1 to 255: known to all, so that they can be typed as well, and spread so that they look like
 * any other. Pure, and the same file on the server and on the phone. No voucher is ever printed with one of them.
 */
const MODULUS = 1n << 60n
const SPREAD = 0x9e3779b97f4a7c5n
const HIGHEST = 255n

/** So that SPREAD × BACK = 1, by Newton's iteration: each step doubles the number of right bits. */
const BACK = Array.from({ length: 6 }).reduce<bigint>(
  (inverse) => (((inverse * (2n - SPREAD * inverse)) % MODULUS) + MODULUS) % MODULUS,
  SPREAD,
)

/** The 8 bytes of training code `number`. */
export function trainingCode(number: number): Uint8Array {
  const code = new Uint8Array(8)
  new DataView(code.buffer).setBigUint64(0, (BigInt(number) * SPREAD) % MODULUS)
  return code
}

export function isTrainingCode(code: Uint8Array): boolean {
  const number = (new DataView(code.buffer, code.byteOffset, 8).getBigUint64(0) * BACK) % MODULUS
  return number > 0n && number <= HIGHEST
}
