import { mergeReplaced } from '@carnet/api/statistics/merge-replaced.ts'
import type { ShownRow } from '@carnet/api/statistics/read-releases.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const row = (place: string, subject: string, value: number | null): ShownRow => ({
  ...{ place, placeName: place, subject, subjectName: subject, span: '2026-03', value },
  ...{ status: value === null ? 'secret' : 'rounded', shown: value === null ? 'secret' : String(value) },
})
const replacements = new Map([
  ['C11', 'C12'],
  ['C10', 'C12'],
])
const titles = new Map([['C12', 'Réseaux sociaux']])
const merge = (...rows: ShownRow[]) =>
  mergeReplaced(rows, replacements, titles).map(({ place, subject, value, from, isPartial }) => [
    ...[place, subject, value, from.join(' '), isPartial],
  ])

test('a replaced service counts for what replaces it, place by place', () => {
  expect(merge(row('16', 'C11', 15), row('16', 'C12', 20), row('17', 'C11', 10), row('16', 'D02', 40))).toEqual([
    ['16', 'C12', 35, 'C11 C12', false],
    ['17', 'C12', 10, 'C11', false],
    ['16', 'D02', 40, 'D02', false],
  ])
})

test('what is secret stays secret, and a sum without it says so', () => {
  expect(merge(row('16', 'C11', null), row('16', 'C12', 20))).toEqual([['16', 'C12', 20, 'C11 C12', true]])
  expect(merge(row('16', 'C11', null), row('16', 'C10', null))).toEqual([['16', 'C12', null, 'C10 C11', false]])
})

test('the sums are a function of what was published: nothing else goes in, nothing is lost', () => {
  const cells = fc.array(
    fc.record({
      place: fc.constantFrom('16', '17'),
      subject: fc.constantFrom('C10', 'C11', 'C12', 'D02', '*'),
      value: fc.option(fc.nat(20).map((number) => number * 5)),
    }),
  )
  fc.assert(
    fc.property(cells, (drawn) => {
      const rows = drawn.map(({ place, subject, value }) => row(place, subject, value))
      const sum = (all: readonly { value: number | null }[]) =>
        all.reduce((total, { value }) => total + (value ?? 0), 0)
      const merged = mergeReplaced(rows, replacements, titles)
      expect(sum(merged)).toBe(sum(rows))
      for (const { value, from, place } of merged) {
        const told = rows.filter((one) => one.place === place && from.includes(one.subject) && one.value !== null)
        expect(value).toBe(told.length === 0 ? null : sum(told))
      }
    }),
  )
})
