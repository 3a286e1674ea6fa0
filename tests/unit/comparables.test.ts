import { rangeOfRates } from '@carnet/api/statistics/comparables.ts'
import { expect, test } from 'vitest'

test('the range of comparable campaigns is their middle half and median, whatever their order', () => {
  expect(rangeOfRates([0.5, 0.1, 0.4, 0.2, 0.3])).toEqual({ low: 0.2, median: 0.3, high: 0.4 })
  expect(rangeOfRates([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])).toEqual({ low: 0.225, median: 0.35, high: 0.475 })
})

test('fewer than five campaigns have no range: it would be the rates of single ones', () => {
  expect(rangeOfRates([0.1, 0.2, 0.3, 0.4])).toBeNull()
  expect(rangeOfRates([])).toBeNull()
})
