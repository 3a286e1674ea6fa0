import type { moneyOrders } from '@carnet/db'
import { correctedAfterSealing, movedToCampaign, paidFromReserve, suspenseSentBack } from '../ledger/bank-events.ts'
import { type Part, refunded } from '../ledger/events.ts'
import type { NewTransfer } from '../ledger/transfer.ts'
import { AppError } from '../shared/errors.ts'
import { type Cents, sumCents, timesCents } from '../shared/money.ts'

/**
 * Money that leaves, or goes where no rule of the scheme sends it, by a decision: one person proposes, another one approves, and
 * only then anything moves. What was decided is never decided again.
 */
export type MoneyOrder = typeof moneyOrders.$inferSelect

/** What each kind is about. `reference` is the proposer's own: the same again is the same order. */
export type OrderAsked = { reference: string; reason: string } & (
  | { kind: 'refund'; campaignId: string; funderId: string; source: 'available' | 'expired'; amountCents: Cents }
  | {
      kind: 'transfer'
      campaignId: string
      funderId: string
      source: 'available' | 'expired'
      toCampaignId: string
      amountCents: Cents
    }
  | { kind: 'receipt_sent_back'; receiptId: string }
  | { kind: 'correction'; campaignId: string; organisationId: string; voucherCount: number }
  | { kind: 'reserve_payment'; campaignId: string; organisationId: string; amountCents: Cents }
)

/** Throws `forbidden` `same_person`, `conflict` `order_is_approved`, `order_is_refused`. */
export function checkDecision(order: Pick<MoneyOrder, 'state' | 'proposedBy'>, deciderId: string): void {
  if (order.state !== 'proposed') throw new AppError('conflict', `order_is_${order.state}`, 'It was decided already')
  if (order.proposedBy === deciderId) throw new AppError('forbidden', 'same_person', 'Someone else must decide')
}

/** Fits the 35 characters of a bank file: the treasurer writes it on the transfer, and the bank's statement tells it back. */
export const orderEndToEndId = (orderId: string): string => `CO${orderId.replaceAll('-', '')}`

const faceOf = (parts: readonly Part[]): Cents => sumCents(parts.map(({ partCents }) => partCents))
export const correctionCents = (parts: readonly Part[], voucherCount: number): Cents =>
  timesCents(voucherCount, faceOf(parts))

/** What an approved order moves. `parts` are those of its campaign. */
export function transfersOfOrder(order: MoneyOrder, parts: readonly Part[]): NewTransfer[] {
  const { id, kind, payingAccountId, amountCents } = order
  const base = { documentRef: `order:${id}`, payingAccountId, amountCents }
  if (kind === 'receipt_sent_back') return suspenseSentBack({ ...base, documentRef: `receipt:${order.receiptId}` })
  const campaignId = needed(order.campaignId)
  switch (kind) {
    case 'refund':
      return refunded({ ...base, campaignId, funderId: needed(order.funderId), from: needed(order.source) })
    case 'transfer': {
      const { funderId, source, toCampaignId } = order
      const to = { funderId: needed(funderId), from: needed(source), toCampaignId: needed(toCampaignId) }
      return movedToCampaign({ ...base, campaignId, ...to })
    }
    case 'correction': {
      const voucherCount = needed(order.voucherCount)
      return correctedAfterSealing({
        ...base,
        ...{ campaignId, parts, voucherCount },
        organisationId: needed(order.organisationId),
      })
    }
    case 'reserve_payment':
      return paidFromReserve({ ...base, campaignId, organisationId: needed(order.organisationId) })
  }
}

function needed<Value>(value: Value | null): Value {
  if (value === null) throw new RangeError('An order lacks what its kind is about')
  return value
}
