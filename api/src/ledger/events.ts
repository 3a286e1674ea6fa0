import { type Cents, timesCents } from '../shared/money.ts'
import { type Movement, type NewTransfer, transferOf } from './transfer.ts'

/*
 * What each event of the scheme moves. Pure: the same event always makes the same transfers. A voucher's value is never
 * split: every event on vouchers moves count × part for each funder, and the parts of a campaign add up to its face value.
 */

/** A campaign's money: apart from every other campaign's on the same paying account. */
export type Pool = { payingAccountId: string; campaignId: string }
export type Part = { funderId: string; partCents: Cents }
/** Vouchers of one campaign that a document speaks of. */
export type VoucherEvent = Pool & { documentRef: string; parts: readonly Part[]; voucherCount: number }

const bankOf = ({ payingAccountId, campaignId }: Pool) => ({ kind: 'bank', payingAccountId, campaignId }) as const
const ofFunder = (
  kind: 'available' | 'issued' | 'expired',
  { payingAccountId, campaignId }: Pool,
  funderId: string,
) => ({ kind, payingAccountId, campaignId, funderId })
const ofOrganisation = (
  kind: 'payable' | 'in_payment' | 'owes',
  { payingAccountId, campaignId }: Pool,
  organisationId: string,
) => ({ kind, payingAccountId, campaignId, organisationId })

type Route = Pick<Movement, 'kind' | 'debit' | 'credit'>

/** One transfer for each funder: count × part. None for no voucher. */
function perFunder(event: VoucherEvent, routeOf: (funderId: string) => Route, periodId?: number): NewTransfer[] {
  const { documentRef, parts, voucherCount } = event
  if (voucherCount === 0) return []
  return parts.map(({ funderId, partCents }) =>
    transferOf({
      ...routeOf(funderId),
      amountCents: timesCents(voucherCount, partCents),
      voucherCount,
      documentRef,
      ...(periodId !== undefined && { periodId }),
    }),
  )
}

const one = (movement: Movement): NewTransfer[] => (movement.amountCents === 0 ? [] : [transferOf(movement)])

/** A funder's money is on the pool's bank account. `documentRef`: `funding:<id>`. */
export function fundingReceived(
  funding: Pool & { documentRef: string; funderId: string; amountCents: Cents },
): NewTransfer[] {
  const { documentRef, funderId, amountCents } = funding
  return one({
    kind: 'funding_received',
    debit: bankOf(funding),
    credit: ofFunder('available', funding, funderId),
    amountCents,
    documentRef,
  })
}

/** The operator's own money, that stands for what organisations owe. */
export function reserveFunded(funding: {
  payingAccountId: string
  documentRef: string
  amountCents: Cents
}): NewTransfer[] {
  const { payingAccountId, documentRef, amountCents } = funding
  return one({
    kind: 'reserve_funded',
    debit: { kind: 'bank', payingAccountId },
    credit: { kind: 'reserve', payingAccountId },
    amountCents,
    documentRef,
  })
}

/** An active voucher is always funded. `documentRef`: `box:<id>`. */
export const boxActivated = (box: VoucherEvent): NewTransfer[] =>
  perFunder(box, (funderId) => ({
    kind: 'box_activated',
    debit: ofFunder('available', box, funderId),
    credit: ofFunder('issued', box, funderId),
  }))

/** Only a box of which no voucher was accepted. `documentRef`: `box:<id>`. */
export const boxRevoked = (box: VoucherEvent): NewTransfer[] =>
  perFunder(box, (funderId) => ({
    kind: 'box_revoked',
    debit: ofFunder('issued', box, funderId),
    credit: ofFunder('available', box, funderId),
  }))

/** What one organisation earned in one campaign and period. `documentRef`: `statement:<period>.<organisation>`. */
export const statementFrozen = (line: VoucherEvent & { organisationId: string; periodId: number }): NewTransfer[] =>
  perFunder(
    line,
    (funderId) => ({
      kind: 'statement_frozen',
      debit: ofFunder('issued', line, funderId),
      credit: ofOrganisation('payable', line, line.organisationId),
    }),
    line.periodId,
  )

