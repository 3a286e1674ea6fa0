/** What became of a scan, and why it cannot be changed any more. A scan has one story, told the same for ever. */
import { AppError } from '../shared/errors.ts'
import type { Story } from './queries.ts'
import type { RefusalReason } from './scan.ts'
import type { ScanDesk } from './scan-desk.ts'

export type ScanStory = {
  scanId: string
  outcome: 'accepted' | 'refused' | 'withdrawn'
  now?: 'accepted' | 'reversed'
  reason?: RefusalReason
  /** `already_used`: by this venue, on this day. */
  usedHere?: boolean
}

/** Throws `unavailable` when the keyring or the periods do not settle. */
export async function askDatabase(
  desk: ScanDesk,
  ask: (livePeriods: readonly number[]) => Promise<Story>,
): Promise<Story> {
  const story = await desk.askUnderPeriods(ask, ({ outcome }) => outcome === 'retry')
  if (!story) throw new AppError('unavailable', 'try_again', 'This cannot be told now: try again in a minute')
  return story
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
