import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { closePeriod } from '@carnet/api/periods/close-period.ts'
import { decideFolds } from '@carnet/api/periods/decide-folds.ts'
import { ensureOpenPeriod, prepareNextPeriod, rollPeriod } from '@carnet/api/periods/open-period.ts'
import { abandonPeriod } from '@carnet/api/sealing/abandon-period.ts'
import { listPeriodAlarms } from '@carnet/api/sealing/alarms.ts'
import { freezePeriod } from '@carnet/api/sealing/freeze-period.ts'
import { runDueSteps } from '@carnet/api/sealing/run-due-steps.ts'
import { sealPeriod } from '@carnet/api/sealing/seal-period.ts'
import { connectRaw } from '@carnet/db'
import { beforeAll, expect, test } from 'vitest'
import { givenMember } from '../helpers/members.ts'
import { type Mutant, mutantOf, testRace } from '../helpers/mutants.ts'
import {
  freezeWithoutMoney,
  givenMoney,
  givenSealingWorld,
  type Installation,
  nextMonth,
  reverse,
  type SealingWorld,
  scanAll,
  startProcess,
} from '../helpers/sealing.ts'

const statesOf = async ({ sql }: Installation) =>
  (await sql`select id, state from periods order by id`).map(({ id, state }) => `${id} ${state}`)
const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error) => error.code,
  )
const outcomesOf = (scans: { answer: { outcome: string; reason: string | null } }[]) =>
  scans.map(({ answer }) => answer.reason ?? answer.outcome)

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
  world.clock.today = '2026-04-01'
  await Promise.all([
    ...[world, other].flatMap((process) => [scanEach(process, 1), scanEach(process, 7)]),
    wait(250).then(() => rollPeriod(world.operator)),
  ])
  const accepted = told.filter(({ outcome }) => outcome === 'accepted').map(({ codeMac }) => codeMac)
  expect([accepted.length, new Set(accepted).size]).toEqual([400, 400])
  const rows = await world.sql`select period_id, count(*)::int as n from redemptions group by 1 order by 1`
  expect(rows.map(({ period_id }) => period_id)).toEqual([1, 2])
})

/* A reversal holds its period while it is under way: what is counted after a step is what stays. */

let race: SealingWorld & { turn: { next: number } }
beforeAll(async () => {
  const world = await givenSealingWorld({ campaigns: [{ books: 20 }] })
  await givenMoney(world)
  race = { ...world, turn: { next: 0 } }
})
const reversalsDoNotWait: Mutant = mutantOf('a reversal without the lock of periods', 'reverse_scan', [
  'perform pg_advisory_xact_lock_shared(7201);',
  '',
])

/** Reverses one of two scans of a closed period while `step` is taken; tells what changed after the step's commit. */
async function reverseDuring(
  world: typeof race,
  step: (period: number) => Promise<unknown>,
  isCoordinator: boolean,
): Promise<string[]> {
  const { turn, sql, keyring } = world
  const vouchers = world.campaigns[0]!.vouchers.slice(turn.next, turn.next + 2)
  turn.next += 2
  const [scan] = await scanAll(world, vouchers, { venue: () => world.venues[0]! })
  world.clock.today = `2026-0${4 + turn.next / 2}-01`
  const open = (await rollPeriod(world.operator))!.id
  const period = open - 1
  if (isCoordinator) await freezeWithoutMoney(world, period)

  const phone = connectRaw(world.url, { role: 'carnet_scan', maxConnections: 1 })
  const [row] = await phone`select live_periods() as live`
  let commit = () => {}
  const held = new Promise<void>((resolve) => {
    commit = resolve
  })
  const reversal = phone.begin(async (tx) => {
    await tx.unsafe(
      'select * from reverse_scan($1::text::int[], $2::text::uuid, $3::text::uuid, $4::text::uuid, $5::text::uuid, $6::text::bool)',
      [
        ...[String(row!.live), scan!.scan.scanId, keyring.answerMac(scan!.scan.scanId)],
        ...[scan!.venue.organisationId, scan!.venue.id, String(isCoordinator)],
      ],
    )
    await held
  })
  await wait(50)
  const counted = () =>
    sql`select count(*)::int as n from redemptions where period_id = ${period} and state = 'accepted'`
  const stepping = step(period).then(counted)
  await wait(250)
  commit()
  await reversal
  const [then] = await stepping
  const [now] = await counted()
  await phone.end()
  // Leaves the period out of the way of the next turn.
  await sql`update periods set state = 'sealed' where id = ${period}`
  return then!.n === now!.n ? [] : [`${then!.n} counted after the step, ${now!.n} in the end`]
}

