import type { Keyring } from '../keyring/keyring.ts'
import type { Phone } from '../shared/context.ts'
import { callCorrectScan } from './queries.ts'
import type { ScanDesk } from './scan-desk.ts'
import { askDatabase, type ScanStory, whyNot } from './scan-story.ts'

/**
 * Changes the service of an accepted scan of this phone's organisation, or of the one venue it is bound to, in place. `refused`
 * with its reason when the venue does not offer it or the campaign does not pay for it; the scan then keeps its service. Throws
 * `not_found`, `conflict`, `unavailable`.
 */
export async function correctScan(
  desk: ScanDesk,
  keyring: Keyring,
  phone: Phone,
  scanId: string,
  service: string,
): Promise<ScanStory> {
  const { organisationId, venueId: boundTo } = phone
  const scan = { scanId, answerMac: keyring.answerMac(scanId), organisationId, service, boundTo }
  const { outcome, reason } = await askDatabase(desk, (live) => callCorrectScan(desk.client, live, scan))
  if (outcome === 'accepted') return { scanId, outcome: 'accepted', now: 'accepted' }
  if (outcome === 'refused' && reason) return { scanId, outcome, reason }
  throw whyNot(outcome)
}
