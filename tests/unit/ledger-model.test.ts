import type { NewTransfer } from '@carnet/api/ledger/transfer.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Command, commandKinds, MoneyModel, type Rules, rules } from '../helpers/money.ts'
import { brokenEquations } from '../helpers/money-equations.ts'

const command: fc.Arbitrary<Command> = fc.record({
  kind: fc.constantFrom(...commandKinds),
  campaign: fc.nat(1),
  organisation: fc.nat(2),
  n: fc.integer({ min: 1, max: 12 }),
})
const run = fc.array(command, { minLength: 80, maxLength: 80 })

function holds(use: Rules, commands: readonly Command[]): void {
  const model = new MoneyModel(use)
  for (const [at, one] of commands.entries()) {
    model.run(one)
    const broken = brokenEquations(model)
    if (broken.length > 0) throw new Error(`After ${one.kind} (${at}): ${broken.join('; ')}`)
  }
}

test('every equation holds after each of 80 events, in 2,000 random lives of parts 333 + 333 + 334 and 350 + 650', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(run, (commands) => {
      const model = new MoneyModel(rules)
      for (const one of commands) {
        model.run(one)
        const broken = brokenEquations(model)
        if (broken.length > 0) throw new Error(broken.join('; '))
      }
      for (const { kind } of model.ledger.posted.values()) seen.add(kind)
    }),
    { numRuns: 2_000, seed: 20_261_122 },
  )
  // A run that never gets anywhere would prove nothing.
  expect([...seen].sort()).toEqual(
    [
      ...['available_refunded', 'box_activated', 'box_revoked', 'expired_refunded', 'funding_received', 'netting'],
      ...[
        'netting_bank',
        'owes_repaid',
        'payout_booked',
        'payout_created',
        'payout_returned',
        'payout_withdrawn',
        'reserve_funded',
      ],
      ...['reversal_after_freezing', 'statement_frozen', 'validity_ended'],
      ...['available_moved', 'bank_fee', 'correction_after_sealing', 'expired_moved', 'funding_unmatched'],
      ...['paid_from_reserve', 'suspense_matched', 'suspense_refunded'],
    ].sort(),
  )
}, 120_000)

const swapped = <Transfer extends { debit: unknown; credit: unknown }>(transfers: Transfer[]) =>
  transfers.map((transfer) => ({ ...transfer, debit: transfer.credit, credit: transfer.debit }) as Transfer)
let serial = 0
const renamed = <Transfer extends { id: string }>(transfers: Transfer[]) =>
  transfers.map((transfer) => ({ ...transfer, id: `${transfer.id}-${++serial}` }))

type Statement = ReturnType<Rules['transfersOfStatement']>
const changed =
  (
    change: (statement: Statement, ...of: Parameters<Rules['transfersOfStatement']>) => NewTransfer[],
  ): Rules['transfersOfStatement'] =>
  (...of) => {
    const statement = rules.transfersOfStatement(...of)
    return { ...statement, transfers: change(statement, ...of) }
  }

describe('the equations see', () => {
  const mutants: Record<string, Partial<Rules>> = {
    'a box activated the wrong way round': { boxActivated: (box) => swapped(rules.boxActivated(box)) },
    'a reversal the wrong way round': { reversedAfterFreezing: (one) => swapped(rules.reversedAfterFreezing(one)) },
    'a funder whose part is forgotten': { transfersOfStatement: changed(({ transfers }) => transfers.slice(1)) },
    'a statement frozen twice': { transfersOfStatement: changed(({ transfers }) => renamed(transfers)) },
    'a part rounded to a third': {
      boxActivated: (box) =>
        rules.boxActivated({
          ...box,
          parts: box.parts.map((part) => ({ ...part, partCents: box.parts[0]!.partCents })),
        }),
    },
    'a debit booked twice': { payoutBooked: (line) => renamed(rules.payoutBooked(line)) },
    'a return that forgets the bank': { payoutReturned: (line) => rules.payoutReturned(line).slice(1) },
    'the limit of the reserve ignored': {
      sourceOfReversal: ({ payableCents }, amount) => (payableCents >= amount ? 'payable' : 'owes'),
    },
    'a reversal always taken from what is payable': { sourceOfReversal: () => 'payable' },
    'a debt netted twice': {
      transfersOfStatement: changed(({ transfers }) => [
        ...transfers,
        ...renamed(transfers.filter(({ kind }) => kind === 'netting')),
      ]),
    },
    'a refund of what is owed': { checkRefund: () => {} },
    'vouchers expired that were scanned': { expiringVouchers: (issued) => rules.expiringVouchers(issued, 0) },
    'a debt settled elsewhere that nothing was taken for': {
      transfersOfStatement: changed(({ transfers }) =>
        transfers.filter(({ kind, debit }) => kind !== 'netting_bank' || debit.kind !== 'payable'),
      ),
    },
    'a payment out of the reserve that leaves its bank money behind': {
      paidFromReserve: (one) => rules.paidFromReserve(one).slice(0, 1),
    },
    'money attributed that stays on the common account': {
      suspenseMatched: (one) => rules.suspenseMatched(one).slice(0, 1),
    },
    'money moved to a campaign without its bank money': {
      movedToCampaign: (one) => rules.movedToCampaign(one).slice(0, 1),
    },
    'a fee paid out of a funder’s money': {
      bankFeePaid: (fee) =>
        rules.bankFeePaid(fee).map((one) => ({ ...one, credit: { ...one.credit, campaignId: 'thirds' } })),
    },
    'a correction at another part': {
      correctedAfterSealing: (one) => rules.correctedAfterSealing({ ...one, parts: one.parts.slice(1) }),
    },
    'a value that goes back to issued after the end': {
      reversedAfterFreezing: (one) => rules.reversedAfterFreezing({ ...one, to: 'issued' }),
    },
  }
  test.each(Object.entries(mutants))(
    '%s',
    (_, mutant) => {
      const details = fc.check(
        fc.property(run, (commands) => holds({ ...rules, ...mutant }, commands)),
        { numRuns: 1_000, seed: 7, endOnFailure: true },
      )
      expect(details.failed).toBe(true)
    },
    60_000,
  )
})
