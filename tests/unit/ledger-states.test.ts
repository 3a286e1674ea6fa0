import {
  type BatchEvent,
  type BatchState,
  batchStateAfter,
  batchTransitions,
  sha256OfBatch,
} from '@carnet/api/payouts/payment-batch.ts'
import {
  endToEndIdOf,
  type PayoutEvent,
  type PayoutState,
  payoutStateAfter,
  payoutTransitions,
} from '@carnet/api/payouts/payout.ts'
import { statementId, statementKeyOf } from '@carnet/api/payouts/statement.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { expect, test } from 'vitest'

const batchEvents: BatchEvent[] = ['freeze', 'change', 'approve', 'export', 'send']
const payoutEvents: PayoutEvent[] = ['accept', 'reject', 'book', 'return', 'withdraw']

test('a batch goes one way, and only a change of its list takes it back, before the bank has it', () => {
  for (const state of Object.keys(batchTransitions) as BatchState[])
    for (const event of batchEvents) {
      const next = batchTransitions[state][event]
      if (next) expect(batchStateAfter(state, event)).toBe(next)
      else expect(() => batchStateAfter(state, event)).toThrow(expect.objectContaining({ code: `batch_is_${state}` }))
    }
  expect(batchStateAfter('approved', 'change')).toBe('frozen')
  expect(() => batchStateAfter('exported', 'change')).toThrow()
})

test('what is rejected, returned or withdrawn is over: it is paid by another payout', () => {
  for (const state of Object.keys(payoutTransitions) as PayoutState[])
    for (const event of payoutEvents) {
      const next = payoutTransitions[state][event]
      if (next) expect(payoutStateAfter(state, event)).toBe(next)
      else expect(() => payoutStateAfter(state, event)).toThrow(expect.objectContaining({ code: `payout_is_${state}` }))
    }
  for (const state of ['rejected', 'returned', 'withdrawn'] as const) expect(payoutTransitions[state]).toEqual({})
})

test('the hash of a batch changes with anything that decides who is paid what, and with no order', () => {
  const payee = { iban: 'FR76', bic: 'AGRI', holderName: 'H', siret: null, legalName: 'L' }
  const lines = [
    { campaignId: 'a', amountCents: cents(1) },
    { campaignId: 'b', amountCents: cents(2) },
  ]
  const payout = { endToEndId: 'CN1', organisationId: 'o', payingAccountId: 'p', amountCents: cents(3), payee, lines }
  const other = { ...payout, endToEndId: 'CN2' }
  const batch = { number: 1, executesOn: '2026-03-11' }
  const hash = sha256OfBatch(batch, [payout, other])
  expect(sha256OfBatch(batch, [other, { ...payout, lines: [...lines].reverse() }])).toBe(hash)
  const changes = [
    { ...payout, amountCents: cents(4) },
    { ...payout, organisationId: 'x' },
    { ...payout, payee: { ...payee, iban: 'FR77' } },
    { ...payout, payee: { ...payee, holderName: 'X' } },
    { ...payout, lines: lines.slice(1) },
  ]
  const hashes = changes.map((change) => sha256OfBatch(batch, [change, other]))
  hashes.push(sha256OfBatch({ ...batch, executesOn: '2026-03-12' }, [payout, other]), sha256OfBatch(batch, [payout]))
  expect(new Set([hash, ...hashes]).size).toBe(hashes.length + 1)
})

test('a payout is found again in the 35 characters of a bank file', () => {
  const id = endToEndIdOf('6f1f0e0a-5d3c-4f5e-9b57-0c0f3c0d5a11')
  expect(id).toBe('CN6f1f0e0a5d3c4f5e9b570c0f3c0d5a11')
  expect(id.length).toBeLessThanOrEqual(35)
})

test('the id of a statement says its period and organisation, and nothing else is one', () => {
  const key = { periodId: 12, organisationId: '6f1f0e0a-5d3c-4f5e-9b57-0c0f3c0d5a11' }
  expect(statementKeyOf(statementId(key))).toEqual(key)
  for (const id of [
    '',
    '12',
    '0.6f1f0e0a-5d3c-4f5e-9b57-0c0f3c0d5a11',
    `${statementId(key)}.`,
    `-${statementId(key)}`,
    '9999999999.x',
  ])
    expect(() => statementKeyOf(id)).toThrow(expect.objectContaining({ code: 'statement_not_found' }))
})
