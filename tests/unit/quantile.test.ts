import { quantileOf } from '@carnet/api/shared/quantile.ts'
import { expect, test } from 'vitest'

test('a median lies in the middle, between two values if need be, whatever their order', () => {
  expect(quantileOf([3, 1, 2], 0.5)).toBe(2)
  expect(quantileOf([4, 1, 3, 2], 0.5)).toBe(2.5)
  expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantileOf([50, 10, 40, 20, 30], share))).toEqual([10, 20, 30, 40, 50])
  expect(quantileOf([7], 0.5)).toBe(7)
  expect(quantileOf([], 0.5)).toBeNaN()
})
