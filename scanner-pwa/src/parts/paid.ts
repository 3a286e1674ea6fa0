import type { KeptScan } from '../queue/scan.ts'
import { shortDay, t } from '../say.ts'
import { bundle } from '../state.ts'

/** A day of payment is a promise: none is made to a venue whose bank account nobody has verified. */
export const isPayable = (venueId: string): boolean =>
  bundle.value?.content.venues.find(({ id }) => id === venueId)?.hasBankAccount !== false

/** When accepted vouchers of one venue are paid, in words. */
export function paidText([first, ...others]: readonly KeptScan[]): string {
  const paidOn = first?.answer.paidOn
  if (!first || !paidOn) return ''
  if (!isPayable(first.venueId)) return t('scanner.paid_later')
  return t(others.length > 0 ? 'scanner.paid_all_on' : 'scanner.paid_on', { day: shortDay(paidOn) })
}
