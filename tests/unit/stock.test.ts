import { booksIn, joined, readRanges, without, writeRanges } from '@carnet/api/books/cover-ranges.ts'
import { arrivedOf, checkEnoughToActivate, checkSettling, missingOf } from '@carnet/api/books/delivery.ts'
import { lastMonthEnd } from '@carnet/api/shared/days.ts'
import { eveningOf, everyMonth, monthsOver, piecesOn, type StockFacts, stockOn } from '@carnet/api/stock/stock.ts'
import { checkActive, checkTaking, placeOf } from '@carnet/api/stock/stock-check.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const refusal = (code: string) => expect.objectContaining({ code })
const covers = (firstCover: number, lastCover = firstCover) => ({ firstCover, lastCover })
const ranges = fc.array(
  fc
    .record({ firstCover: fc.integer({ min: 1, max: 60 }), size: fc.integer({ min: 0, max: 9 }) })
    .map(({ firstCover, size }) => covers(firstCover, firstCover + size)),
  { maxLength: 8 },
)
const setOf = (list: readonly { firstCover: number; lastCover: number }[]) =>
  new Set(
    list.flatMap(({ firstCover, lastCover }) =>
      Array.from({ length: lastCover - firstCover + 1 }, (_, at) => firstCover + at),
    ),
  )

describe('ranges of covers', () => {
  test('are sets: joining and taking away is what it is for their covers one by one', () => {
    fc.assert(
      fc.property(ranges, ranges, (some, taken) => {
        expect(setOf(joined(some))).toEqual(new Set([...setOf(some)].sort((a, b) => a - b)))
        expect(booksIn(joined(some))).toBe(setOf(some).size)
        const left = joined(some).flatMap((range) => without(range, taken))
        expect(setOf(left)).toEqual(new Set([...setOf(joined(some))].filter((cover) => !setOf(taken).has(cover))))
        expect(readRanges(writeRanges(joined(some)))).toEqual(joined(some))
      }),
      { numRuns: 200 },
    )
  })

  test('are read as people write them', () => {
    expect(readRanges(' 23 - 50 ; 1–19,7 60')).toEqual([covers(1, 19), covers(23, 50), covers(60)])
    expect(readRanges('')).toEqual([])
    for (const text of ['a', '1-', '0-3', '1-2-3', '99999999', '1.5'])
      expect(() => readRanges(text)).toThrow(refusal('covers_unreadable'))
    expect(() => readRanges('9-3')).toThrow(refusal('covers_the_wrong_way_round'))
    expect(() => joined([covers(1, 100), covers(10, 5)])).toThrow(refusal('covers_the_wrong_way_round'))
    expect(() => readRanges(Array.from({ length: 201 }, (_, at) => at * 2 + 1).join())).toThrow(
      refusal('covers_unreadable'),
    )
  })
})

describe('a delivery', () => {
  const box = covers(11, 60)
  test('in part names what is missing', () => {
    expect(missingOf(box, {})).toEqual([])
    expect(missingOf(box, { arrivedBooks: 50 })).toEqual([])
    expect(missingOf(box, { arrivedBooks: 47, arrived: [covers(11, 19), covers(23, 60)] })).toEqual([covers(20, 22)])
    expect(() => missingOf(box, { arrivedBooks: 47 })).toThrow(refusal('covers_needed'))
    expect(() => missingOf(box, { arrived: [covers(10, 60)] })).toThrow(refusal('covers_not_in_box'))
    expect(() => missingOf(box, { arrived: [covers(11, 12)], arrivedBooks: 3 })).toThrow(refusal('count_differs'))
    expect(() => missingOf(box, { arrived: [] })).toThrow(refusal('nothing_arrived'))
  })

  test('never activates fewer than ten books, and settles once', () => {
    expect(() => checkEnoughToActivate(9)).toThrow(refusal('too_few_books_to_activate'))
    checkEnoughToActivate(10)
    expect(() => checkSettling({ state: 'lost' })).toThrow(refusal('gap_is_lost'))
    const gap = { ...covers(20, 22), activatedOn: null }
    expect(booksIn(arrivedOf(box, [{ ...gap, state: 'missing' }]))).toBe(47)
    expect(booksIn(arrivedOf(box, [{ ...gap, state: 'arrived' }]))).toBe(50)
  })
})

