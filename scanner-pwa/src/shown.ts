/** What a voucher was answered, before it has words. */
import type { CheckAnswer, CheckTrouble } from './phone/server.ts'
import type { KeptScan, RefusalReason } from './queue/scan.ts'

export type Shown =
  /** Kept, and followed from then on: its verdict changes when the server answers. `text` is what was read, in memory only. */
  | { kind: 'scan'; scanId: string; text: string }
  /** This phone has it already. `rank`: in this workshop; `day`: an earlier one. */
  | { kind: 'again'; rank: number | null; day: string | null; isTraining: boolean; text: string }
  /** The rules on this phone refuse it, and the server cannot be asked. Not kept. */
  | { kind: 'local'; reason: RefusalReason; text: string }
  | { kind: 'not_a_voucher'; what: 'typed' | 'damaged' | 'cover' | 'other' }
  /** `broken`: the phone's memory is full, or the browser closed it. */
  | { kind: 'not_kept'; why: 'full' | 'full_of_typed' | 'broken'; text: string; isTyped: boolean }
  | { kind: 'check'; answer: CheckAnswer | CheckTrouble; text: string; euros: number | null; lastDay: string | null }

export type Action =
  | 'next'
  | 'other'
  | 'undo'
  | 'settled'
  | 'see_line'
  | 'change_service'
  | 'send_now'
  | 'restart'
  | 'use_it'
  | 'check_other'
  | 'keep_anyway'
  | 'type_again'
  | 'go_on'
export type State = 'accepted' | 'kept' | 'used' | 'refused' | 'unknown' | 'checked' | 'undone'
export type Silhouette = State | 'used_here'

/** Which state of the ten a scan is in. */
export function silhouetteOf(scan: KeptScan): Silhouette {
  if (scan.state === 'refused') {
    if (scan.answer.reason !== 'already_used') return 'refused'
    return scan.answer.usedHere ? 'used_here' : 'used'
  }
  if (scan.state === 'kept' || scan.state === 'sent') return scan.isUnverified ? 'unknown' : 'kept'
  return scan.state
}
export const stateOf = (silhouette: Silhouette): State => (silhouette === 'used_here' ? 'used' : silhouette)
