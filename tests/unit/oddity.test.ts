import { odditiesOf } from '@carnet/api/payouts/oddity.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { expect, test } from 'vitest'

const usual = { amountCents: cents(1000), earlierCents: [900, 1000, 1100, 1000], accountDays: 400, sharedBy: 0 }
const kinds = (change: Partial<typeof usual>) => odditiesOf({ ...usual, ...change }).map(({ kind }) => kind)

test('a payout as always is nothing to look at', () => {
  expect(kinds({})).toEqual([])
  expect(kinds({ accountDays: 30 })).toEqual([])
})

test('a first payment, a young account, a shared IBAN and an unusual amount are', () => {
  expect(kinds({ earlierCents: [], accountDays: 2 })).toEqual(['first_payment'])
  expect(kinds({ accountDays: 29, sharedBy: 1 })).toEqual(['account_new', 'account_shared'])
  expect(odditiesOf({ ...usual, amountCents: cents(1151) })).toEqual([{ kind: 'amount_high', medianCents: 1000 }])
})

test('three times the median distance is still usual, and two payments are no habit', () => {
  expect(kinds({ amountCents: cents(1150) })).toEqual([])
  expect(kinds({ amountCents: cents(1150), earlierCents: [1000, 1000] })).toEqual([])
})
