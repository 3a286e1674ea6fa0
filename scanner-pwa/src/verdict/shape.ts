/** What a verdict is made of. */
import type { KeptScan } from '../queue/scan.ts'
import type { Action, Silhouette } from '../shown.ts'

export type Verdict = {
  silhouette: Silhouette
  title: string
  lead: string
  why?: string
  next?: string[]
  foot?: string
  sum?: { text: string; amount: string }
  isTraining: boolean
  /** The coordination may be asked to look at this refusal again. */
  mayContest?: boolean
  /** The camera goes on behind, and the next voucher replaces it. */
  goesOn: boolean
  /** Null: not answered yet, so no sound. */
  sound: Silhouette | null
  actions: [Action, Action?]
}
export type Facts = {
  scan: KeptScan | undefined
  /** `silent`: there is a network, and nothing of ours answers on it. */
  reach: 'online' | 'silent' | 'offline' | 'unlinked'
  /** Still within the seconds in which an answer usually comes. */
  isExpected: boolean
  /** False: its venue has no verified bank account, so no day is promised. */
  isPayable: boolean
  pendingCount: number
  total: { count: number; euros: number }
  /** Steps done of the first-day exercise; null: it is not under way. */
  exercise: number | null
}

/** Nothing goes on behind it. */
export const calm = { isTraining: false, goesOn: false }
