/**
 * A campaign is an agreement between funders: what a voucher is worth and who pays which part of it, where, when and for
 * what it is good. Once it is open its terms never change, except by an amendment that every funder signs.
 */
import type { Cents, campaignState, territoryKind } from '@carnet/db'
import { addDays, type Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { sumCents } from '../shared/money.ts'

export type CampaignState = (typeof campaignState.enumValues)[number]
export type CampaignEvent = 'agree' | 'amend' | 'open' | 'end' | 'extend' | 'close_uploads' | 'close' | 'cancel'
export type Part = { funderId: string; partCents: Cents }
export type Area = { kind: (typeof territoryKind.enumValues)[number]; code: string }

/** What the funders agree on. Null lists mean all: every service of the catalogue, every qualified venue, everywhere. */
export type Terms = {
  name: string
  payingAccountId: string
  faceValueCents: Cents
  bookSize: number
  budgetedBooks: number
  startsOn: Day
  endsOn: Day
  graceDays: number
  targetPublic: string
  objectives: string
  funders: Part[]
  services: string[] | null
  venues: string[] | null
  territory: Area[] | null
}

export const transitions: Record<CampaignState, Partial<Record<CampaignEvent, CampaignState>>> = {
  draft: { agree: 'agreed', cancel: 'closed' },
  agreed: { amend: 'draft', open: 'open', cancel: 'closed' },
  open: { end: 'ending' },
  ending: { extend: 'open', close_uploads: 'uploads_closed' },
  uploads_closed: { close: 'closed' },
  closed: {},
}

export const campaignStates = Object.keys(transitions) as CampaignState[]
export const areaKinds = ['commune', 'epci', 'department', 'region'] as const satisfies readonly Area['kind'][]

export function stateAfter(state: CampaignState, event: CampaignEvent): CampaignState {
  const next = transitions[state][event]
  if (!next) throw new AppError('conflict', `campaign_is_${state}`, `Cannot ${event.replace('_', ' ')} it now`)
  return next
}

/** Fewer books would point at people. */
export const fewestBooks = 50
/** After the last day that counts, phones that were offline still have these days to send. */
const uploadDays = 5

export const tooFewBooks = (books: number) =>
  new AppError('invalid', 'too_few_books', `A campaign has at least ${fewestBooks} books`, { books, fewestBooks })

/** The last day of use that counts, and the last day on which a phone may send it. */
export function lastDays({ endsOn, graceDays }: Pick<Terms, 'endsOn' | 'graceDays'>) {
  const usesUntil = addDays(endsOn, graceDays)
  return { usesUntil, uploadsUntil: addDays(usesUntil, uploadDays) }
}

/** What the calendar does to a campaign today; null when nothing. */
export function dueEvent(
  campaign: { state: CampaignState } & Pick<Terms, 'endsOn' | 'graceDays'>,
  today: Day,
): CampaignEvent | null {
  const isSent = today > lastDays(campaign).uploadsUntil
  if (campaign.state === 'open' && today > campaign.endsOn) return 'end'
  if (campaign.state === 'ending' && isSent) return 'close_uploads'
  if (campaign.state === 'uploads_closed' && isSent) return 'close'
  return null
}

/** Throws `invalid` `face_value_not_whole_euros`, `too_few_books`, `ends_before_it_starts`, `funder_given_twice`. */
export function checkTerms(terms: Terms): void {
  if (terms.faceValueCents % 100 !== 0)
    throw new AppError('invalid', 'face_value_not_whole_euros', 'A voucher is worth whole euros')
  if (terms.budgetedBooks < fewestBooks) throw tooFewBooks(terms.budgetedBooks)
  if (terms.endsOn < terms.startsOn)
    throw new AppError('invalid', 'ends_before_it_starts', 'The last day is before the first')
  if (new Set(terms.funders.map(({ funderId }) => funderId)).size < terms.funders.length)
    throw new AppError('invalid', 'funder_given_twice', 'A funder has one part')
}

/** Throws `conflict` `parts_do_not_add_up`. */
export function checkParts(faceValueCents: Cents, parts: readonly { partCents: Cents }[]): void {
  const partsCents = sumCents(parts.map(({ partCents }) => partCents))
  if (partsCents !== faceValueCents)
    throw new AppError('conflict', 'parts_do_not_add_up', 'The parts of a voucher are its face value', {
      partsCents,
      faceValueCents,
    })
}

export type FixedBecause = 'open' | 'funded' | 'ordered'
