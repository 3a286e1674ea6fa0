import { nettingCents } from '../ledger/decisions.ts'
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
export type CampaignMoney = { parts: readonly Part[]; payableCents: Cents; owesCents: Cents }

export const amountOf = ({ voucherCount, faceValueCents }: Earning): Cents => timesCents(voucherCount, faceValueCents)

/**
 * What freezing a statement moves: the value of its vouchers becomes payable, then what the organisation owes in the same
 * campaign is taken from it. `moneyOf` gives each campaign's parts and the balances before.
 */
export function transfersOfStatement(
  key: StatementKey,
  earnings: readonly Earning[],
  moneyOf: (campaignId: string) => CampaignMoney,
): { transfers: NewTransfer[]; nettedCents: Cents } {
  const documentRef = `statement:${statementId(key)}`
  const campaignIds = [...new Set(earnings.map(({ campaignId }) => campaignId))].sort()
  const perCampaign = campaignIds.map((campaignId) => {
    const lines = earnings.filter((line) => line.campaignId === campaignId)
    const { parts, payableCents, owesCents } = moneyOf(campaignId)
    const event = { ...key, documentRef, campaignId, payingAccountId: lines[0]!.payingAccountId }
    const earnedCents = sumCents(lines.map(amountOf))
    const amountCents = nettingCents({ payableCents: sumCents([payableCents, earnedCents]), owesCents })
    const voucherCount = lines.reduce((sum, line) => sum + line.voucherCount, 0)
    return {
      amountCents,
      transfers: [...statementFrozen({ ...event, parts, voucherCount }), ...netted({ ...event, amountCents })],
    }
  })
  return {
    transfers: perCampaign.flatMap(({ transfers }) => transfers),
    nettedCents: sumCents(perCampaign.map(({ amountCents }) => amountCents)),
  }
}

/** What is left to pay of a statement once it was netted and corrected. */
export const netCents = (amounts: { totalCents: Cents; nettedCents: Cents; adjustedCents: Cents }): Cents =>
  cents(amounts.totalCents - amounts.nettedCents - amounts.adjustedCents)
