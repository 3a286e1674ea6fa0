import { endingSteps } from '@carnet/api/campaigns/ending.ts'
import {
  gapsOf,
  heldOf,
  nextQuarterRelease,
  paceOf,
  phaseOn,
  splitUsed,
  wantedOn,
  wholeMonths,
} from '@carnet/api/statistics/campaign-course.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const dates = { startsOn: '2026-02-01', endsOn: '2027-01-31', usesUntil: '2027-03-03', uploadsUntil: '2027-03-08' }
const terms = { faceValueCents: 1000, bookSize: 10 }
const figures = {
  ordered: 12_000,
  fundedCents: 12_000_000,
  issued: 10_800,
  active: 10_400,
  circulating: 10_800,
  booksHandedOut: 864,
  redeemed: 3879,
  availableCents: 1_200_000,
  payableCents: 400_000,
  inPaymentCents: 396_000,
  paidCents: 3_065_000,
  returnedCents: 0,
  inGraceCents: 0,
  expiredCents: 0,
  creditedCents: 0,
}

describe('the phase of a campaign', () => {
  test.each([
    ['2026-01-31', 'before', 1],
    ['2026-02-01', 'running', 364],
    ['2026-11-21', 'running', 71],
    ['2027-01-31', 'running', 0],
    ['2027-02-01', 'grace', 30],
    ['2027-03-08', 'uploads', 0],
    ['2027-03-09', 'over', 0],
  ])('on %s is %s, with %s days left', (day, phase, daysLeft) => {
    expect(phaseOn(dates, day)).toEqual({ phase, daysLeft })
  })
})

describe('the end of validity', () => {
  test('has its six dates, counted from the last day', () => {
    expect(endingSteps(dates).map(({ on, offset }) => [offset, on])).toEqual([
      [-30, '2027-01-01'],
      [-15, '2027-01-16'],
      [-7, '2027-01-24'],
      [0, '2027-01-31'],
      [31, '2027-03-03'],
      [37, '2027-03-09'],
    ])
  })

  test('without days of grace has no end of grace', () => {
    const steps = endingSteps({ ...dates, usesUntil: dates.endsOn, uploadsUntil: '2027-02-05' })
    expect(steps.map(({ step }) => step)).not.toContain('grace_ends')
    expect(steps.at(-1)).toEqual({ step: 'settled', on: '2027-02-06', offset: 6 })
  })
})

describe('the money of what was used', () => {
  test('is to be paid, on its way or paid, and adds up', () => {
    expect(splitUsed(figures, terms)).toEqual({
      usedCents: 3_879_000,
      paidCents: 3_065_000,
      inPaymentCents: 396_000,
      toPayCents: 418_000,
      overpaidCents: 0,
    })
  })

  test('adds up whatever was paid', () => {
    const amounts = fc.nat({ max: 5_000_000 })
    fc.assert(
      fc.property(fc.nat({ max: 5000 }), amounts, amounts, (redeemed, paidCents, inPaymentCents) => {
        const split = splitUsed({ ...figures, redeemed, paidCents, inPaymentCents }, terms)
        expect(split.toPayCents + split.inPaymentCents + split.paidCents - split.overpaidCents).toBe(split.usedCents)
        expect(Math.min(split.toPayCents, split.overpaidCents)).toBe(0)
      }),
    )
  })

  test('is told apart from what has not passed on', () => {
    expect(heldOf(figures, terms, 176)).toEqual({
      availableCents: 1_200_000,
      blockedCents: 400_000,
      inStockCents: 1_760_000,
      withPeopleCents: 4_761_000,
    })
  })
})

describe('targets', () => {
  const target = (indicator: string, wanted: number, dueOn: string) => ({
    indicator,
    target: wanted,
    dueOn,
    responsible: 'Coordination',
  })

  test('have a gap where the indicator is counted, and none where it is words', () => {
    const gaps = gapsOf(
      [target('vouchers_used', 4625, '2026-11-21'), target('Satisfaction', 80, '2026-12-31')],
      figures,
    )
    expect(gaps.map(({ actual, gap }) => [actual, gap])).toEqual([
      [3879, -746],
      [null, null],
    ])
  })

  test('are wanted on a straight line between their dates', () => {
    const targets = [
      target('vouchers_used', 300, '2026-03-03'),
      target('vouchers_used', 100, '2026-02-11'),
      target('books_handed_out', 9, '2026-02-02'),
    ]
    expect(
      ['2026-02-01', '2026-02-06', '2026-02-11', '2026-02-21', '2026-03-03', '2026-03-04'].map((day) =>
        wantedOn(targets, '2026-02-01', day),
      ),
    ).toEqual([0, 50, 100, 200, 300, null])
    expect(wantedOn([], '2026-02-01', '2026-03-01')).toBeNull()
  })
})

test.each([
  ['2026-11-22', '2027-01-11', '2026-12-01'],
  ['2026-10-12', '2026-10-12', '2026-09-01'],
  ['2026-10-13', '2027-01-11', '2026-12-01'],
])('on %s the next release of a quarter comes on %s', (today, on, lastMonth) => {
  expect(nextQuarterRelease(today)).toEqual({ on, lastMonth })
})

describe('the whole months of a campaign', () => {
  const months = [
    { month: '2026-01-01', redeemed: 90 },
    { month: '2026-02-01', redeemed: 80 },
    { month: '2026-05-01', redeemed: 7 },
  ]
  const redeemedFrom = (startsOn: string, until: string) =>
    wholeMonths(months, { startsOn, until }).map(({ redeemed }) => redeemed)

  test('begin with its first when it began on the first day, and hold those without a use', () => {
    expect(redeemedFrom('2026-01-01', '2026-04-30')).toEqual([90, 80, 0, 0])
    expect(redeemedFrom('2026-01-15', '2026-04-30')).toEqual([80, 0, 0])
    expect(redeemedFrom('2026-01-01', '2026-05-30')).toEqual([90, 80, 0, 0])
    expect(redeemedFrom('2026-06-15', '2026-05-31')).toEqual([])
  })

  test('tell its pace by the last two', () => {
    const whole = wholeMonths(months, { startsOn: '2026-01-01', until: '2026-03-31' })
    expect(paceOf(whole)).toMatchObject({ last: { redeemed: 0 }, before: { redeemed: 80 } })
    expect(paceOf(whole.slice(0, 1))).toBeNull()
  })
})
