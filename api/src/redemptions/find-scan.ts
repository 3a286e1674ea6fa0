import type { Keyring } from '../keyring/keyring.ts'
import type { Phone } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { callFindScan } from './queries.ts'
import type { ScanDesk } from './scan-desk.ts'
import { askDatabase, type ScanStory } from './scan-story.ts'

/** What happened to a scan of this phone's organisation. Throws `not_found` when it never arrived, `unavailable`. */
export async function findScan(desk: ScanDesk, keyring: Keyring, phone: Phone, scanId: string): Promise<ScanStory> {
  const { outcome, reason, isReversed, wasUsedHere } = await askDatabase(desk, (live) =>
    callFindScan(desk.client, live, scanId, keyring.answerMac(scanId), phone.organisationId),
  )
  if (outcome === 'accepted') return { scanId, outcome, now: isReversed ? 'reversed' : 'accepted' }
  if (outcome === 'withdrawn') return { scanId, outcome }
  if (outcome !== 'refused' || !reason)
    throw new AppError('not_found', 'scan_not_found', 'This scan never arrived here: send it')
  return { scanId, outcome, reason, ...(reason === 'already_used' && { usedHere: wasUsedHere }) }
}
