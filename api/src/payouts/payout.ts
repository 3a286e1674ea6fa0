import type { payoutState } from '@carnet/db'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { type Cents, cents, sumCents } from '../shared/money.ts'

/**
 * A payout is what one organisation gets from one paying account in one batch. The payee is copied when the batch is frozen:
 * a later change of bank account never redirects money.
 */
export type PayoutState = (typeof payoutState.enumValues)[number]
export type PayoutEvent = 'accept' | 'reject' | 'book' | 'return' | 'withdraw'
export type Payee = { iban: string; bic: string; holderName: string; siret: string | null; legalName: string }

export const payoutTransitions: Record<PayoutState, Partial<Record<PayoutEvent, PayoutState>>> = {
  pending: { accept: 'accepted', reject: 'rejected', book: 'booked', withdraw: 'withdrawn' },
  accepted: { reject: 'rejected', book: 'booked' },
  booked: { return: 'returned' },
  rejected: {},
  returned: {},
  withdrawn: {},
}

export function payoutStateAfter(state: PayoutState, event: PayoutEvent): PayoutState {
  const next = payoutTransitions[state][event]
  if (!next) throw new AppError('conflict', `payout_is_${state}`, `Cannot ${event} it now`)
  return next
}

/** Fits the 35 characters of a bank file, and is found again in the bank's answer. */
export const endToEndIdOf = (payoutId: string): string => `CN${payoutId.replaceAll('-', '')}`

export type Payable = {
  organisationId: string
  legalName: string
  siret: string | null
  payingAccountId: string
  campaignId: string
  amountCents: Cents
  /** The account to pay to today, when there is one. */
  bankAccount: { id: string; iban: string; bic: string; holderName: string } | null
  /** A payout to this very account was rejected or returned. */
  hasFailed: boolean
  /** Of venues whose statement is looked at, until a day at most. */
  reviewedCents: Cents
  reviewedUntil: Day | null
  /** Somebody holds whatever is paid to the organisation, with a reason, until a day at most. */
  hold: { reason: string; until: Day } | null
}
export const waitReasons = ['no_verified_account', 'account_to_verify_again', 'under_review', 'held'] as const
export type WaitReason = (typeof waitReasons)[number]
export type Proposal = {
  organisationId: string
  payingAccountId: string
  amountCents: Cents
  payee: Payee
  bankAccountId: string
  lines: { campaignId: string; amountCents: Cents }[]
}
export type Waiting = Pick<Proposal, 'organisationId' | 'payingAccountId' | 'amountCents'> & {
  legalName: string
  reason: WaitReason
  /** When it is paid at the latest; null when that depends on the organisation. */
  until: Day | null
  note: string | null
}

/** One payout per organisation and paying account. Who cannot be paid waits, with the reason, and loses nothing. */
export function proposePayouts(payables: readonly Payable[]): { payouts: Proposal[]; waiting: Waiting[] } {
  const groups = new Map<string, Payable[]>()
  for (const payable of payables) {
    const key = `${payable.organisationId}|${payable.payingAccountId}`
    groups.set(key, [...(groups.get(key) ?? []), payable])
  }
  const payouts: Proposal[] = []
  const waiting: Waiting[] = []
  for (const group of groups.values()) {
    const { organisationId, payingAccountId, legalName, siret, bankAccount } = group[0]!
    const about = { organisationId, payingAccountId, legalName }
    const cause = waitingCause(group[0]!)
    if (cause || bankAccount === null) {
      const amountCents = sumCents(group.map((payable) => payable.amountCents))
      waiting.push({ ...about, amountCents, ...(cause ?? unverified) })
      continue
    }
    waiting.push(...underReview(group, about))
    const lines = group
      .map(({ campaignId, amountCents, reviewedCents }) => ({
        campaignId,
        amountCents: cents(amountCents - reviewedCents),
      }))
      .filter(({ amountCents }) => amountCents > 0)
    const amountCents = sumCents(lines.map((line) => line.amountCents))
    const { id, ...details } = bankAccount
    const payee = { ...details, siret, legalName }
    if (amountCents > 0) payouts.push({ organisationId, payingAccountId, amountCents, payee, bankAccountId: id, lines })
  }
  return { payouts, waiting }
}

type Cause = Pick<Waiting, 'reason' | 'until' | 'note'>
const unverified: Cause = { reason: 'no_verified_account', until: null, note: null }

/** Why nothing can be paid to the organisation now. */
function waitingCause({ bankAccount, hasFailed, hold }: Payable): Cause | null {
  if (hold) return { reason: 'held', until: hold.until, note: hold.reason }
  if (bankAccount === null) return unverified
  return hasFailed ? { reason: 'account_to_verify_again', until: null, note: null } : null
}

function underReview(
  group: readonly Payable[],
  about: Pick<Waiting, 'organisationId' | 'payingAccountId' | 'legalName'>,
): Waiting[] {
  const amountCents = sumCents(group.map(({ reviewedCents }) => reviewedCents))
  const [until = null] = group
    .flatMap(({ reviewedUntil }) => reviewedUntil ?? [])
    .sort()
    .reverse()
  return amountCents === 0 ? [] : [{ ...about, amountCents, reason: 'under_review', until, note: null }]
}
