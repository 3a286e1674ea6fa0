/**
 * An amendment changes what was agreed: a campaign lasts longer, has more books, or ends early. The coordination proposes it,
 * and the signature of the last funder makes it so, at once. One at a time.
 */
import type { amendmentKind } from '@carnet/db'
import type { CampaignState, Terms } from '../campaigns/campaign.ts'
import { noticeDays } from '../campaigns/ending.ts'
import { addDays, type Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { type Cents, timesCents } from '../shared/money.ts'

export type AmendmentKind = (typeof amendmentKind.enumValues)[number]
export type AmendmentAsked =
  | { kind: 'extension'; endsOn: Day }
  | { kind: 'top_up'; budgetedBooks: number }
  /** With a last day once it is open, without one before. */
  | { kind: 'cancellation'; endsOn: Day | null }

type Amended = { state: CampaignState } & Pick<Terms, 'endsOn' | 'budgetedBooks'>

const allowedIn: Record<AmendmentKind, readonly CampaignState[]> = {
  extension: ['agreed', 'open', 'ending'],
  top_up: ['agreed', 'open'],
  cancellation: ['draft', 'agreed', 'open'],
}

/**
 * Checked when it is proposed, and again when it takes effect. Throws `conflict` (`campaign_is_…`, `end_comes_earlier`,
 * `end_comes_later`, `end_comes_too_soon` with the first day that is possible, `budget_gets_smaller`), `invalid` `end_day_missing`.
 */
export function checkAmendment(campaign: Amended, asked: AmendmentAsked, today: Day): void {
  if (!allowedIn[asked.kind].includes(campaign.state))
    throw new AppError('conflict', `campaign_is_${campaign.state}`, 'It can no longer be changed so')
  if (asked.kind === 'top_up') checkBooks(campaign, asked.budgetedBooks)
  if (asked.kind === 'extension') checkLater(campaign, asked.endsOn, today)
  if (asked.kind === 'cancellation' && campaign.state === 'open') checkSooner(campaign, asked.endsOn, today)
}

function checkBooks({ budgetedBooks }: Amended, asked: number): void {
  if (asked <= budgetedBooks)
    throw new AppError('conflict', 'budget_gets_smaller', 'The budget may only be raised', { budgetedBooks })
}

function checkLater({ endsOn }: Amended, asked: Day, today: Day): void {
  if (asked <= endsOn)
    throw new AppError('conflict', 'end_comes_earlier', 'The last day may only move later', { endsOn })
  if (asked < today) throw tooSoon(today)
}

const tooSoon = (firstDay: Day) =>
  new AppError('conflict', 'end_comes_too_soon', 'The last day comes too soon', { firstDay })

function checkSooner({ endsOn }: Amended, asked: Day | null, today: Day): void {
  if (asked === null) throw new AppError('invalid', 'end_day_missing', 'Say the last day: vouchers are with people')
  if (asked >= endsOn)
    throw new AppError('conflict', 'end_comes_later', 'It ends on that day or before already', { endsOn })
  const firstDay = addDays(today, noticeDays)
  if (asked < firstDay) throw tooSoon(firstDay)
}

/** Whoever proposed it signed for the coordination. Throws `forbidden` `same_person`. */
export function checkSigner({ proposedBy }: { proposedBy: string }, signerId: string): void {
  if (proposedBy === signerId) throw new AppError('forbidden', 'same_person', 'Someone else signs for the funder')
}

/** Nobody has agreed to a draft, so nobody signs its end. */
export const needsSignatures = ({ state }: Pick<Amended, 'state'>): boolean => state !== 'draft'

/** What each funder is asked to pay for more books: whole vouchers times its part. */
export const callsOfTopUp = (
  campaign: Pick<Terms, 'bookSize' | 'budgetedBooks'>,
  parts: readonly { funderId: string; partCents: Cents }[],
  budgetedBooks: number,
): { funderId: string; amountCents: Cents }[] =>
  parts.map(({ funderId, partCents }) => ({
    funderId,
    amountCents: timesCents((budgetedBooks - campaign.budgetedBooks) * campaign.bookSize, partCents),
  }))
