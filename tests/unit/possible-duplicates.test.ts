import { createDuplicateIndex } from '@carnet/api/venues/duplicate-index.ts'
import { expect, test } from 'vitest'
import { duplicatePairs, measureDuplicates } from '../helpers/duplicate-pairs.ts'
import { heldOutPairs } from '../helpers/held-out-pairs.ts'

test('the rule is right on 200 pairs, half of them made to deceive', () => {
  const { pairs, precision, recall, wrong } = measureDuplicates()
  expect(pairs).toBe(200)
  expect(precision, JSON.stringify(wrong, null, 1)).toBeGreaterThanOrEqual(0.95)
  expect(recall).toBeGreaterThanOrEqual(0.95)
})

test('of pairs that it was never shown, nine in ten are right', () => {
  const { pairs, precision, recall, wrong } = measureDuplicates(heldOutPairs)
  expect(pairs).toBe(100)
  expect(precision, JSON.stringify(wrong, null, 1)).toBeGreaterThanOrEqual(0.9)
  expect(recall).toBeGreaterThanOrEqual(0.9)
})

test('the index finds what the rule would find among all, likeliest first', () => {
  const index = createDuplicateIndex<string>(() => 'Romans-sur-Isère')
  const pairs = duplicatePairs.filter(({ a, isOne }) => isOne && a.communeCode === '26281')
  for (const { a } of pairs) index.add(a.name, a)
  const found = pairs.filter(({ a, b }) => index.find(b).some(({ key }) => key === a.name))
  expect(found.length).toBeGreaterThanOrEqual(pairs.length - 2)
  expect(index.find({ ...pairs[0]!.a, communeCode: '01001' })).toEqual([])
})

test('a file of a thousand times one place costs no more than a thousand places', () => {
  const index = createDuplicateIndex<number>(() => '')
  const { a } = duplicatePairs[0]!
  for (let at = 0; at < 5000; at += 1) index.add(at, a)
  const start = performance.now()
  for (let at = 0; at < 200; at += 1) expect(index.find(a)).toHaveLength(3)
  expect(performance.now() - start).toBeLessThan(5000)
})
