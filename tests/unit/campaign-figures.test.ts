import { figuresDay, inGraceCents, usageOf } from '@carnet/api/statistics/campaign-figures.ts'
import { describe, expect, test } from 'vitest'

test('what is not used is in grace from the day after the last one to the last that counts', () => {
  const terms = { faceValueCents: 1000, endsOn: '2026-01-31', graceDays: 31 }
  const on = (day: string) => inGraceCents({ issued: 100, redeemed: 40 }, terms, day)
  expect([on('2026-01-31'), on('2026-02-01'), on('2026-03-03'), on('2026-03-04')]).toEqual([0, 60_000, 60_000, 0])
})

describe('the day of figures', () => {
  test.each([
    ['yesterday', { books: 100 }, '2026-03-10'],
    ['an earlier day that is asked for', { books: 100, asked: '2026-02-12' }, '2026-02-12'],
    ['yesterday, when today or later is asked for', { books: 100, asked: '2026-03-11' }, '2026-03-10'],
    ['the last Sunday of a small campaign', { books: 99 }, '2026-03-08'],
    ['the Sunday before what is asked for', { books: 99, asked: '2026-03-07' }, '2026-03-01'],
  ])('is %s', (_, asking, on) => {
    expect(figuresDay({ today: '2026-03-11', ...asking })).toBe(on)
  })
})

describe('a usage rate', () => {
  const facts = {
    until: '2026-02-28',
    months: [
      { month: '2026-01-01', redeemed: 30, books: 40 },
      { month: '2026-02-01', redeemed: 100, books: 0 },
      { month: '2026-03-01', redeemed: 25, books: 0 },
    ],
    atEnd: { ordered: 1000, issued: 1000, circulating: 600 },
    bookSize: 10,
    contextNote: 'Maraudes',
  }

  test('is of the vouchers handed out, and of those issued, when the last month ended', () => {
    expect(usageOf(facts)).toEqual({
      until: '2026-02-28',
      ...{ numerator: 130, denominator: 400, rate: 0.325 },
      ofIssued: { numerator: 130, denominator: 1000, rate: 0.13 },
      circulation: { numerator: 600, denominator: 1000, rate: 0.6 },
      handedOut: { numerator: 400, denominator: 600, rate: 0.667 },
      contextNote: 'Maraudes',
      whyNoRate: null,
      isHandoutIncomplete: true,
      usedSince: 25,
    })
  })

  test('does not move with the uses of a month under way', () => {
    const quiet = usageOf({ ...facts, months: facts.months.slice(0, 2) })
    expect({ ...quiet, usedSince: 25 }).toEqual(usageOf(facts))
  })

  test('is never given without a context note, and the answer says why', () => {
    const usage = usageOf({ ...facts, contextNote: null })
    expect(usage).toMatchObject({ numerator: 130, denominator: 400, rate: null, whyNoRate: 'context_note_missing' })
    expect([usage.ofIssued, usage.circulation, usage.handedOut].map(({ rate }) => rate)).toEqual([null, null, null])
  })

  test('is not there before a book is handed out', () => {
    expect(usageOf({ ...facts, months: [] })).toMatchObject({ rate: null, whyNoRate: 'nothing_handed_out' })
  })

  test('says when hand-outs may be missing', () => {
    expect(usageOf({ ...facts, atEnd: { ...facts.atEnd, circulating: 400 } }).isHandoutIncomplete).toBe(false)
  })
})
