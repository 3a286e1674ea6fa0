import { nettedAcross } from '../ledger/bank-events.ts'
import { type Debt, nettingAcross, nettingCents } from '../ledger/decisions.ts'
import { netted, type Part, statementFrozen } from '../ledger/events.ts'
import type { NewTransfer } from '../ledger/transfer.ts'
import { AppError } from '../shared/errors.ts'
import { type Cents, cents, sumCents, timesCents } from '../shared/money.ts'

/**
 * A statement (bordereau) says what one organisation earned in one period, by venue and campaign. It is counted while the
 * period runs, and written once when the period is frozen; what is undone later is an adjustment, never a change of a line.
 */
export type StatementState = 'open' | 'closed' | 'frozen' | 'in_payment' | 'paid'
export type StatementKey = { periodId: number; organisationId: string }

/** Stable from the first scan on: `<period>.<organisation>`. */
export const statementId = ({ periodId, organisationId }: StatementKey): string => `${periodId}.${organisationId}`
const statementIdPattern = /^([1-9]\d{0,8})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Throws `not_found` for what is no statement's id. */
export function statementKeyOf(id: string): StatementKey {
  const [, periodId, organisationId] = statementIdPattern.exec(id) ?? []
  if (periodId === undefined || organisationId === undefined)
    throw new AppError('not_found', 'statement_not_found', 'There is no such statement')
  return { periodId: Number(periodId), organisationId }
}

/** Accepted scans of one venue and campaign. */
export type Earning = {
  venueId: string
  campaignId: string
  payingAccountId: string
  faceValueCents: Cents
  voucherCount: number
}
/** One campaign's money with the organisation, before. */
export type CampaignMoney = {
  campaignId: string
  payingAccountId: string
  parts: readonly Part[]
  payableCents: Cents
  owesCents: Cents
}

export const amountOf = ({ voucherCount, faceValueCents }: Earning): Cents => timesCents(voucherCount, faceValueCents)

/**
 * What freezing a statement moves: the value of its vouchers becomes payable; what the organisation owes is taken from it, in
 * the same campaign first, then in others of the same paying account. `money` is of every campaign in which the organisation
 * earned or has a balance. Never more is netted than the statement earned: the rest waits for the next, or is paid back.
 */
export function transfersOfStatement(
  key: StatementKey,
  earnings: readonly Earning[],
  money: readonly CampaignMoney[],
): { transfers: NewTransfer[]; nettedCents: Cents } {
  const documentRef = `statement:${statementId(key)}`
  const accounts = [...new Set(money.map(({ payingAccountId }) => payingAccountId))].sort()
  const perAccount = accounts.map((payingAccountId) => {
    const event = { ...key, documentRef, payingAccountId }
    const inside = [...money]
      .filter((one) => one.payingAccountId === payingAccountId)
      .sort((a, b) => (a.campaignId < b.campaignId ? -1 : 1))
      .map((one) => nettingInside(event, one, earnings))
    const left = sumCents(inside.map(({ earnedCents, amountCents }) => cents(earnedCents - amountCents)))
    const across = nettingAcross(
      inside.map(({ after }) => after),
      left,
    )
    return {
      transfers: [...inside.flatMap(({ transfers }) => transfers), ...nettedAcross(event, across)],
      nettedCents: sumCents([
        ...inside.map(({ amountCents }) => amountCents),
        ...across.map(({ takenCents }) => takenCents),
      ]),
    }
  })
  return {
    transfers: perAccount.flatMap(({ transfers }) => transfers),
    nettedCents: sumCents(perAccount.map(({ nettedCents }) => nettedCents)),
  }
}

function nettingInside(
  event: StatementKey & { documentRef: string; payingAccountId: string },
  { campaignId, parts, payableCents, owesCents }: CampaignMoney,
  earnings: readonly Earning[],
): { transfers: NewTransfer[]; earnedCents: Cents; amountCents: Cents; after: Debt } {
  const lines = earnings.filter((line) => line.campaignId === campaignId)
  const earnedCents = sumCents(lines.map(amountOf))
  const amountCents = nettingCents({ payableCents: earnedCents, owesCents })
  const voucherCount = lines.reduce((sum, line) => sum + line.voucherCount, 0)
  return {
    transfers: [
      ...statementFrozen({ ...event, campaignId, parts, voucherCount }),
      ...netted({ ...event, campaignId, amountCents }),
    ],
    ...{ earnedCents, amountCents },
    after: {
      campaignId,
      payableCents: cents(payableCents + earnedCents - amountCents),
      owesCents: cents(owesCents - amountCents),
    },
  }
}

/** What is left to pay of a statement once it was netted and corrected. */
export const netCents = (amounts: { totalCents: Cents; nettedCents: Cents; adjustedCents: Cents }): Cents =>
  cents(amounts.totalCents - amounts.nettedCents - amounts.adjustedCents)
