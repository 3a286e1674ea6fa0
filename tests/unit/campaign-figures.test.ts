import { figuresDay, inGraceCents, usageOf } from '@carnet/api/statistics/campaign-figures.ts'
import { describe, expect, test } from 'vitest'

const figures = {
  ordered: 1000,
  fundedCents: 1_000_000,
  issued: 1000,
  active: 980,
  circulating: 600,
  booksHandedOut: 40,
  redeemed: 130,
  availableCents: 0,
  payableCents: 0,
  inPaymentCents: 0,
  paidCents: 130_000,
  returnedCents: 0,
  inGraceCents: 0,
  expiredCents: 0,
  creditedCents: 0,
}

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
  test('is of the vouchers handed out, and of those issued', () => {
    expect(usageOf(figures, 10, 'Maraudes')).toMatchObject({
      numerator: 130,
      denominator: 400,
      rate: 0.325,
      ofIssued: { numerator: 130, denominator: 1000, rate: 0.13 },
      contextNote: 'Maraudes',
      whyNoRate: null,
    })
  })

  test('is never given without a context note, and the answer says why', () => {
    const usage = usageOf(figures, 10, null)
    expect(usage).toMatchObject({ numerator: 130, denominator: 400, rate: null, whyNoRate: 'context_note_missing' })
    expect(usage.ofIssued.rate).toBeNull()
  })

  test('is not there before a book is handed out', () => {
    const usage = usageOf({ ...figures, booksHandedOut: 0 }, 10, 'Début')
    expect(usage).toMatchObject({ rate: null, whyNoRate: 'nothing_handed_out' })
  })

  test('says when hand-outs may be missing', () => {
    expect(usageOf(figures, 10, 'x').isHandoutIncomplete).toBe(true)
    expect(usageOf({ ...figures, booksHandedOut: 60 }, 10, 'x').isHandoutIncomplete).toBe(false)
  })
})
