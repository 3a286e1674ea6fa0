import { rollPeriod } from '@carnet/api/periods/open-period.ts'
import { getPeriod, movePeriod } from '@carnet/api/periods/queries.ts'
import { reverseScanAsIncident } from '@carnet/api/redemptions/queries.ts'
import { withoutScans } from '@carnet/api/shared/without-scans.ts'
import { beforeAll, expect, test } from 'vitest'
import { mutantOf, testRace, together } from '../../helpers/mutants.ts'
import { sent, type Told } from '../../helpers/scan-processes.ts'
import {
  broken,
  countAccepted,
  givenRaceWorld,
  holdReceipts,
  holdTag,
  type RaceWorld,
  rollOver,
  shutDoor,
  startAfresh,
  untilWaiting,
} from '../../helpers/scan-race.ts'

let world: RaceWorld
let repeatable: RaceWorld
beforeAll(async () => {
  world = await givenRaceWorld({ vouchers: 300, venues: 4 })
  repeatable = await givenRaceWorld({ vouchers: 20, venues: 4, isolation: 'repeatable read' })
})

const sharedLock = 'perform pg_advisory_xact_lock_shared(7201);'
const lockAndCheck = `${sharedLock}\n\n  if p_live is distinct from live_periods() then`
const noSharedLock = mutantOf('a scan does not hold the period', 'redeem_scans', [sharedLock, ''])
const noScanIdLock = mutantOf('copies of a scan do not wait for each other', 'redeem_scans', [
  'perform pg_advisory_xact_lock(7202, k.h) from (select distinct uuid_hash(s) h from unnest(p_scan_ids) s order by 1) k;',
  '',
])
const lockWithCheck = mutantOf('the lock and the look at the periods are one statement', 'redeem_scans', [
  lockAndCheck,
  'if (select pg_advisory_xact_lock_shared(7201)::text) is null or p_live is distinct from live_periods() then',
])
const lockWithLookUp = mutantOf(
  'the lock and the look-up of the voucher are one statement',
  'redeem_scans',
  [sharedLock, ''],
  [
    'into judged\n    from judge_scans(',
    'into judged\n    from (select pg_advisory_xact_lock_shared(7201)) l, judge_scans(',
  ],
)
const anyIsolation = mutantOf('any isolation is good enough', 'redeem_scans', [
  "if current_setting('transaction_isolation') <> 'read committed' then",
  'if false then',
])

test('a voucher of last month is not paid again this month, and a scan of last month is answered alike', async () => {
  const [period, voucher] = [await startAfresh(world), world.takeVoucher()]
  const scan = sent(voucher)
  await world.phone(0, 0).scan(scan)
  expect(await rollOver(world)).toBe(period + 1)
  for (const server of [0, 1]) {
    expect(await world.phone(server, 1).scan(sent(voucher))).toMatchObject({ reason: 'already_used', usedHere: false })
    expect(await world.phone(server, 0).scan(scan)).toMatchObject({ outcome: 'accepted', now: 'accepted' })
  }
})

/** A scan of the old month is half written when the new month wants to open, and the voucher is scanned under the new one. */
async function scanInFlightAtTheBoundary(race: RaceWorld): Promise<string[]> {
  const [period, voucher] = [await startAfresh(race), race.takeVoucher()]
  const [early, late] = [sent(voucher), sent(voucher)]
  const openDoor = await shutDoor(race.sql, holdReceipts([early.scanId], period))
  const first = race.phone(0, 0).scan(early)
  await untilWaiting(race.sql, 1, first, 'redeem_scans')
  race.clock.now = new Date('2026-04-01T00:00:10Z')
  const opened = rollPeriod(race.operator)
  await untilWaiting(race.sql, 2, opened)
  const second = race.phone(1, 1).scan(late)
  await untilWaiting(race.sql, 2, second, 'redeem_scans')
  await openDoor()
  await opened
  return violationsOfOnePayment(race, [await first, await second])
}

