import { type Cents, timesCents } from '../shared/money.ts'
import type { Part, Pool } from './events.ts'
import { type Movement, type NewTransfer, transferOf } from './transfer.ts'

/*
 * What moves on the bank outside of a campaign's usual course: money without a known reference, fees, the reserve, debts, and
 * money that changes campaigns. Pure. Where money changes pools the bank's share moves along, so that each pool stays whole.
 */

type OnAccount = { payingAccountId: string; documentRef: string; amountCents: Cents }

/** The sub-account of a paying account for what is no campaign's. */
const common = (payingAccountId: string) => ({ kind: 'bank', payingAccountId }) as const
const bankOf = ({ payingAccountId, campaignId }: Pool) => ({ kind: 'bank', payingAccountId, campaignId }) as const
const each = (movements: readonly Movement[]): NewTransfer[] =>
  movements.filter(({ amountCents }) => amountCents > 0).map(transferOf)

/** Money came that nobody was asked for. `documentRef`: `receipt:<id>`, here and in the two below. */
export const receivedInSuspense = ({ payingAccountId, documentRef, amountCents }: OnAccount): NewTransfer[] =>
  each([
    {
      kind: 'funding_unmatched',
      debit: common(payingAccountId),
      credit: { kind: 'suspense', payingAccountId },
      ...{ amountCents, documentRef },
    },
  ])

/** Somebody found out for which campaign and funder it is. */
export function suspenseMatched(receipt: OnAccount & Pool & { funderId: string }): NewTransfer[] {
  const { payingAccountId, campaignId, funderId, documentRef, amountCents } = receipt
  const kind = 'suspense_matched'
  return each([
    {
      kind,
      debit: { kind: 'suspense', payingAccountId },
      credit: { kind: 'available', payingAccountId, campaignId, funderId },
      ...{ amountCents, documentRef },
    },
    { kind, debit: bankOf(receipt), credit: common(payingAccountId), amountCents, documentRef },
  ])
}

/** Nobody's money, or somebody's who wants it back: it leaves as it came. */
export const suspenseSentBack = ({ payingAccountId, documentRef, amountCents }: OnAccount): NewTransfer[] =>
  each([
    {
      kind: 'suspense_refunded',
      debit: { kind: 'suspense', payingAccountId },
      credit: common(payingAccountId),
      ...{ amountCents, documentRef },
    },
  ])

/** The operator pays its bank: never out of a funder's money. `documentRef`: `fee:<bank's reference>`. */
export const bankFeePaid = ({ payingAccountId, documentRef, amountCents }: OnAccount): NewTransfer[] =>
  each([
    {
      kind: 'bank_fee',
      debit: { kind: 'reserve', payingAccountId },
      credit: common(payingAccountId),
      ...{ amountCents, documentRef },
    },
  ])

/** What an organisation lost by the platform's fault. `documentRef`: `order:<id>`, here and below. */
export function paidFromReserve(payment: OnAccount & Pool & { organisationId: string }): NewTransfer[] {
  const { payingAccountId, campaignId, organisationId, documentRef, amountCents } = payment
  const kind = 'paid_from_reserve'
  return each([
    {
      kind,
      debit: { kind: 'reserve', payingAccountId },
      credit: { kind: 'payable', payingAccountId, campaignId, organisationId },
      ...{ amountCents, documentRef },
    },
    { kind, debit: bankOf(payment), credit: common(payingAccountId), amountCents, documentRef },
  ])
}

/** After sealing: the organisation owes the vouchers' value, the funders have it again, the vouchers stay spent. */
export const correctedAfterSealing = (
  correction: Pool & { documentRef: string; organisationId: string; parts: readonly Part[]; voucherCount: number },
): NewTransfer[] => {
  const { payingAccountId, campaignId, organisationId, documentRef, parts, voucherCount } = correction
  return parts.map(({ funderId, partCents }) =>
    transferOf({
      kind: 'correction_after_sealing',
      debit: { kind: 'owes', payingAccountId, campaignId, organisationId },
      credit: { kind: 'available', payingAccountId, campaignId, funderId },
      amountCents: timesCents(voucherCount, partCents),
      ...{ voucherCount, documentRef },
    }),
  )
}

/** A funder's money goes to another of its campaigns on the same paying account. */
export function movedToCampaign(
  move: OnAccount & Pool & { funderId: string; from: 'available' | 'expired'; toCampaignId: string },
): NewTransfer[] {
  const { payingAccountId, campaignId, toCampaignId, funderId, from, documentRef, amountCents } = move
  const kind = from === 'expired' ? 'expired_moved' : 'available_moved'
  const to = { payingAccountId, campaignId: toCampaignId }
  return each([
    {
      kind,
      debit: { kind: from, payingAccountId, campaignId, funderId },
      credit: { kind: 'available', ...to, funderId },
      ...{ amountCents, documentRef },
    },
    { kind, debit: bankOf(to), credit: bankOf(move), amountCents, documentRef },
  ])
}

export type CrossNetting = { campaignId: string; takenCents: Cents; settledCents: Cents }

/**
 * What the organisation earned in one campaign pays what it owes in another: a payment out of one pool and a repayment into
 * the other, that meet inside one bank account.
 */
export const nettedAcross = (
  netting: { payingAccountId: string; organisationId: string; documentRef: string; periodId: number },
  perCampaign: readonly CrossNetting[],
): NewTransfer[] => {
  const { payingAccountId, organisationId, documentRef, periodId } = netting
  return each(
    perCampaign.flatMap(({ campaignId, takenCents, settledCents }) => {
      const own = { payingAccountId, campaignId, organisationId }
      const about = { kind: 'netting_bank', documentRef, periodId } as const
      return [
        { ...about, debit: { kind: 'payable', ...own }, credit: bankOf(own), amountCents: takenCents },
        { ...about, debit: bankOf(own), credit: { kind: 'owes', ...own }, amountCents: settledCents },
      ]
    }),
  )
}
