import { translate } from '@carnet/api/shared/messages.ts'
import { isSpread, roundCount, tellCell, thresholdOf } from '@carnet/api/statistics/disclosure.ts'
import { rangeOf } from '@carnet/api/statistics/read-releases.ts'
import {
  factsOf,
  fingerprintOf,
  firstMonthOf,
  type ReleaseCell,
  spansToldBy,
  tables,
} from '@carnet/api/statistics/release.ts'
import { tableSchema } from '@carnet/api/statistics/release-file.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const draws = 2 ** 32
const anyDraw = fc.integer({ min: 0, max: draws - 1 })

describe('a count', () => {
  test('below the threshold is never told, nor is zero', () => {
    for (let count = 0; count < 11; count++)
      expect(tellCell({ count, draw: 0, threshold: 11 })).toEqual({ status: 'secret', value: null })
    expect(tellCell({ count: 20, draw: 0, threshold: 21 }).value).toBeNull()
  })

  test('of a whole book is below the threshold', () => {
    expect([0, 5, 10, 11, 20, 50].map(thresholdOf)).toEqual([11, 11, 11, 12, 21, 51])
  })

  test('above it is a multiple of five beside it, and the range that is told of it holds it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 100_000 }), anyDraw, (count, draw) => {
        const { status, value } = tellCell({ count, draw, threshold: 11 })
        expect(status).toBe('rounded')
        expect(value! % 5).toBe(0)
        expect(Math.abs(value! - count)).toBeLessThan(5)
        const [least, most] = rangeOf(value!, 11)
        expect([least <= count, count <= most, most - least >= 3]).toEqual([true, true, true])
      }),
    )
  })

  test('is on average what it was', () => {
    for (const count of [11, 13, 16, 19, 20]) {
      const all = Array.from({ length: 1000 }, (_, at) => roundCount(count, Math.floor(((at + 0.5) / 1000) * draws)))
      expect(all.reduce((sum, value) => sum + value, 0) / 1000).toBeCloseTo(count, 5)
    }
  })

  test('of a territory needs three venues, none above 85 %', () => {
    expect(isSpread([50, 50])).toBe(false)
    expect(isSpread([50, 50, 0])).toBe(false)
    expect(isSpread([85, 10, 5])).toBe(true)
    expect(isSpread([86, 9, 5])).toBe(false)
    const told = (usesByVenue: number[] | null) => tellCell({ count: 100, draw: 0, threshold: 11, usesByVenue }).value
    expect([told([40, 30, 30]), told([50, 50]), told(null)]).toEqual([100, null, null])
  })
})

describe('a release', () => {
  test('holds a table once its whole span is over, so that no total grows from one to the next', () => {
    const of = (month: string) =>
      Object.entries(spansToldBy(month)).map(([table, span]) => `${table.slice(0, 2)} ${span}`)
    expect(of('2026-02-01')).toEqual(['R1 2026-02', 'R2 2026-02'])
    expect(of('2026-06-01')).toEqual(['R1 2026-06', 'R2 2026-06', 'R3 2026-Q2', 'R4 2026-Q2'])
    expect(of('2026-12-01')).toEqual(['R1 2026-12', 'R2 2026-12', 'R3 2026-Q4', 'R4 2026-Q4', 'R5 2026'])
    const year = Array.from({ length: 12 }, (_, at) => of(`2026-${String(at + 1).padStart(2, '0')}-01`)).flat()
    expect(new Set(year).size).toBe(year.length)
    expect(['2026-05', '2026-Q2', '2026'].map(firstMonthOf)).toEqual(['2026-05-01', '2026-04-01', '2026-01-01'])
  })

  test('has a fingerprint of every cell, whatever their order', () => {
    const cell: ReleaseCell = {
      ...{ table: 'R2_epci_month', place: '200071827', subject: '*', span: '2026-03' },
      ...{ status: 'rounded', value: 15 },
    }
    const other: ReleaseCell = { ...cell, place: '200072023', status: 'secret', value: null }
    expect(fingerprintOf([cell, other])).toEqual(fingerprintOf([other, cell]))
    expect(fingerprintOf([cell, { ...other, status: 'rounded', value: 10 }])).not.toEqual(fingerprintOf([cell, other]))
  })

  test('has five tables, each with a schema', () => {
    expect(tables.map(({ name }) => factsOf(name).slug)).toEqual([
      'departements',
      'epci',
      'lieux',
      'campagnes',
      'communes',
    ])
    for (const table of tables) expect(tableSchema(table, translate('fr')).fields).toHaveLength(9)
  })
})
