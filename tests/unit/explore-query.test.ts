import { findDataset } from '@carnet/api/statistics/dataset.ts'
import { type ExploreParams, readExploreQuery } from '@carnet/api/statistics/explore-query.ts'
import { expect, test } from 'vitest'

const dataset = findDataset('voucher_uses_epci')!
const read = (params: ExploreParams) => readExploreQuery(dataset, params)

test('without a question, the first ten rows with every field', () => {
  expect(read({})).toMatchObject({ conditions: [], order: [], limit: 10, offset: 0 })
  expect(read({}).fields).toContain('place_name')
  expect(read({ select: 'span, value' }).fields).toEqual(['span', 'value'])
})

test('conditions are comparisons, joined by and', () => {
  const where = `span >= '2026-01' and place in ("200071827", '200072023') and value is not null and place_name like "grand"`
  expect(read({ where, refine: ['status:"rounded"'] }).conditions).toEqual([
    { field: 'span', operator: '>=', value: '2026-01' },
    { field: 'place', operator: 'in', values: ['200071827', '200072023'] },
    { field: 'value', operator: 'null', isNot: true },
    { field: 'place_name', operator: 'like', value: 'grand' },
    { field: 'status', operator: '=', value: 'rounded' },
  ])
  expect(read({ where: `value>20 and published_on = date'2026-11-10'` }).conditions).toEqual([
    { field: 'value', operator: '>', value: 20 },
    { field: 'published_on', operator: '=', value: '2026-11-10' },
  ])
  expect(read({ order_by: 'value DESC, place' }).order).toEqual([
    { field: 'value', isDescending: true },
    { field: 'place', isDescending: false },
  ])
})

test('a place on earth is compared as a number, and a day as a text', () => {
  const venues = findDataset('venues')!
  const where = `latitude >= -21.1 and latitude < 45 and date_maj >= date'2026-01-01'`
  expect(readExploreQuery(venues, { where }).conditions).toEqual([
    { field: 'latitude', operator: '>=', value: -21.1 },
    { field: 'latitude', operator: '<', value: 45 },
    { field: 'date_maj', operator: '>=', value: '2026-01-01' },
  ])
  for (const wrong of [
    `latitude > 'north'`,
    `latitude = '1e9'`,
    `longitude like '4'`,
    `value > 3`,
    `standard_row = '{}'`,
  ])
    expect(() => readExploreQuery(venues, { where: wrong })).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    )
})

test('a field that is asked for a thousand times is one column', () => {
  expect(read({ select: Array(2000).fill('span').join(',') }).fields).toEqual(['span'])
  expect(read({ order_by: Array(2000).fill('span desc,span').join(',') }).order).toEqual([
    { field: 'span', isDescending: true },
  ])
})

test.each<ExploreParams>([
  { select: 'count(*)' },
  { select: 'organisation_id' },
  { where: 'sum(value) > 3' },
  { where: `span = '2026' or span = '2025'` },
  { where: `span = '2026' and` },
  { where: `span = ` },
  { where: `span in '2026'` },
  { where: `span ~ '2026'` },
  { where: `span = '2026'; drop table releases` },
  { where: `value = '20 or 1=1'` },
  { where: `value like '2'` },
  { where: `value is big` },
  { where: Array.from({ length: 21 }, () => 'value > 1').join(' and ') },
  { refine: ['organisation:1'] },
  { order_by: 'value; select' },
  { order_by: 'random()' },
  { limit: '101' },
  { limit: '-1' },
  { offset: '9999', limit: '10' },
  { offset: 'x' },
])('%o is refused', (params) => {
  expect(() => read(params)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
})