/** A scan waits for the new month to open; it was sent, and its statement began, when the old one was open. */
async function scanWaitingAtTheBoundary(race: RaceWorld): Promise<string[]> {
  const [period, voucher] = [await startAfresh(race), race.takeVoucher()]
  const [early, late] = [sent(voucher), sent(voucher)]
  for (const server of [0, 1]) await race.phone(server, 0).check(voucher.qr)
  const next = period + 1
  race.keyring.createPeriodKey(next)
  race.keyring.markOpened(next, '2026-04-01')
  await race.sql`select prepare_period(${next})`
  const finishOpening = await shutDoor(race.sql, async (tx) => {
    await tx`select pg_advisory_xact_lock(7201)`
    await tx`update periods set state = 'closed', closed_on = '2026-04-01' where id = ${period}`
    await tx`insert into periods (id, month, state, opened_on) values (${next}, '2026-04-01', 'open', '2026-04-01')`
  })
  const openDoor = await shutDoor(race.sql, holdReceipts([early.scanId], period))
  const first = race.phone(0, 0).scan(early)
  await untilWaiting(race.sql, 1, first, 'redeem_scans')
  await finishOpening('commit')
  const second = await race.phone(1, 1).scan(late)
  await openDoor()
  return violationsOfOnePayment(race, [await first, second])
}

async function violationsOfOnePayment(race: RaceWorld, told: Told[]): Promise<string[]> {
  const accepted = told.filter(({ outcome }) => outcome === 'accepted').length
  const rows = await countAccepted(race.sql)
  return [...broken(told), ...(accepted <= 1 && rows === accepted ? [] : [`accepted ${accepted} times, ${rows} rows`])]
}

const bothPaths = async (race: RaceWorld) => [
  ...(await scanInFlightAtTheBoundary(race)),
  ...(await scanWaitingAtTheBoundary(race)),
]

testRace('a voucher scanned on both sides of midnight, at two servers, is paid once', () => world, bothPaths, [
  noSharedLock,
  lockWithCheck,
  lockWithLookUp,
])

/** A copy of the half-written scan comes to the other server, which may have the new month already. */
async function copiesAtTheBoundary(race: RaceWorld): Promise<string[]> {
  const [period, voucher] = [await startAfresh(race), race.takeVoucher()]
  const scan = sent(voucher)
  const openDoor = await shutDoor(race.sql, holdTag(race, voucher, period))
  const first = race.phone(0, 0).scan(scan)
  await untilWaiting(race.sql, 1, first, 'redeem_scans')
  race.clock.now = new Date('2026-04-01T00:00:10Z')
  const opened = rollPeriod(race.operator)
  await untilWaiting(race.sql, 2, opened)
  const copy = race.phone(1, 0).scan(scan)
  await untilWaiting(race.sql, 2, copy, 'redeem_scans')
  await openDoor()
  await opened
  const told = [await first, await copy]
  const others = told.filter(({ outcome, now }) => outcome !== 'accepted' || now !== 'accepted')
  const rows = await countAccepted(race.sql)
  return [
    ...broken(told),
    ...others.map(({ outcome }) => `a copy was told ${outcome}`),
    ...(rows === 1 ? [] : [`${rows} rows`]),
  ]
}

testRace(
  'copies of one scan on both sides of midnight are told the same, and it is paid once',
  () => world,
  copiesAtTheBoundary,
  [together('neither the month nor the scan is held', noSharedLock, noScanIdLock)],
)

test('one of the two scans at midnight is paid, not none', async () => {
  await scanInFlightAtTheBoundary(world)
  expect(await countAccepted(world.sql)).toBe(1)
  await scanWaitingAtTheBoundary(world)
  expect(await countAccepted(world.sql)).toBe(1)
})

testRace('a server that works with old snapshots pays nothing twice', () => repeatable, scanWaitingAtTheBoundary, [
  anyIsolation,
])

