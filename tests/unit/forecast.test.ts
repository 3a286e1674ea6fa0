import { forecastOf } from '@carnet/api/statistics/forecast.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const months = [90, 10, 30, 20, 50, 40, 60].map((redeemed, at) => ({ month: `2026-0${at + 1}-01`, redeemed }))
const facts = { months, on: '2026-08-10', until: '2026-10-10', redeemed: 300, active: 1000 }

test('a forecast follows the last six whole months, from the slowest to the fastest', () => {
  const forecast = forecastOf(facts)!
  expect(forecast.months).toBe(6)
  expect(forecast.points.map(({ on }) => on)).toEqual(['2026-08-10', '2026-08-31', '2026-09-30', '2026-10-10'])
  expect(forecast.points[0]).toMatchObject({ median: 300, inner: [300, 300], outer: [300, 300] })
  expect(forecast.used).toEqual({ on: '2026-10-10', median: 370, inner: [345, 395], outer: [320, 420] })
  expect(forecast.unused).toEqual({ median: 630, least: 580, most: 680 })
  expect(forecast.usedUpIn).toBe('2028-04-01')
})

test('there is none before three whole months, nor when no use counts any more', () => {
  expect(forecastOf({ ...facts, months: months.slice(0, 2) })).toBeNull()
  expect(forecastOf({ ...facts, on: '2026-10-10' })).toBeNull()
})

test('no more than the active vouchers are ever used, and the range holds the middle', () => {
  const count = fc.nat({ max: 500 })
  fc.assert(
    fc.property(fc.array(count, { minLength: 3, maxLength: 12 }), count, count, (paces, redeemed, active) => {
      const given = paces.map((pace, at) => ({ month: `${2020 + at}-01-01`, redeemed: pace }))
      const { points, unused } = forecastOf({ ...facts, months: given, redeemed, active })!
      for (const { median, inner, outer } of points) {
        const line = [redeemed, outer[0], inner[0], median, inner[1], outer[1], Math.max(active, redeemed)]
        expect(line.toSorted((a, b) => a - b)).toEqual(line)
      }
      expect(unused.least).toBeLessThanOrEqual(unused.most)
    }),
  )
})
