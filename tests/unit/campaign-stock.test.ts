import { asleepIn } from '@carnet/api/statistics/campaign-stock.ts'
import { expect, test } from 'vitest'

test('books sleep where some lay for three months that are over, and none was handed out', () => {
  const line = { received: 9, handedOut: 0, gone: 0, left: 9, active: 9, activeOnTheWay: 0, hadActiveEarlier: true }
  const stock = [
    { ...line, depository: 'a', prescriber: 'A', lastMonth: '2026-06-01' },
    { ...line, depository: 'b', prescriber: 'B', lastMonth: '2026-07-01' },
    { ...line, depository: 'c', prescriber: 'C', lastMonth: null },
    { ...line, depository: 'd', prescriber: 'D', lastMonth: null, active: 0 },
    { ...line, depository: 'e', prescriber: 'E', lastMonth: null, hadActiveEarlier: false },
    { ...line, depository: null, prescriber: null, lastMonth: null },
  ]
  expect(asleepIn(stock, '2026-09-30').map(({ prescriber }) => prescriber)).toEqual(['A', 'C'])
})
