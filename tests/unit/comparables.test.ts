import { nearestInLife, rangeOfRates } from '@carnet/api/statistics/comparables.ts'
import { expect, test } from 'vitest'

test('the range of comparable campaigns is their middle half and median, whatever their order', () => {
  expect(rangeOfRates([0.5, 0.1, 0.4, 0.2, 0.3])).toEqual({ low: 0.2, median: 0.3, high: 0.4 })
  expect(rangeOfRates([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])).toEqual({ low: 0.225, median: 0.35, high: 0.475 })
})

test('fewer than five campaigns have no range: it would be the rates of single ones', () => {
  expect(rangeOfRates([0.1, 0.2, 0.3, 0.4])).toBeNull()
  expect(rangeOfRates([])).toBeNull()
})

test('a campaign stands beside those that have lived as long, each at the end of that month of its life, the nearest first', () => {
  const others = ['2025-01-10', '2026-01-01', '2026-03-01', '2026-05-01'].map((startsOn) => ({
    id: startsOn,
    startsOn,
  }))
  const campaign = { id: '2026-01-01', startsOn: '2026-01-01' }
  const near = nearestInLife(campaign, others, { until: '2026-06-30', lastEnd: '2026-09-30' })
  expect(near.map(({ other, until }) => [other.id, until])).toEqual([
    ['2026-03-01', '2026-08-31'],
    ['2025-01-10', '2025-06-30'],
  ])
  const many = Array.from({ length: 30 }, (_, at) => ({ id: `${at}`, startsOn: '2026-02-01' }))
  expect(nearestInLife(campaign, many, { until: '2026-06-30', lastEnd: '2026-09-30' })).toHaveLength(20)
})
