/**
 * What a funder reads of its own campaigns: exact totals as of the evening before, or of the last Sunday for a small campaign,
 * where a single day would point at people. A rate is never given without its context note.
 */
import { addDays, type Day, type Month, weekdayOf } from '../shared/days.ts'

const fewBooks = 100

/** A campaign of so few books is told as of a Sunday. */
export const isToldWeekly = (books: number): boolean => books < fewBooks

/** The day whose evening the figures are of: never today, never later than asked. */
export function figuresDay({ today, asked, books }: { today: Day; asked?: Day | undefined; books: number }): Day {
  const yesterday = addDays(today, -1)
  const day = asked !== undefined && asked < yesterday ? asked : yesterday
  return isToldWeekly(books) ? addDays(day, -weekdayOf(day)) : day
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

export type Fraction = { numerator: number; denominator: number; rate: number | null }
export type WhyNoRate = 'context_note_missing' | 'nothing_handed_out'
/** All counts are of the same evening, `until`: the end of the newest month that is over. */
export type Usage = Fraction & {
  until: Day
  ofIssued: Fraction
  /** Vouchers of boxes that were sent out, of those ordered. */
  circulation: Fraction
  /** Vouchers of books handed out, of those that circulate. */
  handedOut: Fraction
  contextNote: string | null
  whyNoRate: WhyNoRate | null
  /** Fewer hand-outs were reported than books circulate: the rate may be too high. */
  isHandoutIncomplete: boolean
  /** Used since then, in the month under way: a count, of which no rate is made. */
  usedSince: number
}

type UsageFacts = {
  until: Day
  /** Uses and books handed out by month, up to the evening of the figures. */
  months: readonly MonthOfUse[]
  /** Vouchers, on the evening of `until`. */
  atEnd: Pick<Waterfall, 'ordered' | 'issued' | 'circulating'>
  bookSize: number
  /** The newest one. */
  contextNote: string | null
}

type MonthOfUse = { month: Month; redeemed: number; books: number }

/**
 * Vouchers redeemed ÷ vouchers in the books handed out, both in months that are over: hand-outs are known by month, so a rate with
 * uses of the month under way would be too high until it ends. The rate is null without a context note, and of nothing handed out.
 */
export function usageFraction(
  months: readonly MonthOfUse[],
  { until, bookSize, contextNote }: { until: Day; bookSize: number; contextNote: string | null },
): Fraction {
  const over = months.filter(({ month }) => month <= until)
  return fractionOf(
    over.reduce((sum, { redeemed }) => sum + redeemed, 0),
    over.reduce((sum, { books }) => sum + books * bookSize, 0),
    contextNote,
  )
}

const fractionOf = (numerator: number, denominator: number, contextNote: string | null): Fraction => ({
  numerator,
  denominator,
  rate: contextNote === null || denominator === 0 ? null : Math.round((numerator / denominator) * 1000) / 1000,
})

/** The usage of a campaign, with the fractions that explain it. */
export function usageOf({ until, months, atEnd, bookSize, contextNote }: UsageFacts): Usage {
  const used = usageFraction(months, { until, bookSize, contextNote })
  const { numerator: redeemed, denominator: handedOut } = used
  return {
    until,
    ...used,
    ofIssued: fractionOf(redeemed, atEnd.issued, contextNote),
    circulation: fractionOf(atEnd.circulating, atEnd.ordered, contextNote),
    handedOut: fractionOf(handedOut, atEnd.circulating, contextNote),
    contextNote,
    whyNoRate: contextNote === null ? 'context_note_missing' : handedOut === 0 ? 'nothing_handed_out' : null,
    isHandoutIncomplete: handedOut < atEnd.circulating,
    usedSince: months.reduce((sum, month) => sum + month.redeemed, 0) - redeemed,
  }
}
