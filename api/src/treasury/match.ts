import { sumCents } from '../shared/money.ts'
import type { BankMessage, BankMovement, BankStatus } from './bank-message.ts'
import {
  advance,
  type Known,
  type KnownPayout,
  line,
  type Matched,
  type MatchedLine,
  noteTold,
  takeTold,
} from './known.ts'
import { matchCredit } from './match-credit.ts'

/*
 * What each line of a bank's file means for what we know. Pure, line by line in the order of the file. A line is matched by its
 * references and never by guessing: what does not fit exactly is left open for a person, with the reason.
 */

export function matchMessage(message: BankMessage, known: Known): MatchedLine[] {
  return [
    ...message.statuses.map((status) => ({ status, ...matchStatus(status, known) })),
    ...message.movements.map((movement) => ({ movement, ...matchMovement(movement, known) })),
  ]
}

const acceptedStatuses = new Set(['ACCP', 'ACTC', 'ACSP', 'ACSC', 'ACWC', 'ACCC'])
const undecidedStatuses = new Set(['PDNG', 'RCVD', 'PART'])

function matchStatus(
  { status, endToEndId, paymentInfoId, messageId, amountCents, reason }: BankStatus,
  known: Known,
): Matched {
  const payouts = endToEndId
    ? [known.payouts.get(endToEndId)].filter((payout) => payout !== undefined)
    : ((paymentInfoId ? known.payoutsOfPaymentInfo.get(paymentInfoId) : known.payoutsOfMessage.get(messageId ?? '')) ??
      [])
  const [first] = payouts
  if (!first) return line('open', 'unknown_reference')
  const about = { payingAccountId: first.payingAccountId, ...(endToEndId && { payoutId: first.id }) }
  if (payouts.some(({ isExported }) => !isExported)) return line('open', 'not_exported', about)
  if (endToEndId && amountCents !== null && amountCents !== first.amountCents)
    return line('open', 'amount_differs', about)
  if (undecidedStatuses.has(status)) return line('pending', 'not_decided_yet', about)
  if (acceptedStatuses.has(status)) {
    const effects = payouts
      .filter((payout) => advance(payout, 'accept'))
      .map(({ id }) => ({ act: 'accept', payoutId: id }) as const)
    return line(effects.length > 0 ? 'accepted' : 'known', effects.length > 0 ? 'payout' : 'told_before', {
      ...about,
      effects,
    })
  }
  if (status !== 'RJCT') return line('open', 'unknown_status', about)
  const effects = payouts
    .filter((payout) => advance(payout, 'reject'))
    .map(({ id }) => ({ act: 'reject', payoutId: id, reason: reason || 'RJCT' }) as const)
  if (payouts.some(({ state }) => state === 'booked'))
    return line('open', 'rejected_after_debit', { ...about, effects })
  return line(effects.length > 0 ? 'rejected' : 'known', effects.length > 0 ? 'payout' : 'told_before', {
    ...about,
    effects,
  })
}

function matchMovement(movement: BankMovement, known: Known): Matched {
  const payingAccountId = known.accounts.get(movement.iban)
  if (payingAccountId === undefined) return line('open', 'unknown_account')
  const about = { payingAccountId }
  if (!movement.isBooked) return line('pending', 'not_booked_yet', about)
  const key = `${payingAccountId}|${movement.bankReference}`
  if (known.told.has(key)) return line('known', 'told_before', about)
  known.told.add(key)
  return movement.direction === 'debit'
    ? matchDebit(movement, payingAccountId, known)
    : matchCredit(movement, payingAccountId, known)
}

function matchDebit(movement: BankMovement, payingAccountId: string, known: Known): Matched {
  const { endToEndId, paymentInfoId, amountCents, isFee, on, bankReference } = movement
  const about = { payingAccountId }
  const payout = known.payouts.get(endToEndId ?? '')
  if (payout) return bookOne(payout, movement, payingAccountId, known)
  const order = known.orders.get(endToEndId ?? '')
  if (order) {
    if (order.amountCents !== amountCents || order.payingAccountId !== payingAccountId)
      return line('open', 'amount_differs', about)
    if (!order.isWaited)
      return line(takeTold(known, payingAccountId, movement) ? 'known' : 'open', 'told_before', about)
    order.isWaited = false
    return line('sent', 'order', { ...about, effects: [{ act: 'send', orderId: order.id, on }] })
  }
  const batch = known.payoutsOfPaymentInfo.get(paymentInfoId ?? '')
  if (batch) return bookMany(batch, movement, payingAccountId)
  if (takeTold(known, payingAccountId, movement)) return line('known', 'told_elsewhere', about)
  if (!isFee) return line('open', 'unknown_debit', about)
  const left = (known.reserves.get(payingAccountId) ?? 0) - amountCents
  if (left < 0) return line('open', 'reserve_too_small', about)
  known.reserves.set(payingAccountId, left)
  return line('fee', 'fee', { ...about, effects: [{ act: 'fee', payingAccountId, amountCents, bankReference }] })
}

function bookOne(payout: KnownPayout, movement: BankMovement, payingAccountId: string, known: Known): Matched {
  const about = { payingAccountId, payoutId: payout.id }
  if (payout.payingAccountId !== payingAccountId) return line('open', 'another_account', about)
  if (payout.amountCents !== movement.amountCents) return line('open', 'amount_differs', about)
  if (!payout.isExported) return line('open', 'not_exported', about)
  const isFirst = noteTold(payout, 'debit')
  if (advance(payout, 'book'))
    return line('booked', 'payout', { ...about, effects: [{ act: 'book', payoutId: payout.id, ...proofOf(movement) }] })
  if (payout.state === 'rejected' || payout.state === 'withdrawn')
    return line('open', `debited_after_${payout.state}`, about)
  // Confirmed by hand, told as a sum, or said by its return: the debit itself is new, the money has moved.
  if (takeTold(known, payingAccountId, movement) || isFirst) return line('known', 'told_before', about)
  return line('open', 'debited_twice', about)
}

const proofOf = ({ on, bankReference }: BankMovement) => ({ on, proof: `relevé, ${bankReference}` })

/** One debit for a whole payment order: it must be the sum of what was not rejected, to the cent. */
function bookMany(batch: readonly KnownPayout[], movement: BankMovement, payingAccountId: string): Matched {
  const about = { payingAccountId }
  if (batch.some((payout) => payout.payingAccountId !== payingAccountId)) return line('open', 'another_account', about)
  if (batch.some(({ isExported }) => !isExported)) return line('open', 'not_exported', about)
  const executed = batch.filter(({ state }) => state !== 'rejected' && state !== 'withdrawn')
  if (sumCents(executed.map(({ amountCents }) => amountCents)) !== movement.amountCents)
    return line('open', 'amount_differs', about)
  const effects = executed
    .filter((payout) => advance(payout, 'book'))
    .map(({ id }) => ({ act: 'book', payoutId: id, ...proofOf(movement) }) as const)
  return effects.length > 0
    ? line('booked', 'payment_order', { ...about, effects })
    : line('known', 'told_before', about)
}
