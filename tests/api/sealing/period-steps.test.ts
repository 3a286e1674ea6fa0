import { jobs, runJob } from '@carnet/api/jobs.ts'
import { rollPeriod } from '@carnet/api/periods/open-period.ts'
import { freezePeriod } from '@carnet/api/sealing/freeze-period.ts'
import { runDueSteps } from '@carnet/api/sealing/run-due-steps.ts'
import { sealPeriod } from '@carnet/api/sealing/seal-period.ts'
import { connectRaw } from '@carnet/db'
import { beforeAll, expect, test } from 'vitest'
import { givenMember } from '../../helpers/members.ts'
import { type Mutant, mutantOf, testRace } from '../../helpers/mutants.ts'
import { codeOf, outcomesOf, statesOf } from '../../helpers/period-facts.ts'
import { untilWaiting } from '../../helpers/scan-race.ts'
import {
  freezeWithoutMoney,
  givenMoney,
  givenSealingWorld,
  nextMonth,
  type SealingWorld,
  scanAll,
  startProcess,
} from '../../helpers/sealing.ts'

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
  let hold = () => {}
  const isHolding = new Promise<void>((resolve) => {
    hold = resolve
  })
  const reversal = phone.begin(async (tx) => {
    await tx.unsafe(
      'select * from reverse_scan($1::text::int[], $2::text::uuid, $3::text::uuid, $4::text::uuid, $5::text::uuid, $6::text::bool)',
      [
        ...[String(row!.live), scan!.scan.scanId, keyring.answerMac(scan!.scan.scanId)],
        ...[scan!.venue.organisationId, scan!.venue.id, String(isCoordinator)],
      ],
    )
    hold()
    await held
  })
  await Promise.race([isHolding, reversal])
  const counted = () =>
    sql`select count(*)::int as n from redemptions where period_id = ${period} and state = 'accepted'`
  const stepping = step(period).then(counted)
  await untilWaiting(sql, 1, stepping)
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
      const report = (job: string, error: unknown) => failures.push([world.clock.today, job, String(error)])
      for (const job of jobs) await Promise.all([world, other].map(({ operator }) => runJob(operator, job, report)))
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
