import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { rollPeriod } from '@carnet/api/periods/open-period.ts'
import { abandonPeriod } from '@carnet/api/sealing/abandon-period.ts'
import { listPeriodAlarms } from '@carnet/api/sealing/alarms.ts'
import { freezePeriod } from '@carnet/api/sealing/freeze-period.ts'
import { sealPeriod } from '@carnet/api/sealing/seal-period.ts'
import { expect, test } from 'vitest'
import { givenMember } from '../../helpers/members.ts'
import { codeOf, outcomesOf, statesOf } from '../../helpers/period-facts.ts'
import { givenMoney, givenSealingWorld, type Installation, reverse, scanAll } from '../../helpers/sealing.ts'

function loseKey({ keyringRoot }: Installation, periodId: number): void {
  for (const copy of ['one', 'two']) rmSync(join(keyringRoot, copy, 'periods', `${periodId}.key`))
}

test('with both copies of a live key lost nothing is accepted, and two people give the period up', async () => {
  const world = await givenSealingWorld()
  await givenMoney(world)
  const { vouchers } = world.campaigns[0]!
  const before = await scanAll(world, vouchers.slice(0, 12))
  await reverse(world, before[11]!)
  loseKey(world, 1)
  expect(await listPeriodAlarms(world.operator)).toEqual([{ code: 'period_key_lost', periodId: 1 }])
  expect(outcomesOf(await scanAll(world, [vouchers[20]!, vouchers[0]!]))).toEqual(['retry', 'retry'])
  const [rows] = await world.sql`select count(*)::int as n from redemptions`
  expect(rows!.n).toBe(12)

  const { actor: one } = await givenMember(world.sql, 'coordinator')
  const { actor: two } = await givenMember(world.sql, 'finance_approver')
  const exposure = { redemptions: 11, exposureCents: 11_000 }
  await expect(abandonPeriod(world.operator, 1)).rejects.toMatchObject({ kind: 'forbidden' })
  expect(await abandonPeriod(world.as(one), 1)).toEqual({ periodId: 1, state: 'proposed', ...exposure })
  expect(await codeOf(abandonPeriod(world.as(one), 1))).toBe('same_person')
  expect(await abandonPeriod(world.as(two), 1)).toEqual({ periodId: 1, state: 'abandoned', ...exposure })
  expect(await codeOf(abandonPeriod(world.as(two), 1))).toBe('period_is_abandoned')

  expect(await statesOf(world)).toEqual(['1 closed', '2 open'])
  expect(await listPeriodAlarms(world.operator)).toEqual([])
  await world.desk.rereadPeriods()
  // The same scan is told the same; the paper is good once more, which is the price.
  const [replay] = await world.desk.redeem([before[0]!.scan])
  expect(replay).toMatchObject({ outcome: 'accepted' })
  expect(outcomesOf(await scanAll(world, [vouchers[0]!, vouchers[20]!]))).toEqual(['accepted', 'accepted'])
  expect(outcomesOf(await scanAll(world, [vouchers[0]!]))).toEqual(['already_used'])

  world.clock.today = '2026-04-03'
  await rollPeriod(world.operator)
  await freezePeriod(world.operator, 1)
  const [paid] = await world.sql`select sum(voucher_count)::int as n from statements where period_id = 1`
  expect(paid!.n).toBe(11)
  world.clock.today = '2026-05-01'
  await sealPeriod(world.operator, 1)
  const [kept] = await world.sql`select (select count(*)::int from vouchers where is_spent) as spent,
    (select sum(redemptions)::int from whitelist_counts where "table" = 'R5_commune_year') as counted`
  expect(kept).toEqual({ spent: 0, counted: 11 })
  const actions = await world.sql`select action from audit_log where action like 'period_aband%' order by seq`
  expect(actions.map(({ action }) => action)).toEqual(['period_abandonment_proposed', 'period_abandoned'])
})

test('a period whose key is there is not given up', async () => {
  const world = await givenSealingWorld()
  const { actor } = await givenMember(world.sql, 'coordinator')
  expect(await codeOf(abandonPeriod(world.as(actor), 1))).toBe('period_key_present')
  expect(await codeOf(abandonPeriod(world.as(actor), 8))).toBe('period_not_found')
})

test('one copy of a key is enough: the other is written again', async () => {
  const world = await givenSealingWorld()
  rmSync(join(world.keyringRoot, 'one', 'periods', '1.key'))
  expect(await listPeriodAlarms(world.operator)).toEqual([])
  rmSync(join(world.keyringRoot, 'two', 'periods', '1.key'))
  expect(await listPeriodAlarms(world.operator)).toEqual([])
})
