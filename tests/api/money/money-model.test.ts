import { annualAccount, annualLines, signs } from '@carnet/api/accounting/annual-account.ts'
import { listFunderMoves } from '@carnet/api/accounting/annual-queries.ts'
import { listBalancesOn } from '@carnet/api/treasury/balance-queries.ts'
import { expect, test } from 'vitest'
import { liveRandomly } from '../../helpers/money-lives.ts'
import { givenMoneyWorld } from '../../helpers/money-world.ts'

const runs = 8
const eventsPerRun = 60
const world = await givenMoneyWorld()

test(`${runs} random lives of ${eventsPerRun} events on PostgreSQL: every invariant holds after each event`, async () => {
  const { refusals, kinds } = await liveRandomly(world, { runs, eventsPerRun, seed: 20_261_122 })
  expect(refusals).toBeGreaterThan(0)
  expect(kinds).toEqual(
    expect.arrayContaining([
      ...[
        'available_moved',
        'bank_fee',
        'box_activated',
        'box_revoked',
        'correction_after_sealing',
        'funding_unmatched',
      ],
      ...['netting', 'netting_bank', 'paid_from_reserve', 'payout_booked', 'payout_rejected', 'payout_returned'],
      ...['payout_withdrawn', 'reversal_after_freezing', 'statement_frozen', 'suspense_matched', 'validity_ended'],
    ]),
  )
}, 300_000)

test('after all that each funder’s account of the year leads to what the ledger says, to the cent', async () => {
  const balances = await listBalancesOn(world.db, { asOf: '2026-12-31' })
  const funderIds = new Set(balances.flatMap(({ funderId }) => funderId ?? []))
  expect(funderIds.size).toBeGreaterThan(runs)
  for (const funderId of funderIds) {
    const span = { funderId, from: '2026-01-01', until: '2026-12-31' }
    const { campaigns, whole } = annualAccount(await listFunderMoves(world.db, span), [])
    const own = balances.filter((one) => one.funderId === funderId)
    for (const year of [...campaigns, whole]) {
      const led = annualLines.reduce((sum, line) => sum + (signs[line] ?? 0) * year[line], 0)
      expect([led, year.availableCents + year.issuedCents + year.expiredCents]).toEqual(
        Array(2).fill(year.closingCents),
      )
    }
    for (const [kind, line] of [
      ['available', 'availableCents'],
      ['issued', 'issuedCents'],
      ['expired', 'expiredCents'],
    ] as const)
      expect(whole[line]).toBe(
        own.filter((one) => one.kind === kind).reduce((sum, { balanceCents }) => sum + balanceCents, 0),
      )
  }
})
