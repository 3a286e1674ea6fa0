/**
 * A scan on the phone: captured → kept → sent → accepted | refused. What will be sent (scanId, venueId, envelope) never changes
 * once it is kept; only an answer of the server ends it, or the person who undoes it. Pure.
 */
import { type ContestReason, reasonsAgainst } from '@carnet/api/contest-reasons'
import type { ContestAnswer, ContestState } from '@carnet/api/contests/contest.ts'
import type { RefusalReason } from '@carnet/api/redemptions/scan.ts'

export type { RefusalReason }
export type PublicJwk = { kty: 'EC'; crv: 'P-256'; x: string; y: string }
export type Envelope = { key: PublicJwk; iv: string; data: string }
export type ScanState = 'kept' | 'sent' | 'accepted' | 'refused' | 'undone'

/** What was captured, closed to the server, and nothing yet. */
export type NewScan = {
  scanId: string
  venueId: string
  workshopId: string
  /** The service it was kept for; corrections change it. */
  service: string
  day: string
  isTyped: boolean
  isTraining: boolean
  /** Null: a typed code does not say. */
  euros: number | null
  /** An HMAC under a key of this phone alone: tells that the same voucher comes again. */
  mark: string
  envelope: Envelope
  /** Its series is not known to this phone: kept, and nothing promised. */
  isUnverified: boolean
}

export type Answer = { reason?: RefusalReason; usedHere?: boolean; paidOn?: string; receipt?: string }

/** A refusal that was contested here. `queued`: not yet told; `not_taken`: the server no longer holds the refusal. */
export type PhoneContest = {
  reason: ContestReason
  state: 'queued' | 'not_taken' | ContestState
  answer?: ContestAnswer
}

export type KeptScan = NewScan & {
  /** Place in the queue of this phone, and in the pile of its workshop. */
  order: number
  rank: number
  keptAt: number
  state: ScanState
  /** Given at the first try, so that a hole in the numbers means a scan that was lost and not one taken back before. */
  seq: number | null
  tries: number
  answer: Answer
  settledAt: number | null
  /** Undone or corrected here, not yet there. */
  isChanging: boolean
  /** The server could not take it in this form; it stays, and is tried again later. */
  troubleAt: number | null
  /** Someone saw the refusal and put it away. */
  isFiled: boolean
  /** The server was restored: it is told again what it had accepted. */
  mustTellAgain: boolean
  /** The service that the server took instead of the one in the envelope. Missing before this was written down. */
  correctedTo?: string | null
  /** What was asked of an accepted scan and the server would not do any more. */
  refusedAct?: 'reversal' | 'correction' | null
  /** Missing: nobody disagreed with its refusal. */
  contest?: PhoneContest
}

export type Workshop = {
  id: string
  venueId: string
  service: string
  day: string
  startedAt: number
  endedAt: number | null
}

export type PendingAct = { id?: number; scanId: string; venueId: string } & (
  | { kind: 'reversal' }
  | { kind: 'correction'; service: string }
  | { kind: 'contest'; reason: ContestReason; service: string; day: string }
)

export const mostUnsent = 40
export const mostTypedUnsent = 10
export const warnAt = 35
export const agedBundleDays = 20
export const lastBundleDay = 30
const dayMs = 86_400_000

export const isPending = ({ state }: Pick<KeptScan, 'state'>): boolean => state === 'kept' || state === 'sent'
/** Counts in the total of a workshop. */
export const isLive = (scan: Pick<KeptScan, 'state' | 'isChanging'>): boolean =>
  isPending(scan) || scan.state === 'accepted'
export const needsSomeone = ({ state, isFiled, answer }: KeptScan): boolean =>
  state === 'refused' && !isFiled && !answer.usedHere

/** Something may be said against this refusal, and nothing was yet. */
export const mayContest = ({ state, isTraining, contest, answer }: KeptScan): boolean =>
  state === 'refused' && !isTraining && !contest && reasonsAgainst(answer.reason ?? 'malformed_code').length > 0
const unanswered: readonly PhoneContest['state'][] = ['queued', 'open', 'payment_proposed']
/** Contested, and the answer is to come. */
export const waitsForAnswer = ({ contest }: Pick<KeptScan, 'contest'>): boolean =>
  contest !== undefined && unanswered.includes(contest.state)

/** Whether one more may be kept: beyond, a lost phone would lose too much of a venue's work. */
export function roomFor(pending: readonly KeptScan[], isTyped: boolean): 'room' | 'full' | 'full_of_typed' {
  if (pending.length >= mostUnsent) return 'full'
  if (isTyped && pending.filter((scan) => scan.isTyped).length >= mostTypedUnsent) return 'full_of_typed'
  return 'room'
}

/** How long the oldest scan has waited: from a day on the screen says so, from three days louder. */
export function waitingSince(pending: readonly KeptScan[], now: number): 'fresh' | 'late' | 'very_late' {
  const oldest = Math.min(...pending.map(({ keptAt }) => keptAt), now)
  if (now - oldest >= 3 * dayMs) return 'very_late'
  return now - oldest >= dayMs ? 'late' : 'fresh'
}

export type BundleAge = 'fresh' | 'aged' | 'over' | 'clock'
/**
 * The rules on this phone serve 30 days without the server; ten days before their end the screen asks for a network. `clock`: they
 * were read in what is now the future, so this phone's clock was changed (an empty battery does it) and no date says anything.
 */
export function bundleAge(readAt: number, now: number): BundleAge {
  const days = (now - readAt) / dayMs
  if (days < -1) return 'clock'
  if (days > lastBundleDay) return 'over'
  return days >= agedBundleDays ? 'aged' : 'fresh'
}

export const rulesServe = (age: BundleAge): boolean => age === 'fresh' || age === 'aged'

/** 2 s, doubled at each failure up to 15 minutes, of which a random half: phones that failed together do not come back together. */
export function retryDelayMs(failures: number, random: () => number): number {
  const longest = Math.min(15 * 60_000, 2_000 * 2 ** Math.max(0, failures - 1))
  return Math.round(longest / 2 + (random() * longest) / 2)
}

/** What leaves the phone: answered, and a week old. A refusal that nobody saw stays. */
export const mayBeForgotten = (scan: KeptScan, now: number): boolean =>
  !isPending(scan) && !scan.isChanging && !needsSomeone(scan) && now - (scan.settledAt ?? scan.keptAt) > 8 * dayMs
export const wasSettledLately = ({ settledAt }: KeptScan, now: number): boolean =>
  settledAt !== null && now - settledAt <= 7 * dayMs