const dates = { dispatchedOn: '2026-01-02', deliveredOn: '2026-01-05', activatedOn: '2026-01-06', revokedOn: null }
const facts: StockFacts = {
  boxes: [
    { ...covers(1, 50), prescriberId: 'A', generatedOn: '2026-01-01', ...dates },
    {
      ...covers(51, 80),
      prescriberId: null,
      generatedOn: '2026-01-01',
      dispatchedOn: null,
      deliveredOn: null,
      activatedOn: null,
      revokedOn: null,
    },
  ],
  gaps: [{ ...covers(46, 50), state: 'arrived', reportedOn: '2026-01-05', settledOn: '2026-02-01', activatedOn: null }],
  moves: [
    { ...covers(41, 45), from: null, to: 'B', declaredOn: '2026-03-01', receivedOn: '2026-03-01', cancelledOn: null },
    { ...covers(41, 45), from: 'A', to: null, declaredOn: '2026-03-01', receivedOn: '2026-03-01', cancelledOn: null },
    { ...covers(31, 32), from: 'A', to: null, declaredOn: '2026-02-01', receivedOn: null, cancelledOn: '2026-02-02' },
  ],
  stops: [{ ...covers(1, 2), reason: 'damaged', orderedOn: '2026-03-02', liftedOn: '2026-03-20' }],
  handouts: [
    { prescriberId: 'A', month: '2026-02-01', books: 10, replacements: 1 },
    { prescriberId: 'A', month: '2026-03-01', books: 3, replacements: 0 },
  ],
}

describe('a stock', () => {
  const lineOf = (depository: string | null, day: string, counts = everyMonth as (month: string) => boolean) =>
    stockOn(facts, day, counts).find((line) => line.depository === depository)

  test('follows books from the printer to the shelf and back', () => {
    expect(lineOf(null, '2026-01-01')).toMatchObject({ left: 80, active: 0 })
    expect(lineOf('A', '2026-01-03')).toMatchObject({ onTheWay: 50, left: 0 })
    expect(lineOf('A', '2026-01-10')).toMatchObject({ received: 45, missing: 5, left: 45, active: 45 })
    expect(lineOf('A', '2026-02-01')).toMatchObject({ received: 50, returned: 2, left: 37 })
    expect(lineOf('A', '2026-02-28')).toMatchObject({ received: 50, handedOut: 10, replaced: 1, left: 39, active: 34 })
    expect(lineOf('A', '2026-03-10')).toMatchObject({ received: 50, returned: 5, damaged: 2, left: 29 })
    expect(lineOf('A', '2026-03-20')).toMatchObject({ damaged: 0, left: 31 })
    expect(lineOf('B', '2026-03-10')).toMatchObject({ received: 5, left: 5, active: 5 })
    expect(lineOf(null, '2026-03-10')).toMatchObject({ left: 30, active: 0, received: 35, returned: 5 })
  })

  test('of a day leaves out hand-outs of a month that was not over', () => {
    expect(lineOf('A', '2026-03-20', monthsOver('2026-03-20'))).toMatchObject({ handedOut: 10, left: 34 })
    expect(lineOf('A', '2026-03-31', monthsOver('2026-03-31'))).toMatchObject({ handedOut: 13, left: 31 })
    // Asked for during the last day of a month, that month is not over.
    const under = monthsOver(eveningOf('2026-03-31', '2026-03-31'))
    expect(lineOf('A', '2026-03-31', under)).toMatchObject({ handedOut: 10, left: 34 })
    expect(eveningOf('2026-03-31', '2026-04-01')).toBe('2026-03-31')
    expect(lastMonthEnd('2026-03-20')).toBe('2026-02-28')
    expect(lastMonthEnd('2026-03-31')).toBe('2026-03-31')
  })

  test('loses no book and makes none, whatever the day', () => {
    for (const day of ['2026-01-01', '2026-01-10', '2026-02-01', '2026-02-20', '2026-03-01', '2026-04-01'])
      expect(setOf(piecesOn(facts, day)).size).toBe(booksIn(piecesOn(facts, day)))
    expect(booksIn(piecesOn(facts, '2026-03-10'))).toBe(80)
    const [box] = facts.boxes
    expect(piecesOn({ ...facts, boxes: [{ ...box!, revokedOn: '2026-01-08' }] }, '2026-01-08')).toEqual([])
  })

  test('gives only what lies there, and no more than hand-outs left', () => {
    const pieces = piecesOn(facts, '2026-03-10')
    const from = { pieces, depository: 'A', left: 29, stops: [] }
    checkTaking(covers(3, 31), from)
    expect(() => checkTaking(covers(4, 3), from)).toThrow(refusal('covers_the_wrong_way_round'))
    expect(() => checkTaking(covers(1, 3), from)).toThrow(refusal('covers_not_in_stock'))
    expect(() => checkTaking(covers(40, 41), from)).toThrow(refusal('covers_not_in_stock'))
    expect(() => checkTaking(covers(3, 32), from)).toThrow(refusal('more_than_left'))
    expect(() => checkTaking(covers(3, 5), { ...from, stops: [covers(5, 9)] })).toThrow(refusal('covers_stopped'))
    expect(() => checkActive(covers(44, 46), pieces)).toThrow(refusal('covers_not_active'))
    expect(placeOf(covers(41, 45), pieces)).toBe('B')
    expect(placeOf(covers(40, 41), pieces)).toBeUndefined()
  })
})
