import type { payoutState } from '@carnet/db'
import { AppError } from '../shared/errors.ts'
import { type Cents, sumCents } from '../shared/money.ts'

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
}
export type WaitReason = 'no_verified_account' | 'account_to_verify_again'
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
    const { organisationId, payingAccountId, legalName, siret, bankAccount, hasFailed } = group[0]!
    const amountCents = sumCents(group.map((payable) => payable.amountCents))
    const about = { organisationId, payingAccountId, amountCents }
    if (bankAccount === null) waiting.push({ ...about, legalName, reason: 'no_verified_account' })
    else if (hasFailed) waiting.push({ ...about, legalName, reason: 'account_to_verify_again' })
    else {
      const { id, ...details } = bankAccount
      const lines = group.map((payable) => ({ campaignId: payable.campaignId, amountCents: payable.amountCents }))
      payouts.push({ ...about, payee: { ...details, siret, legalName }, bankAccountId: id, lines })
    }
  }
  return { payouts, waiting }
}
