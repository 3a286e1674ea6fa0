import { readdirSync, readFileSync } from 'node:fs'
import { checkRefund, expiringVouchers, nettingCents, sourceOfReversal } from '@carnet/api/ledger/decisions.ts'
import { boxActivated, reversedAfterFreezing } from '@carnet/api/ledger/events.ts'
import { transferId } from '@carnet/api/ledger/transfer.ts'
import { cents } from '@carnet/api/shared/money.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const pool = { payingAccountId: 'account', campaignId: 'campaign' }
const parts = [333, 333, 334].map((part, at) => ({ funderId: `funder ${at}`, partCents: cents(part) }))

test('a document makes the same ids for ever, and no other document makes them', () => {
  expect(transferId('box:1', 'box_activated', 'a', 'b')).toBe('1e6f2196-66f2-8d78-a7af-05284e8e1231')
  const ids = [
    transferId('box:1', 'box_activated', 'a', 'b'),
    transferId('box:1', 'box_activated', 'ab', ''),
    transferId('box:1', 'box_revoked', 'a', 'b'),
    transferId('box:2', 'box_activated', 'a', 'b'),
  ]
  expect(new Set(ids).size).toBe(4)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('any number of vouchers moves exactly its face value, each funder its own part', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (voucherCount) => {
      const moved = boxActivated({ ...pool, documentRef: 'box:1', parts, voucherCount })
      expect(moved.map(({ amountCents }) => amountCents)).toEqual([333, 333, 334].map((part) => part * voucherCount))
    }),
  )
})

test('an event on no voucher moves nothing', () => {
  expect(boxActivated({ ...pool, documentRef: 'box:1', parts, voucherCount: 0 })).toEqual([])
})

test('a reversal after the end of a campaign gives the value to expired', () => {
  const event = { ...pool, documentRef: 'adjustment:1', organisationId: 'o', periodId: 1, parts, voucherCount: 1 }
  const kinds = reversedAfterFreezing({ ...event, from: 'owes', to: 'expired' }).map(({ debit, credit }) => [
    debit.kind,
    credit.kind,
  ])
  expect(kinds).toEqual([
    ['owes', 'expired'],
    ['owes', 'expired'],
    ['owes', 'expired'],
  ])
})

test('a reversal takes what is payable, else is owed as far as the reserve goes, else is refused', () => {
  const balances = (payable: number, owed: number, reserve: number) => ({
    payableCents: cents(payable),
    owedByAllCents: cents(owed),
    reserveCents: cents(reserve),
  })
  expect(sourceOfReversal(balances(1000, 0, 0), cents(1000))).toBe('payable')
  expect(sourceOfReversal(balances(999, 4000, 5000), cents(1000))).toBe('owes')
  expect(() => sourceOfReversal(balances(999, 4001, 5000), cents(1000))).toThrow('reserve does not cover')
})

test('netting takes what is owed, and never more than was earned', () => {
  expect(nettingCents({ payableCents: cents(500), owesCents: cents(2000) })).toBe(500)
  expect(nettingCents({ payableCents: cents(5000), owesCents: cents(2000) })).toBe(2000)
})

test('a refund leaves what is owed and what may still be earned in the bank', () => {
  const money = { bankCents: cents(100), issuedCents: cents(30), payableCents: cents(20), inPaymentCents: cents(10) }
  expect(() => checkRefund(money, cents(40))).not.toThrow()
  expect(() => checkRefund(money, cents(41))).toThrow('no longer cover')
})

test('what expires is a whole number of vouchers, the same for each funder', () => {
  const issued = parts.map(({ partCents }) => ({ partCents, issuedCents: cents(partCents * 7) }))
  expect(expiringVouchers(issued, 3)).toBe(4)
  expect(() => expiringVouchers(issued, 8)).toThrow(RangeError)
  expect(() => expiringVouchers([{ ...issued[0]!, issuedCents: cents(334) }, ...issued], 0)).toThrow(RangeError)
})

test('no code splits or rounds an amount', () => {
  const splits = /function (split|allocate|prorate|apportion|share)\w*|Math\.(round|floor|ceil|trunc)\([^)]*[cC]ents/
  for (const folder of ['shared', 'ledger', 'campaigns', 'books', 'payouts'])
    for (const file of readdirSync(`api/src/${folder}`).filter((name) => name.endsWith('.ts')))
      expect(readFileSync(`api/src/${folder}/${file}`, 'utf8').match(splits)).toBeNull()
})
