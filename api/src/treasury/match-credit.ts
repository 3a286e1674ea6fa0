import type { BankMovement } from './bank-message.ts'
import {
  advance,
  type Effect,
  type Known,
  type KnownCall,
  type KnownPayout,
  line,
  type Matched,
  noteTold,
  takeTold,
} from './known.ts'

/** References of calls as people write them on a transfer: in any case, with or without spaces. */
const callPattern = /CN[- ]?(\d{4,6})[- ]?([0-9A-HJKMNP-TV-Z]{6})/gi

export const callReferencesIn = (text: string): string[] =>
  [...text.matchAll(callPattern)].map(([, number, rest]) => `CN${number}-${rest!.toUpperCase()}`)

/** Money that came: a payout sent back, what a funder was asked for, or money of whom nobody knows yet. */
export function matchCredit(movement: BankMovement, payingAccountId: string, known: Known): Matched {
  const payout = known.payouts.get(movement.endToEndId ?? '')
  if (payout) return giveBack(payout, movement, payingAccountId, known)
  const about = { payingAccountId }
  if (takeTold(known, payingAccountId, movement)) return line('known', 'told_elsewhere', about)
  if (known.payoutsOfPaymentInfo.has(movement.paymentInfoId ?? ''))
    return line('open', 'payment_order_sent_back', about)
  const receive = (call: KnownCall | null): Effect => ({ act: 'receive', payingAccountId, movement, call })
  const call = callOf(movement, known)
  if (call?.isFundable && call.payingAccountId === payingAccountId)
    return line('received', 'funding_call', { ...about, effects: [receive(call)] })
  if (known.recordedByHand.has([payingAccountId, movement.amountCents, movement.on].join('|')))
    return line('open', 'like_one_recorded_by_hand', about)
  return line('suspense', whySuspense(movement, known, call), { ...about, effects: [receive(null)] })
}

function callOf({ endToEndId, remittance }: BankMovement, known: Known): KnownCall | undefined {
  const calls = callReferencesIn(`${endToEndId ?? ''} ${remittance ?? ''}`).map((reference) =>
    known.calls.get(reference),
  )
  return calls.find((call) => call !== undefined)
}

function whySuspense({ endToEndId, returnReason }: BankMovement, known: Known, call: KnownCall | undefined): string {
  if (known.orders.has(endToEndId ?? '')) return 'order_sent_back'
  if (returnReason !== null) return 'unknown_return'
  if (call) return call.isFundable ? 'another_account' : 'campaign_takes_no_money'
  return 'no_known_reference'
}

/** A return says that the payout was debited, even when that line has not come yet. */
function giveBack(payout: KnownPayout, movement: BankMovement, payingAccountId: string, known: Known): Matched {
  const { amountCents, on, returnReason, bankReference } = movement
  const about = { payingAccountId, payoutId: payout.id }
  if (payout.payingAccountId !== payingAccountId) return line('open', 'another_account', about)
  if (payout.amountCents !== amountCents) return line('open', 'amount_differs', about)
  if (!payout.isExported) return line('open', 'not_exported', about)
  const isFirst = noteTold(payout, 'credit')
  const proof = `relevé, retour ${bankReference}`
  const booked: Effect[] = advance(payout, 'book') ? [{ act: 'book', payoutId: payout.id, on, proof }] : []
  if (advance(payout, 'return')) {
    const effects: Effect[] = [
      ...booked,
      { act: 'return', payoutId: payout.id, on, reason: returnReason ?? 'unspecified' },
    ]
    return line('returned', booked.length > 0 ? 'return_before_debit' : 'payout', { ...about, effects })
  }
  if (payout.state !== 'returned') return line('open', `sent_back_after_${payout.state}`, about)
  if (takeTold(known, payingAccountId, movement) || isFirst) return line('known', 'told_before', about)
  return line('open', 'sent_back_twice', about)
}
