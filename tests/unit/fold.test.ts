import { fewestBooksOf, foldOf, mustCountBooks } from '@carnet/api/periods/fold.ts'
import { type KeptRecord, spansOf, withoutSpans } from '@carnet/api/sealing/kept-record.ts'
import { expect, test } from 'vitest'

test.each([
  [10, 10, 'all'],
  [11, 4, 'all'],
  [11, 5, 'theme'],
  [109, 50, 'theme'],
  [110, 5, 'service'],
  [110, 4, 'all'],
] as const)('%i redemptions of %i books are told by %s', (redemptions, books, fold) => {
  expect(foldOf(redemptions, books)).toBe(fold)
})

test('books are looked at only when the redemptions leave it open whether there are five', () => {
  expect(mustCountBooks(10, 10)).toBe(false)
  expect(mustCountBooks(11, 10)).toBe(true)
  expect(mustCountBooks(40, 10)).toBe(true)
  expect(mustCountBooks(41, 10)).toBe(false)
  expect(mustCountBooks(200, 50)).toBe(true)
})

test('without looking, the fold is the one that looking would give', () => {
  for (let bookSize = 1; bookSize <= 50; bookSize++)
    for (let redemptions = 0; redemptions < 300; redemptions++)
      if (!mustCountBooks(redemptions, bookSize))
        for (const books of [fewestBooksOf(redemptions, bookSize), redemptions])
          expect(foldOf(redemptions, books)).toBe(foldOf(redemptions, fewestBooksOf(redemptions, bookSize)))
})

test('a month lies in its quarter and its year', () => {
  expect(spansOf('2026-03-01')).toEqual({ month: '2026-03', quarter: '2026-Q1', year: '2026' })
  expect(spansOf('2026-10-01').quarter).toBe('2026-Q4')
})

test('a record gives up the running totals that a later one holds', () => {
  const cell = { place: '16', subject: '*', redemptions: 12, cellKey: 1 }
  const record: KeptRecord = {
    ...{ month: '2026-01-01', openedOn: '2026-01-01', closedOn: null, frozenOn: null, sealedOn: '2026-03-03' },
    ...{ campaigns: [], lines: [] },
    cells: [
      { ...cell, table: 'R2_epci_month', span: '2026-01' },
      { ...cell, table: 'R5_commune_year', span: '2026' },
    ],
  }
  expect(withoutSpans(record, ['2026-02', '2026-Q1', '2026'])?.cells.map(({ span }) => span)).toEqual(['2026-01'])
  expect(withoutSpans(record, ['2026-Q3'])).toBeUndefined()
})
