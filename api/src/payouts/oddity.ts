import type { Cents } from '../shared/money.ts'
import { quantileOf } from '../shared/quantile.ts'

/** What somebody should look at before approving a payout. It stops nothing: a hold does, or taking the line out. Pure. */
export type Oddity =
  | { kind: 'first_payment' | 'account_shared' }
  | { kind: 'account_new'; days: number }
  | { kind: 'amount_high'; medianCents: number }

export type PayoutHistory = {
  amountCents: Cents
  /** What the organisation was paid before from the same account. */
  earlierCents: readonly number[]
  /** Since when its bank account is the one, in days. */
  accountDays: number
  /** How many other organisations are paid to the same IBAN. */
  sharedBy: number
}

const newAccountDays = 30
/** With fewer payments before there is no habit. */
const leastEarlier = 3

const medianOf = (values: readonly number[]) => quantileOf(values, 0.5)

/** Above the median by more than three times the median distance from it. */
function isHigh(amount: number, earlier: readonly number[], median: number): boolean {
  return amount > median + 3 * medianOf(earlier.map((one) => Math.abs(one - median)))
}

export function odditiesOf({ amountCents, earlierCents, accountDays, sharedBy }: PayoutHistory): Oddity[] {
  const median = earlierCents.length >= leastEarlier ? medianOf(earlierCents) : null
  return [
    ...(earlierCents.length === 0 ? [{ kind: 'first_payment' as const }] : []),
    ...(earlierCents.length > 0 && accountDays < newAccountDays
      ? [{ kind: 'account_new' as const, days: accountDays }]
      : []),
    ...(sharedBy > 0 ? [{ kind: 'account_shared' as const }] : []),
    ...(median !== null && isHigh(amountCents, earlierCents, median)
      ? [{ kind: 'amount_high' as const, medianCents: Math.round(median) }]
      : []),
  ]
}
