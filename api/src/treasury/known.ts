import type { bankLineOutcome } from '@carnet/db'
import { type PayoutState, payoutTransitions } from '../payouts/payout.ts'
import type { Cents } from '../shared/money.ts'
import type { BankFileKind, BankMovement, BankStatus, Direction } from './bank-message.ts'

/** What a bank's file is matched with, and what a line of it can lead to. */

export type Outcome = (typeof bankLineOutcome.enumValues)[number]
export type KnownPayout = {
  id: string
  payingAccountId: string
  amountCents: Cents
  state: PayoutState
  isExported: boolean
  /** The debits and credits of it that the bank told. */
  tolds: Direction[]
}
export type KnownOrder = { id: string; payingAccountId: string; amountCents: Cents; isWaited: boolean }
export type KnownCall = {
  id: string
  campaignId: string
  funderId: string
  payingAccountId: string
  isFundable: boolean
}

/** What the file is matched with; `payouts` and the sets change as its lines are read. */
export type Known = {
  kind: BankFileKind
  accounts: ReadonlyMap<string, string>
  payouts: ReadonlyMap<string, KnownPayout>
  payoutsOfPaymentInfo: ReadonlyMap<string, readonly KnownPayout[]>
  payoutsOfMessage: ReadonlyMap<string, readonly KnownPayout[]>
  orders: ReadonlyMap<string, KnownOrder>
  calls: ReadonlyMap<string, KnownCall>
  /** `account|reference` of every movement told before. */
  told: Set<string>
  /** How often other kinds of files told this movement more than this kind did. */
  toldElsewhere: Map<string, number>
  /** `account|amount|day` of receipts that people recorded. */
  recordedByHand: ReadonlySet<string>
  reserves: Map<string, number>
}

export type Effect =
  | { act: 'accept'; payoutId: string }
  | { act: 'reject'; payoutId: string; reason: string }
  | { act: 'book'; payoutId: string; on: string; proof: string }
  | { act: 'return'; payoutId: string; on: string; reason: string }
  | { act: 'send'; orderId: string; on: string }
  | { act: 'fee'; payingAccountId: string; amountCents: Cents; bankReference: string }
  | { act: 'receive'; payingAccountId: string; movement: BankMovement; call: KnownCall | null }

export type Matched = {
  outcome: Outcome
  why: string
  payingAccountId?: string
  payoutId?: string
  effects: Effect[]
}
export type MatchedLine = Matched & { status?: BankStatus; movement?: BankMovement }

export const line = (outcome: Outcome, why: string, about: Partial<Matched> = {}): Matched => ({
  outcome,
  why,
  effects: [],
  ...about,
})

/** Account, direction, amount, day and reference: what two files say of one movement. */
export const fingerprintOf = (
  payingAccountId: string,
  { direction, amountCents, on, endToEndId }: Pick<BankMovement, 'direction' | 'amountCents' | 'on' | 'endToEndId'>,
): string => [payingAccountId, direction, amountCents, on, endToEndId ?? ''].join('|')

/** Whether another kind of file told it already; asked once for each movement. */
export function takeTold(known: Known, payingAccountId: string, movement: BankMovement): boolean {
  const fingerprint = fingerprintOf(payingAccountId, movement)
  const left = known.toldElsewhere.get(fingerprint) ?? 0
  if (left > 0) known.toldElsewhere.set(fingerprint, left - 1)
  return left > 0
}

/** May the payout still get this? Then it has, for the lines to come. */
export function advance(payout: KnownPayout, event: 'accept' | 'reject' | 'book' | 'return'): boolean {
  const next = payoutTransitions[payout.state][event]
  if (!next) return false
  payout.state = next
  return true
}

/** Notes that the bank told it; true for the first time. */
export function noteTold(payout: KnownPayout, direction: Direction): boolean {
  const isFirst = !payout.tolds.includes(direction)
  payout.tolds.push(direction)
  return isFirst
}