testRace(
  'freezing waits for a reversal in flight',
  () => race,
  (world) => reverseDuring(world, (period) => freezePeriod(world.operator, period), false),
  [reversalsDoNotWait],
)

testRace(
  'the first step of sealing waits for a reversal in flight',
  () => race,
  (world) => {
    const killed = (period: number) => {
      world.clock.today = '2027-12-01'
      const stop = () => {
        throw new Error('killed')
      }
      return sealPeriod(world.operator, period, { at: stop }).catch(
        (error: Error) => error.message === 'killed' || Promise.reject(error),
      )
    }
    return reverseDuring(world, killed, true)
  },
  [reversalsDoNotWait],
)

test('freezing posts the statements, and on a frozen period finishes what is left', async () => {
  const world = await givenSealingWorld()
  await givenMoney(world)
  await scanAll(world, world.campaigns[0]!.vouchers.slice(0, 6))
  await nextMonth(world, '2026-04-01')
  expect((await freezePeriod(world.operator, 1)).state).toBe('frozen')
  await freezePeriod(world.operator, 1)
  const rows = await world.sql`select voucher_count, total_cents from statements where period_id = 1`
  expect(rows.map((row) => [row.voucher_count, row.total_cents])).toEqual(Array(3).fill([2, 2000]))
  expect(await codeOf(freezePeriod(world.operator, 2))).toBe('period_is_open')
  const { actor } = await givenMember(world.sql, 'auditor')
  await expect(freezePeriod(world.as(actor), 1)).rejects.toMatchObject({ kind: 'forbidden' })
})

test('the jobs alone bring a year from month to month, in two processes at once', async () => {
  const world = await givenSealingWorld({ campaigns: [{ books: 40 }], today: '2026-03-02' })
  await givenMoney(world)
  const other = startProcess(world)
  const failures: unknown[] = []
  const { vouchers } = world.campaigns[0]!
  let scanned = 0
  for (const month of ['03', '04', '05', '06', '07', '08', '09'])
    for (const day of ['02', '04', '21', '28']) {
      world.clock.today = `2026-${month}-${day}`
      const onFailure = (step: string, error: unknown) => failures.push([world.clock.today, step, String(error)])
      await Promise.all([world, other].map(({ operator }) => runDueSteps(operator, { onFailure })))
      const scans = await scanAll(world, vouchers.slice(scanned, scanned + 10))
      expect(outcomesOf(scans)).toEqual(Array(10).fill('accepted'))
      scanned += 10
    }
  expect(failures).toEqual([])
  expect(await statesOf(world)).toEqual([
    '1 sealed',
    '2 sealed',
    '3 sealed',
    '4 sealed',
    '5 sealed',
    '6 frozen',
    '7 open',
  ])
  const [sum] =
    await world.sql`select sum(redemptions)::int as n from whitelist_counts where "table" = 'R5_commune_year'`
  expect(sum!.n).toBe(200)
})

test('reviews that are still open on day 45 are accepted and paid', async () => {
  const world = await givenSealingWorld()
  await givenMoney(world)
  await scanAll(world, world.campaigns[0]!.vouchers.slice(0, 3))
  await nextMonth(world, '2026-04-01')
  await world.sql`insert into statement_reviews (organisation_id, venue_id, period_id, reason, opened_on, paid_by)
    values (${world.venues[0]!.organisationId}, ${world.venues[0]!.id}, 1, 'capacity', '2026-04-02', '2026-05-15')`
  const failures: string[] = []
  const onFailure = (step: string, error: unknown) => failures.push(`${step} ${(error as { code?: string }).code}`)
  world.clock.today = '2026-05-14'
  await runDueSteps(world.operator, { onFailure })
  expect(failures).toEqual(['seal reviews_open'])
  world.clock.today = '2026-05-15'
  await runDueSteps(world.operator, { onFailure })
  const [review] = await world.sql`select decision, decided_on::text from statement_reviews`
  expect(review).toEqual({ decision: 'paid', decided_on: '2026-05-15' })
  expect((await statesOf(world))[0]).toBe('1 sealed')
})

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
