import type { Keyring } from '../keyring/keyring.ts'
import { signVoucher } from './sign-voucher.ts'
import { trainingCode } from './training-code.ts'
import { formatTypedCode } from './typed-code.ts'
import { encodePayload, voucherText } from './voucher-payload.ts'

const common = { isTraining: true, campaignNumber: 0, lastDay: '2099-12-31', faceValueEuros: 10 }

/** They work on every screen and never count. */
export function listTrainingVouchers(keyring: Keyring, count: number): { qr: string; typed: string }[] {
  const kid = keyring.activeKid()
  return Array.from({ length: count }, (_, at) => {
    const code = trainingCode(at + 1)
    const signed = signVoucher(encodePayload({ ...common, kid, code }), keyring.signingKey(kid))
    return { qr: voucherText(signed), typed: formatTypedCode(code) }
  })
}
