import { type Plan, planBounds, simulateParts, wrongFields } from '@carnet/api/campaigns/simulate-parts.ts'
import { expect, test } from 'vitest'

const plan: Plan = { books: 500, bookSize: 10, faceEuros: 10, statePercent: 35, usedPercent: 38 }

test('each pays its part of every voucher, and gets its part of the unused ones back', () => {
  expect(simulateParts(plan)).toEqual({
    vouchers: 5000,
    used: 1900,
    whole: { partCents: 1000, paysCents: 5_000_000, spentCents: 1_900_000, backCents: 3_100_000 },
    state: { partCents: 350, paysCents: 1_750_000, spentCents: 665_000, backCents: 1_085_000 },
    others: { partCents: 650, paysCents: 3_250_000, spentCents: 1_235_000, backCents: 2_015_000 },
  })
})

test('parts add up to the face value at every rate, in whole cents', () => {
  for (let statePercent = 20; statePercent <= 65; statePercent++)
    for (const faceEuros of [1, 7, 10, 255]) {
      const { whole, state, others } = simulateParts({ ...plan, faceEuros, statePercent, usedPercent: 33 })
      for (const key of ['partCents', 'paysCents', 'spentCents', 'backCents'] as const) {
        expect(Number.isInteger(state[key])).toBe(true)
        expect(state[key] + others[key]).toBe(whole[key])
      }
      expect(whole.spentCents + whole.backCents).toBe(whole.paysCents)
    }
})

test.each(Object.entries(planBounds))('%s stays within what a campaign can have', (field, [least, most]) => {
  for (const value of [least, most]) expect(wrongFields({ ...plan, [field]: value })).toEqual([])
  for (const value of [least - 1, most + 1, least + 0.5, Number.NaN])
    expect(wrongFields({ ...plan, [field]: value })).toEqual([field])
})
