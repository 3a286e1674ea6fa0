import type { Keyring } from '../keyring/keyring.ts'
import type { Phone } from '../shared/context.ts'
import { callReverseScan } from './queries.ts'
import type { ScanDesk } from './scan-desk.ts'
import { askDatabase, whyNot } from './scan-story.ts'

/**
 * Undoes a scan of this phone's organisation, or of the one venue it is bound to, while its statement is not frozen; the voucher
 * works again. A scan that has not arrived yet is withdrawn, when its venue is told: if it comes it is refused. Throws
 * `not_found`, `conflict`, `unavailable`.
 */
export async function reverseScan(
  desk: ScanDesk,
  keyring: Keyring,
  phone: Phone,
  scanId: string,
  venueId: string | null,
): Promise<'reversed' | 'withdrawn'> {
  const { organisationId, venueId: boundTo } = phone
  const scan = { scanId, answerMac: keyring.answerMac(scanId), organisationId, venueId, boundTo }
  const { outcome } = await askDatabase(desk, (live) => callReverseScan(desk.client, live, scan))
  if (outcome === 'reversed' || outcome === 'withdrawn') return outcome
  throw whyNot(outcome)
}