test('a server that works with old snapshots accepts and undoes nothing: its phones try again', async () => {
  await startAfresh(repeatable)
  const scan = sent(repeatable.takeVoucher())
  expect(await repeatable.phone(0, 0).scan(scan)).toMatchObject({ status: 200, outcome: 'retry' })
  expect((await repeatable.phone(0, 0).reverse(scan.scanId)).now).toBeUndefined()
  expect((await repeatable.phone(0, 0).correct(scan.scanId, 'A02')).now).toBeUndefined()
  expect(await repeatable.sql`select from scan_receipts`).toHaveLength(0)
  expect(await countAccepted(repeatable.sql)).toBe(0)
})

/** What a statement or a sealing reads of a period. */
const picture = async ({ sql }: RaceWorld, period: number) =>
  JSON.stringify(await sql`select state, service_code from redemptions where period_id = ${period}`)

type Amending = (race: RaceWorld, scanId: string) => Promise<unknown>
type Step = 'freeze' | 'seal'

/** The change is half written when the step is taken. Nothing may change any more once the step is done. */
const changeInFlightAt = (step: Step, amend: Amending) => async (race: RaceWorld) => {
  const period = await startAfresh(race)
  const scan = sent(race.takeVoucher())
  await race.phone(0, 0).scan(scan)
  await rollOver(race)
  const move = (event: Step) =>
    withoutScans(race.operator, async (tx) =>
      movePeriod(tx, await getPeriod(tx, period), event, event === 'freeze' ? { frozenOn: '2026-04-03' } : {}),
    )
  if (step === 'seal') await move('freeze')

  const openDoor = await shutDoor(race.sql, (tx) => tx`select from redemptions where period_id = ${period} for update`)
  const amended = amend(race, scan.scanId)
  await untilWaiting(race.sql, 1, amended)
  const atStep = move(step).then(() => picture(race, period))
  await untilWaiting(race.sql, 2, atStep)
  await openDoor()
  await amended
  const [seen, now] = [await atStep, await picture(race, period)]
  return seen === now ? [] : [`${step} saw ${seen}, then it became ${now}`]
}

const undo: Amending = (race, scanId) => race.phone(0, 0).reverse(scanId)
const correct: Amending = (race, scanId) => race.phone(1, 0).correct(scanId, 'A02')
const undoAsIncident: Amending = (race, scanId) => {
  const scan = { scanId, answerMac: race.keyring.answerMac(scanId), organisationId: race.venues[0]!.organisationId }
  return race.operator.transaction(async (tx) => {
    const [row] = await tx.execute<{ live: number[] }>('select live_periods() as live')
    return reverseScanAsIncident(tx, row!.live, scan)
  }, 'carnet_app')
}

testRace(
  'a statement that is frozen while a scan is being undone counts what then stands',
  () => world,
  changeInFlightAt('freeze', undo),
  [mutantOf('a reversal does not hold the period', 'reverse_scan', [sharedLock, ''])],
)
testRace(
  'a statement that is frozen while a service is being corrected counts what then stands',
  () => world,
  changeInFlightAt('freeze', correct),
  [mutantOf('a correction does not hold the period', 'correct_scan', [sharedLock, ''])],
)
testRace(
  'a sealing that starts while a scan is being undone counts what then stands',
  () => world,
  changeInFlightAt('seal', undoAsIncident),
  [mutantOf('a reversal does not hold the period', 'reverse_scan', [sharedLock, ''])],
)

test('after the freezing a venue undoes nothing, after the sealing began nobody does', async () => {
  const period = await startAfresh(world)
  const scan = sent(world.takeVoucher())
  await world.phone(0, 0).scan(scan)
  await rollOver(world)
  const [frozen, sealing] = ['frozen', 'sealing']
  await world.sql`update periods set state = ${frozen}, frozen_on = '2026-04-03' where id = ${period}`
  expect(await undo(world, scan.scanId)).toMatchObject({ status: 409, code: 'statement_frozen' })
  expect(await correct(world, scan.scanId)).toMatchObject({ status: 409, code: 'statement_frozen' })
  await world.sql`update periods set state = ${sealing} where id = ${period}`
  expect(await undo(world, scan.scanId)).toMatchObject({ status: 409, code: 'period_sealed' })
  expect(await undoAsIncident(world, scan.scanId)).toMatchObject({ outcome: 'period_sealed' })
})
