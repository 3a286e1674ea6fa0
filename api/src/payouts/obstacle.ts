import type { Day } from '../shared/days.ts'
import type { WaitReason } from './payout.ts'

/** What keeps an organisation's money from being paid, or from being counted: said before it is missed. */
export type Obstacle = { reason: WaitReason | 'phones_owe'; until: Day | null; note: string | null; count: number }

export type PayeeState = {
  hasAccount: boolean
  /** A payout to this very account was rejected or returned. */
  hasFailed: boolean
  hold: { reason: string; until: Day } | null
  reviewedUntil: Day | null
  /** Scans that phones still hold. */
  owed: number
}

const plain = { until: null, note: null, count: 0 }

/** In the order in which they are dealt with. */
export function obstaclesOf({ hasAccount, hasFailed, hold, reviewedUntil, owed }: PayeeState): Obstacle[] {
  return [
    ...(hasAccount ? [] : [{ ...plain, reason: 'no_verified_account' as const }]),
    ...(hasAccount && hasFailed ? [{ ...plain, reason: 'account_to_verify_again' as const }] : []),
    ...(hold ? [{ ...plain, reason: 'held' as const, until: hold.until, note: hold.reason }] : []),
    ...(reviewedUntil ? [{ ...plain, reason: 'under_review' as const, until: reviewedUntil }] : []),
    ...(owed > 0 ? [{ ...plain, reason: 'phones_owe' as const, count: owed }] : []),
  ]
}