/** A reversal after freezing takes from what is payable, or makes the organisation owe; it gives the value back. */
export const reversedAfterFreezing = (
  reversal: VoucherEvent & {
    organisationId: string
    periodId: number
    from: 'payable' | 'owes'
    to: 'issued' | 'expired'
  },
): NewTransfer[] =>
  perFunder(
    reversal,
    (funderId) => ({
      kind: 'reversal_after_freezing',
      debit: ofOrganisation(reversal.from, reversal, reversal.organisationId),
      credit: ofFunder(reversal.to, reversal, funderId),
    }),
    reversal.periodId,
  )

type OrganisationEvent = Pool & { documentRef: string; organisationId: string; amountCents: Cents }

/** What the organisation owes is taken from what it earned since, in the same campaign. */
export const netted = (netting: OrganisationEvent & { periodId: number }): NewTransfer[] =>
  one({
    kind: 'netting',
    debit: ofOrganisation('payable', netting, netting.organisationId),
    credit: ofOrganisation('owes', netting, netting.organisationId),
    amountCents: netting.amountCents,
    periodId: netting.periodId,
    documentRef: netting.documentRef,
  })

/** The organisation paid back by bank what it owed. */
export const owesRepaid = (repayment: OrganisationEvent): NewTransfer[] =>
  one({
    kind: 'owes_repaid',
    debit: bankOf(repayment),
    credit: ofOrganisation('owes', repayment, repayment.organisationId),
    amountCents: repayment.amountCents,
    documentRef: repayment.documentRef,
  })

/** `documentRef`: `payout:<id>`, here and below. */
export const payoutCreated = (line: OrganisationEvent): NewTransfer[] =>
  one({
    kind: 'payout_created',
    debit: ofOrganisation('payable', line, line.organisationId),
    credit: ofOrganisation('in_payment', line, line.organisationId),
    amountCents: line.amountCents,
    documentRef: line.documentRef,
  })

export const payoutBooked = (line: OrganisationEvent): NewTransfer[] =>
  one({
    kind: 'payout_booked',
    debit: ofOrganisation('in_payment', line, line.organisationId),
    credit: bankOf(line),
    amountCents: line.amountCents,
    documentRef: line.documentRef,
  })

/** Before the bank's debit was booked: the amount is payable again. */
export const payoutTakenBack = (line: OrganisationEvent, kind: 'payout_withdrawn' | 'payout_rejected'): NewTransfer[] =>
  one({
    kind,
    debit: ofOrganisation('in_payment', line, line.organisationId),
    credit: ofOrganisation('payable', line, line.organisationId),
    amountCents: line.amountCents,
    documentRef: line.documentRef,
  })

/** After it was booked: the money is back on the bank account, and payable again. */
export const payoutReturned = (line: OrganisationEvent): NewTransfer[] => [
  ...one({
    kind: 'payout_returned',
    debit: bankOf(line),
    credit: ofOrganisation('in_payment', line, line.organisationId),
    amountCents: line.amountCents,
    documentRef: line.documentRef,
  }),
  ...one({
    kind: 'payout_returned',
    debit: ofOrganisation('in_payment', line, line.organisationId),
    credit: ofOrganisation('payable', line, line.organisationId),
    amountCents: line.amountCents,
    documentRef: line.documentRef,
  }),
]

/** Vouchers that no accepted scan earned in time. */
export const validityEnded = (end: VoucherEvent): NewTransfer[] =>
  perFunder(end, (funderId) => ({
    kind: 'validity_ended',
    debit: ofFunder('issued', end, funderId),
    credit: ofFunder('expired', end, funderId),
  }))

/** Money goes back to its funder. */
export const refunded = (
  refund: Pool & { documentRef: string; funderId: string; from: 'expired' | 'available'; amountCents: Cents },
): NewTransfer[] =>
  one({
    kind: refund.from === 'expired' ? 'expired_refunded' : 'available_refunded',
    debit: ofFunder(refund.from, refund, refund.funderId),
    credit: bankOf(refund),
    amountCents: refund.amountCents,
    documentRef: refund.documentRef,
  })
