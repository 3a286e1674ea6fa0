import type { accountKind, transferKind } from '@carnet/db'
import { addDays, type Day } from '../shared/days.ts'
import { type Cents, sumCents } from '../shared/money.ts'

/*
 * A funder's account of a year, campaign by campaign: what it had there, what came, what was used and what went back. Its money
 * is what no venue has earned yet: available, in vouchers, or expired. The balance at the end is that of the ledger. Pure.
 */

/** What moved on one side of a funder's accounts; `cents` is negative where money left the account. */
export type FunderMove = {
  campaignId: string
  campaign: string
  account: 'available' | 'issued' | 'expired'
  kind: (typeof transferKind.enumValues)[number]
  isBefore: boolean
  cents: Cents
}

/** In the order of reading; those of `signs` lead from the opening to the closing balance. */
export const annualLines = [
  ...(['openingCents', 'receivedCents', 'usedCents', 'undoneCents', 'movedInCents', 'movedOutCents'] as const),
  ...(['refundedCents', 'closingCents', 'availableCents', 'issuedCents', 'expiredCents'] as const),
  ...(['activatedCents', 'lapsedCents', 'feesCents'] as const),
] as const
export type AnnualLine = (typeof annualLines)[number]
export type AnnualSums = Record<AnnualLine, Cents>
export type CampaignYear = AnnualSums & { campaignId: string; campaign: string }
type Kind = FunderMove['kind']

export const signs: Partial<Record<AnnualLine, 1 | -1>> = {
  ...{ openingCents: 1, receivedCents: 1, usedCents: -1, undoneCents: 1 },
  ...{ movedInCents: 1, movedOutCents: -1, refundedCents: -1 },
}

/** A kind that is not here stays inside the funder's money, or never touches it. */
const arrivals: Partial<Record<Kind, AnnualLine>> = {
  funding_received: 'receivedCents',
  suspense_matched: 'receivedCents',
  reversal_after_freezing: 'undoneCents',
  correction_after_sealing: 'undoneCents',
  available_moved: 'movedInCents',
  expired_moved: 'movedInCents',
}
const departures: Partial<Record<Kind, AnnualLine>> = {
  statement_frozen: 'usedCents',
  available_moved: 'movedOutCents',
  expired_moved: 'movedOutCents',
  available_refunded: 'refundedCents',
  expired_refunded: 'refundedCents',
}
const balances: Record<Extract<(typeof accountKind.enumValues)[number], FunderMove['account']>, AnnualLine> = {
  available: 'availableCents',
  issued: 'issuedCents',
  expired: 'expiredCents',
}

/** For the year, beside the balance: what became a voucher, and what vouchers lost by age. */
const memo = ({ account, kind }: FunderMove): AnnualLine | undefined =>
  account === 'issued' && (kind === 'box_activated' || kind === 'box_revoked')
    ? 'activatedCents'
    : account === 'expired' && kind === 'validity_ended'
      ? 'lapsedCents'
      : undefined

const nothing = Object.fromEntries(annualLines.map((line) => [line, 0 as Cents])) as AnnualSums

/** Each campaign's year, and all of them together. `fees` are those of invoices of the year. */
export function annualAccount(
  moves: readonly FunderMove[],
  fees: readonly { campaignId: string; campaign: string; cents: Cents }[],
): { campaigns: CampaignYear[]; whole: AnnualSums } {
  const campaigns = new Map<string, CampaignYear>()
  const add = (of: { campaignId: string; campaign: string }, line: AnnualLine | undefined, cents: number) => {
    const { campaignId, campaign } = of
    const year = campaigns.get(campaignId) ?? { campaignId, campaign, ...nothing }
    campaigns.set(campaignId, line ? { ...year, [line]: year[line] + cents } : year)
  }
  for (const move of moves) {
    const { account, kind, isBefore, cents } = move
    add(move, 'closingCents', cents)
    add(move, balances[account], cents)
    if (isBefore) add(move, 'openingCents', cents)
    else {
      add(move, (cents > 0 ? arrivals : departures)[kind], Math.abs(cents))
      add(move, memo(move), cents)
    }
  }
  for (const fee of fees) add(fee, 'feesCents', fee.cents)
  const years = [...campaigns.values()]
  const whole = annualLines.map((line) => [line, sumCents(years.map((year) => year[line]))])
  return { campaigns: years, whole: Object.fromEntries(whole) as AnnualSums }
}

/** A year that is not over ends yesterday: a day that is over never changes. */
export const annualSpan = (year: number, today: Day): { from: Day; until: Day } => ({
  from: `${year}-01-01`,
  until: [`${year}-12-31`, addDays(today, -1)].sort()[0]!,
})
