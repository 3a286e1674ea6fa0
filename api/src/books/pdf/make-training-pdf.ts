import type { Context } from '../../shared/context.ts'
import { trainingPdf } from './book-pdf.ts'
import { markTrainingVouchers } from './mark-training-vouchers.ts'

const firstDay = '2024-01-01'
const made = new WeakMap<object, Promise<Uint8Array>>()

/** Ten training vouchers on one sheet, made once for each signing key: anybody may print them, they are worth nothing. */
export async function makeTrainingPdf({ keyring }: Context): Promise<Uint8Array> {
  const vouchers = await markTrainingVouchers(keyring)
  const known = made.get(vouchers) ?? trainingPdf(firstDay, vouchers)
  made.set(vouchers, known)
  return known
}
