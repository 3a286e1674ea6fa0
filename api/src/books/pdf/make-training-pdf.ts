import type { Context } from '../../shared/context.ts'
import { listTrainingVouchers } from '../training-vouchers.ts'
import { type MarkedVoucher, trainingPdf } from './book-pdf.ts'
import { findMasks } from './printing-threads.ts'

const firstDay = '2024-01-01'
const made = new Map<string, Promise<Uint8Array>>()

/** Ten training vouchers on one sheet, made once for each signing key: anybody may print them, they are worth nothing. */
export function makeTrainingPdf({ keyring }: Context): Promise<Uint8Array> {
  const key = `${keyring.identity} ${keyring.activeKid()}`
  const known = made.get(key)
  if (known) return known
  const making = print()
  made.set(key, making)
  // What failed is tried again by whoever asks next.
  making.catch(() => made.delete(key))
  return making

  async function print(): Promise<Uint8Array> {
    const vouchers = listTrainingVouchers(keyring, 10)
    const masks = await findMasks(vouchers.map(({ qr }) => qr))
    const marked: MarkedVoucher[] = vouchers.map(({ qr, typed }, at) => ({ qr: { text: qr, mask: masks[at]! }, typed }))
    return trainingPdf(firstDay, marked)
  }
}
