import { expect, test } from 'vitest'
import { liveRandomly } from '../helpers/money-lives.ts'
import { givenMoneyWorld } from '../helpers/money-world.ts'

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
