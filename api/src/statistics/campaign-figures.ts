/**
 * What a funder reads of its own campaigns: exact totals as of the evening before, or of the last Sunday for a small campaign,
 * where a single day would point at people. A rate is never given without its context note.
 */
import { addDays, type Day, weekdayOf } from '../shared/days.ts'

const fewBooks = 100

/** The day whose evening the figures are of: never today, never later than asked. */
export function figuresDay({ today, asked, books }: { today: Day; asked?: Day | undefined; books: number }): Day {
  const yesterday = addDays(today, -1)
  const day = asked !== undefined && asked < yesterday ? asked : yesterday
  return books < fewBooks ? addDays(day, -weekdayOf(day)) : day
}

/** In vouchers, except where the name says books or cents. */
export type Waterfall = {
  ordered: number
  fundedCents: number
  issued: number
  active: number
  circulating: number
  booksHandedOut: number
  redeemed: number
  /** Money of the funders that no active box took yet. */
  availableCents: number
  /** Owed to organisations: to be sent, or on its way. */
  payableCents: number
  inPaymentCents: number
  paidCents: number
  /** Value of boxes that were taken back. */
  returnedCents: number
  /** Issued and not used, while uses of the days of grace still count. */
  inGraceCents: number
  expiredCents: number
  /** Of what expired, what the funders got back or moved to another campaign. */
  creditedCents: number
}

type Terms = { faceValueCents: number; endsOn: Day; graceDays: number }

/** After the last day printed on the voucher and until the last day that counts. */
export function inGraceCents(
  { issued, redeemed }: Pick<Waterfall, 'issued' | 'redeemed'>,
  terms: Terms,
  on: Day,
): number {
  const isInGrace = on > terms.endsOn && on <= addDays(terms.endsOn, terms.graceDays)
  return isInGrace ? (issued - redeemed) * terms.faceValueCents : 0
}

export type WhyNoRate = 'context_note_missing' | 'nothing_handed_out'
export type Usage = {
  numerator: number
  denominator: number
  rate: number | null
  ofIssued: { numerator: number; denominator: number; rate: number | null }
  contextNote: string | null
  whyNoRate: WhyNoRate | null
  /** Fewer hand-outs were reported than books circulate: the rate may be too high. */
  isHandoutIncomplete: boolean
}

const ratio = (numerator: number, denominator: number): number | null =>
  denominator === 0 ? null : Math.round((numerator / denominator) * 1000) / 1000

/** Vouchers redeemed ÷ vouchers in the books handed out. `contextNote`: the newest one. */
export function usageOf(figures: Waterfall, bookSize: number, contextNote: string | null): Usage {
  const { redeemed, issued, circulating } = figures
  const handedOut = figures.booksHandedOut * bookSize
  const withNote = (rate: number | null) => (contextNote === null ? null : rate)
  const whyNoRate = contextNote === null ? 'context_note_missing' : handedOut === 0 ? 'nothing_handed_out' : null
  return {
    numerator: redeemed,
    denominator: handedOut,
    rate: withNote(ratio(redeemed, handedOut)),
    ofIssued: { numerator: redeemed, denominator: issued, rate: withNote(ratio(redeemed, issued)) },
    contextNote,
    whyNoRate,
    isHandoutIncomplete: handedOut < circulating,
  }
}
