import { setTimeout as wait } from 'node:timers/promises'
import { closePeriod } from '@carnet/api/periods/close-period.ts'
import { decideFolds } from '@carnet/api/periods/decide-folds.ts'
import { ensureOpenPeriod, prepareNextPeriod, rollPeriod } from '@carnet/api/periods/open-period.ts'
import { listPeriodAlarms } from '@carnet/api/sealing/alarms.ts'
import { runDueSteps } from '@carnet/api/sealing/run-due-steps.ts'
import { expect, test } from 'vitest'
import { codeOf, outcomesOf, statesOf } from '../../helpers/period-facts.ts'
import {
  freezeWithoutMoney,
  givenSealingWorld,
  nextMonth,
  type SealingWorld,
  scanAll,
  startProcess,
} from '../../helpers/sealing.ts'

test('the first period opens once, however many processes start at once', async () => {
  const world = await givenSealingWorld()
  await world.sql`delete from periods`
  const processes = [world, ...Array.from({ length: 3 }, () => startProcess(world))]
  const opened = await Promise.all(
    processes.flatMap(({ operator }) => [ensureOpenPeriod(operator), ensureOpenPeriod(operator)]),
  )
  // Period 1 was opened by this world before; an id is not used again even when the database forgets it.
  expect(new Set(opened.map(({ id }) => id))).toEqual(new Set([2]))
  expect(await statesOf(world)).toEqual(['2 open'])
})

test('the month changes when it is over, once, whatever asks', async () => {
  const world = await givenSealingWorld({ today: '2026-03-31' })
  expect(await rollPeriod(world.operator)).toBeNull()
  world.clock.today = '2026-04-01'
  const other = startProcess(world)
  const rolled = await Promise.all([rollPeriod(world.operator), rollPeriod(other.operator), rollPeriod(world.operator)])
  expect(rolled.filter((period) => period?.id === 2)).toHaveLength(1)
  expect(await statesOf(world)).toEqual(['1 closed', '2 open'])
  const [row] = await world.sql`select month::text, opened_on::text from periods where id = 2`
  expect(row).toEqual({ month: '2026-04-01', opened_on: '2026-04-01' })
})

test('the next period lies ready before its month: its key and its tables keep their number', async () => {
  const world = await givenSealingWorld({ today: '2026-03-20' })
  await runDueSteps(world.operator)
  expect(await prepareNextPeriod(world.operator)).toBe(2)
  expect(world.keyring.hasPeriodKey(2)).toBe(true)
  const [tables] =
    await world.sql`select to_regclass('redemptions_p2') is not null and to_regclass('scan_receipts_p2') is not null as are_ready`
  expect(tables).toEqual({ are_ready: true })
  expect(await statesOf(world)).toEqual(['1 open'])
  expect(await nextMonth(world, '2026-04-01')).toBe(2)
})

test('a period is closed ahead of its month in the demo only', async () => {
  const serious = await givenSealingWorld()
  await expect(closePeriod(serious.operator, 1)).rejects.toMatchObject({
    code: 'too_early',
    facts: { from: '2026-04-01' },
  })
  serious.clock.today = '2026-04-02'
  expect((await closePeriod(serious.operator, 1)).state).toBe('closed')
  expect(await codeOf(closePeriod(serious.operator, 1))).toBe('period_is_closed')

  const demo = await givenSealingWorld({ mode: 'demo' })
  expect((await closePeriod(demo.operator, 1)).state).toBe('closed')
  expect(await statesOf(demo)).toEqual(['1 closed', '2 open'])
})

