import { test } from 'vitest'
import { expectEveryKind, proveMoney } from '../../helpers/money-proof.ts'
import { givenMoneyWorld } from '../../helpers/money-world.ts'

const runs = 100
const world = await givenMoneyWorld()

test(`${runs} random lives of 60 events on PostgreSQL: every invariant holds after each event`, async () => {
  expectEveryKind(await proveMoney(world, { runs, seed: 20_261_122 }))
}, 1_800_000)
