import { AppError } from '../shared/errors.ts'
import { type Cents, cents, sumCents } from '../shared/money.ts'

/*
 * What balances allow. Pure; the caller holds the lock of the paying account from reading the balances until it posted.
 */

export type ReversalBalances = {
  payableCents: Cents
  /** Of every organisation on the paying account. */
  owedByAllCents: Cents
  reserveCents: Cents
}

/** From where the value of reversed vouchers is taken. Throws `conflict` `reserve_exhausted`. */
export function sourceOfReversal(balances: ReversalBalances, amountCents: Cents): 'payable' | 'owes' {
  if (balances.payableCents >= amountCents) return 'payable'
  const { owedByAllCents, reserveCents } = balances
  if (owedByAllCents + amountCents > reserveCents)
    throw new AppError('conflict', 'reserve_exhausted', 'The reserve does not cover what would be owed', {
      owedCents: owedByAllCents,
      reserveCents,
      amountCents,
    })
  return 'owes'
}

/** As much of the debt as the earnings cover. */
export const nettingCents = (balances: { payableCents: Cents; owesCents: Cents }): Cents =>
  cents(Math.min(balances.payableCents, balances.owesCents))

export type PoolBalances = {
  bankCents: Cents
  issuedCents: Cents
  payableCents: Cents
  inPaymentCents: Cents
}

/** A refund leaves in the bank what organisations earned and what vouchers may still earn. Throws `conflict`. */
export function checkRefund(pool: PoolBalances, amountCents: Cents): void {
  const bound = cents(pool.issuedCents + pool.payableCents + pool.inPaymentCents)
  if (pool.bankCents - amountCents < bound)
    throw new AppError('conflict', 'refund_takes_what_is_owed', 'The bank would no longer cover what must be paid', {
      refundableCents: Math.max(0, pool.bankCents - bound),
    })
}

/**
 * How many vouchers of a campaign expire: what is issued and was earned by no accepted scan. Each funder's balance tells
 * the same number, or the ledger is wrong. Throws `RangeError` then.
 */
export function expiringVouchers(
  issued: readonly { partCents: Cents; issuedCents: Cents }[],
  acceptedNotFrozen: number,
): number {
  const counts = new Set(issued.map(({ partCents, issuedCents }) => issuedCents / partCents - acceptedNotFrozen))
  const [count = 0] = counts
  if (counts.size > 1 || !Number.isInteger(count) || count < 0)
    throw new RangeError(`Issued balances do not stand for whole vouchers: ${[...counts].join(', ')}`)
  return count
}

export type Debt = { campaignId: string; payableCents: Cents; owesCents: Cents }

/**
 * What is netted across the campaigns of one organisation on one paying account: what is owed anywhere is taken from what is
 * payable elsewhere, in the order given, never more than `mostCents`. In each campaign for itself netting came first.
 */
export function nettingAcross(
  debts: readonly Debt[],
  mostCents: Cents,
): { campaignId: string; takenCents: Cents; settledCents: Cents }[] {
  const payable = sumCents(debts.map(({ payableCents }) => payableCents))
  const owed = sumCents(debts.map(({ owesCents }) => owesCents))
  const total = Math.min(payable, owed, mostCents)
  let toTake = total
  let toSettle = total
  return debts.map(({ campaignId, payableCents, owesCents }) => {
    const takenCents = cents(Math.min(toTake, payableCents))
    const settledCents = cents(Math.min(toSettle, owesCents))
    toTake -= takenCents
    toSettle -= settledCents
    return { campaignId, takenCents, settledCents }
  })
}

/** No more vouchers than the organisation was paid for and that nobody took back. Throws `conflict` `corrects_too_much`. */
export function checkCorrection(earned: { sealed: number; corrected: number }, voucherCount: number): void {
  const left = earned.sealed - earned.corrected
  if (voucherCount > left)
    throw new AppError('conflict', 'corrects_too_much', 'It was not paid for so many vouchers', { left })
}