test('a fourth live period is refused, scans go on in the open one, and the month opens when the oldest is sealed', async () => {
  const world = await givenSealingWorld({ campaigns: [{ books: 4 }] })
  const { vouchers } = world.campaigns[0]!
  await scanAll(world, vouchers.slice(0, 5))
  await nextMonth(world, '2026-04-01')
  await nextMonth(world, '2026-05-01')
  world.clock.today = '2026-06-01'
  expect(await codeOf(rollPeriod(world.operator))).toBe('too_many_live_periods')
  await expect(
    world.sql`insert into periods (id, month, state, opened_on) values (9, '2026-06-01', 'closed', '2026-06-01')`,
  ).rejects.toMatchObject({
    constraint_name: 'at_most_three_periods_are_live',
  })
  expect(await listPeriodAlarms(world.operator)).toEqual([
    { code: 'sealing_late', periodId: 1 },
    { code: 'opening_late', periodId: 3 },
  ])
  expect(outcomesOf(await scanAll(world, vouchers.slice(3, 7)))).toEqual([
    'already_used',
    'already_used',
    'accepted',
    'accepted',
  ])

  await freezeWithoutMoney(world, 1)
  await runDueSteps(world.operator)
  expect(await statesOf(world)).toEqual(['1 sealed', '2 sealed', '3 closed', '4 open'])
  expect(outcomesOf(await scanAll(world, vouchers.slice(3, 7)))).toEqual(Array(4).fill('already_used'))
  expect(await listPeriodAlarms(world.operator)).toEqual([])
})

test('a period never goes back', async () => {
  const world = await givenSealingWorld()
  await nextMonth(world, '2026-04-01')
  await expect(world.sql`update periods set state = 'open' where id = 1`).rejects.toMatchObject({
    constraint_name: 'a_period_only_moves_on',
  })
  await expect(world.sql`update periods set month = '2026-05-01' where id = 1`).rejects.toMatchObject({
    constraint_name: 'a_period_only_moves_on',
  })
})

test('how finely services are told is decided once, when the period closes', async () => {
  const world = await givenSealingWorld({ campaigns: [{ books: 2 }, { books: 4 }, { books: 5 }, { books: 15 }] })
  const [tiny, few, some, many] = world.campaigns.map(({ vouchers }) => vouchers)
  await scanAll(world, [...tiny!.slice(0, 10), ...few!.slice(0, 40), ...some!.slice(0, 45), ...many!.slice(0, 120)])
  await nextMonth(world, '2026-04-01')
  await decideFolds(world.operator, 1)
  const folds = async () => {
    const rows = await world.sql`select campaign_id, fold from period_folds where period_id = 1`
    return world.campaigns.map(({ id }) => rows.find((row) => row.campaign_id === id)?.fold)
  }
  expect(await folds()).toEqual(['all', 'all', 'theme', 'service'])
  await world.sql`update redemptions set state = 'reversed' where campaign_id = ${world.campaigns[3]!.id}`
  await decideFolds(world.operator, 1)
  expect(await folds()).toEqual(['all', 'all', 'theme', 'service'])
  expect(await codeOf(decideFolds(world.operator, 2))).toBe('period_is_open')
})

test('at the change of month, two processes under load accept each voucher once', async () => {
  const world = await givenSealingWorld({ campaigns: [{ books: 40 }] })
  const other: SealingWorld = { ...world, ...startProcess(world) }
  const { vouchers } = world.campaigns[0]!
  const told: { codeMac: string; outcome: string }[] = []
  const scanEach = async (process: SealingWorld, step: number) => {
    for (let at = 0; at < vouchers.length; at += 1)
      for (const { voucher, answer } of await scanAll(process, [vouchers[(at * step) % vouchers.length]!]))
        told.push({ codeMac: voucher.codeMac, outcome: answer.outcome })
  }
  const untilToldOf = async (scans: number) => {
    while (told.length < scans) await wait(5)
  }
  world.clock.today = '2026-04-01'
  await Promise.all([
    ...[world, other].flatMap((process) => [scanEach(process, 1), scanEach(process, 7)]),
    untilToldOf(40).then(() => rollPeriod(world.operator)),
  ])
  const accepted = told.filter(({ outcome }) => outcome === 'accepted').map(({ codeMac }) => codeMac)
  expect([accepted.length, new Set(accepted).size]).toEqual([400, 400])
  const rows = await world.sql`select period_id, count(*)::int as n from redemptions group by 1 order by 1`
  expect(rows.map(({ period_id }) => period_id)).toEqual([1, 2])
})
