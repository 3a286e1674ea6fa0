import type { Keyring } from '../../keyring/keyring.ts'
import { listTrainingVouchers } from '../training-vouchers.ts'
import type { MarkedVoucher } from './book-pdf.ts'
import { findMasks } from './printing-threads.ts'

const marked = new Map<string, Promise<readonly MarkedVoucher[]>>()

/** Ten training vouchers with their masks, looked for once for each signing key. */
export function markTrainingVouchers(keyring: Keyring): Promise<readonly MarkedVoucher[]> {
  const key = `${keyring.identity} ${keyring.activeKid()}`
  const known = marked.get(key)
  if (known) return known
  const marking = mark()
  marked.set(key, marking)
  // What failed is tried again by whoever asks next.
  marking.catch(() => marked.delete(key))
  return marking

  async function mark(): Promise<MarkedVoucher[]> {
    const vouchers = listTrainingVouchers(keyring, 10)
    const masks = await findMasks(vouchers.map(({ qr }) => qr))
    return vouchers.map(({ qr, typed }, at) => ({ qr: { text: qr, mask: masks[at]! }, typed }))
  }
}
