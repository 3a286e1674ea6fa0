/** When the money left of an open campaign is too little: for books that are ordered, or below the share that was agreed. Pure. */
import type { balanceReason } from '@carnet/db'
import { type Cents, cents, timesCents } from '../shared/money.ts'

export type BalanceReason = (typeof balanceReason.enumValues)[number]
export type BalanceFacts = {
  faceValueCents: Cents
  bookSize: number
  budgetedBooks: number
  activeBooks: number
  /** Ordered and not active yet. */
  orderedBooks: number
  lowBalancePercent: number
  funders: readonly { partCents: Cents; availableCents: Cents }[]
}
export type LowBalance = { reason: BalanceReason; leftCents: Cents; neededCents: Cents }

/** Every funder pays its part of a voucher: the poorest one decides how many can still be activated. */
const vouchersLeft = (funders: BalanceFacts['funders']): number =>
  Math.min(...funders.map(({ partCents, availableCents }) => Math.floor(availableCents / partCents)))

/** The graver reason, or none. Whoever has activated all books of the budget needs no money left. */
export function lowBalance(facts: BalanceFacts): LowBalance | null {
  const { faceValueCents, bookSize, budgetedBooks, activeBooks, orderedBooks, lowBalancePercent } = facts
  const leftCents = timesCents(vouchersLeft(facts.funders), faceValueCents)
  const orderedCents = timesCents(orderedBooks * bookSize, faceValueCents)
  const budgetCents = timesCents(budgetedBooks * bookSize, faceValueCents)
  const shareCents = cents(Math.floor((budgetCents * lowBalancePercent) / 100))
  if (leftCents < orderedCents) return { reason: 'below_orders', leftCents, neededCents: orderedCents }
  const isBelowShare = activeBooks < budgetedBooks && leftCents < shareCents
  return isBelowShare ? { reason: 'below_share', leftCents, neededCents: shareCents } : null
}
