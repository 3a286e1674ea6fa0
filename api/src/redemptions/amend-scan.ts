import type { Keyring } from '../keyring/keyring.ts'
import type { Phone } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { callCorrectScan, callFindScan, callReverseScan, type Story } from './queries.ts'
import type { RefusalReason } from './scan.ts'
import type { ScanDesk } from './scan-desk.ts'

export type ScanStory = {
  scanId: string
  outcome: 'accepted' | 'refused' | 'withdrawn'
  now?: 'accepted' | 'reversed'
  reason?: RefusalReason
}

/** What happened to a scan of this phone's organisation. Throws `not_found` when it never arrived, `unavailable`. */
export async function findScan(desk: ScanDesk, keyring: Keyring, phone: Phone, scanId: string): Promise<ScanStory> {
  const story = await tell(desk, (live) =>
    callFindScan(desk.client, live, scanId, keyring.answerMac(scanId), phone.organisationId),
  )
  if (story.outcome === 'unknown')
    throw new AppError('not_found', 'scan_not_found', 'This scan never arrived here: send it')
  return {
    scanId,
    outcome: story.outcome as ScanStory['outcome'],
    ...(story.outcome === 'accepted' && { now: story.isReversed ? 'reversed' : 'accepted' }),
    ...(story.reason && { reason: story.reason }),
  }
}

/**
 * Undoes a scan of this phone's organisation while its statement is not frozen; the voucher works again. A scan that has not
 * arrived yet is withdrawn: when it comes it is refused. Throws `not_found`, `conflict`, `unavailable`.
 */
export async function reverseScan(
  desk: ScanDesk,
  keyring: Keyring,
  phone: Phone,
  scanId: string,
  venueId: string,
): Promise<'reversed' | 'withdrawn'> {
  const scan = { scanId, answerMac: keyring.answerMac(scanId), organisationId: phone.organisationId, venueId }
  const story = await tell(desk, (live) => callReverseScan(desk.client, live, scan))
  if (story.outcome === 'reversed' || story.outcome === 'withdrawn') return story.outcome
  throw whyNot(story.outcome)
}

/**
 * Changes the service of an accepted scan of this phone's organisation, in place. `refused` with its reason when the venue does
 * not offer it or the campaign does not pay for it. Throws `not_found`, `conflict`, `unavailable`.
 */
export async function correctScan(
  desk: ScanDesk,
  keyring: Keyring,
  phone: Phone,
  scanId: string,
  service: string,
): Promise<ScanStory> {
  const scan = { scanId, answerMac: keyring.answerMac(scanId), organisationId: phone.organisationId, service }
  const story = await tell(desk, (live) => callCorrectScan(desk.client, live, scan))
  if (story.outcome === 'accepted') return { scanId, outcome: 'accepted', now: 'accepted' }
  if (story.outcome === 'refused' && story.reason) return { scanId, outcome: 'refused', reason: story.reason }
  throw whyNot(story.outcome)
}

/** Asks again when the periods changed meanwhile. Throws `unavailable` when the keyring or the periods do not settle. */
async function tell(desk: ScanDesk, ask: (livePeriods: readonly number[]) => Promise<Story>): Promise<Story> {
  for (let attempt = 1; attempt <= 2; attempt++) {
    const periods = await desk.usablePeriods()
    if (!periods) break
    const story = await ask(periods)
    if (story.outcome !== 'retry') return story
    await desk.rereadPeriods()
  }
  throw new AppError('unavailable', 'try_again', 'This cannot be told now: try again in a minute')
}

/** Why a scan cannot be amended, as reverse_scan and correct_scan say it. */
export function whyNot(outcome: string): AppError {
  switch (outcome) {
    case 'scan_was_refused':
      return new AppError('conflict', 'scan_was_refused', 'This scan was refused: there is nothing to undo')
    case 'scan_was_reversed':
      return new AppError('conflict', 'scan_was_reversed', 'This scan was undone: scan the voucher again')
    case 'statement_frozen':
      return new AppError('conflict', 'statement_frozen', 'The statement of this month is frozen: ask the coordination')
    case 'period_sealed':
      return new AppError(
        'conflict',
        'period_sealed',
        'This month is sealed: only an amount can be corrected, by two people',
      )
    default:
      return new AppError('not_found', 'scan_not_found', 'There is no such scan of this organisation')
  }
}
