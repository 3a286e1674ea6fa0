import { randomUUID } from 'node:crypto'
import { callRedeemScans } from '@carnet/api/redemptions/queries.ts'
import type { Answer, Scan } from '@carnet/api/redemptions/scan.ts'
import { macsOf } from '@carnet/api/redemptions/scan-macs.ts'
import { connectRaw, type RawClient } from '@carnet/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mutantOf, testRace, withoutIndex } from '../../helpers/mutants.ts'
import { scanOf } from '../../helpers/scan-desk.ts'
import { sent } from '../../helpers/scan-processes.ts'
import {
  broken,
  countAccepted,
  givenRaceWorld,
  holdTag,
  type RaceWorld,
  shutDoor,
  untilWaiting,
} from '../../helpers/scan-race.ts'
import { type TestVoucher, worldToday } from '../../helpers/scan-world.ts'

let world: RaceWorld
let client: RawClient
beforeAll(async () => {
  world = await givenRaceWorld({ vouchers: 200, venues: 4 })
  client = connectRaw(world.url, { role: 'carnet_scan', maxConnections: 4 })
})
afterAll(() => client.end())

test('a batch that holds a voucher twice is paid once, and its other scans are paid', async () => {
  const [twice, other] = world.takeVouchers(2) as [TestVoucher, TestVoucher]
  const told = await world.phone(0, 0).scans([sent(twice), sent(other), sent(twice)])
  expect(told.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ['accepted', undefined],
    ['accepted', undefined],
    ['refused', 'already_used'],
  ])
})

test('a batch that holds a scan twice gives both the same answer, and pays once', async () => {
  await world.sql`truncate redemptions, scan_receipts`
  const scan = sent(world.takeVoucher())
  const told = await world.phone(0, 0).scans([scan, sent(world.takeVoucher()), scan])
  expect(told.map(({ outcome, now }) => [outcome, now])).toEqual(Array(3).fill(['accepted', 'accepted']))
  expect(told[2]).toEqual(told[0])
  expect(await countAccepted(world.sql)).toBe(2)
})

test('a batch that holds a scan id for two vouchers pays the first of them', async () => {
  const scanId = randomUUID()
  const told = await world.phone(0, 0).scans(world.takeVouchers(2).map((voucher) => sent(voucher, { scanId })))
  expect(told).toMatchObject([{ outcome: 'accepted' }, { outcome: 'refused', reason: 'scan_id_reused' }])
})

const call = (race: RaceWorld, scans: readonly Scan[]) =>
  callRedeemScans(client, [1], worldToday, scans, macsOf(race.keyring, [1], scans))

type Told = Map<string, Answer> | { code: string }
const told = (race: RaceWorld, scans: readonly Scan[]): Promise<Told> =>
  call(race, scans).catch(({ code }: { code: string }) => ({ code }))

/** Should a caller not take doubles apart, as the desk does, nothing is paid twice: the call is undone as a whole. */
const oneCallWithDoubles = (also: (scan: Scan, race: RaceWorld) => Scan) => async (race: RaceWorld) => {
  await race.sql`truncate redemptions, scan_receipts`
  const scan = scanOf(race.takeVoucher(), race.venues[0]!)
  const answers = await told(race, [scan, also(scan, race)])
  const receipts = await race.sql`select 1 from scan_receipts where outcome = 'accepted'`
  const isUndone = 'code' in answers && receipts.length === 0 && (await countAccepted(race.sql)) === 0
  return isUndone ? [] : [`${receipts.length} accepted in one call`]
}

testRace(
  'a call that holds a voucher twice is undone, never answered wrongly',
  () => world,
  oneCallWithDoubles((scan) => ({ ...scan, scanId: randomUUID() })),
  [
    mutantOf('accepted scans are not counted against redemptions', 'redeem_scans', [
      'accepted <> cardinality(spent_tags)',
      'false',
    ]),
  ],
)

testRace(
  'a call that holds a scan id for two vouchers is undone, never answered wrongly',
  () => world,
  oneCallWithDoubles((scan, race) => ({ ...scanOf(race.takeVoucher(), race.venues[0]!), scanId: scan.scanId })),
  [withoutIndex('one_answer_per_scan_p1')],
)

/** Two phones come back from the same day with the same fifty vouchers, one in the order of tags, one in the opposite order. */
function oppositeBatches(race: RaceWorld, vouchers: readonly TestVoucher[]) {
  const byTag = [...vouchers].sort((a, b) => (tagOf(race, a) < tagOf(race, b) ? -1 : 1))
  return [byTag, byTag.toReversed()].map((batch, at) => batch.map((voucher) => scanOf(voucher, race.venues[at]!)))
}
const tagOf = ({ keyring }: RaceWorld, { codeMac }: TestVoucher) => keyring.tag(1, codeMac)!

/** Both come to the middle from their own side and wait there; then each needs what the other holds. */
async function meetingInTheMiddle(race: RaceWorld, vouchers: readonly TestVoucher[]): Promise<string[]> {
  await race.sql`truncate redemptions, scan_receipts`
  const [up, down] = oppositeBatches(race, vouchers) as [Scan[], Scan[]]
  const middle = vouchers.find(({ codeMac }) => codeMac === up[25]!.codeMac)!
  const openDoor = await shutDoor(race.sql, holdTag(race, middle))
  const both = Promise.all([told(race, up), told(race, down)])
  await untilWaiting(race.sql, 2, both)
  await openDoor()
  const failed = (await both).filter((answers) => 'code' in answers)
  return [...failed.map((answers) => `undone: ${JSON.stringify(answers)}`), ...(await violationsOfCount(race))]
}

async function violationsOfCount(race: RaceWorld): Promise<string[]> {
  const accepted = await countAccepted(race.sql)
  return accepted === 50 ? [] : [`${accepted} of 50 vouchers paid`]
}

testRace(
  'two batches with the same vouchers in opposite order do not block each other',
  () => world,
  (race) => meetingInTheMiddle(race, race.vouchers.slice(0, 50)),
  [mutantOf('redemptions are written in the order of arrival', 'redeem_scans', ['     order by j.tag\n', ''])],
)

test('over HTTP, 150 times: all fifty vouchers are paid once, and every scan is answered', async () => {
  const vouchers = world.vouchers.slice(0, 50)
  const deadlocksBefore = await countDeadlocks()
  for (let round = 0; round < 150; round++) {
    await world.sql`truncate redemptions, scan_receipts`
    const batch = vouchers.map((voucher) => sent(voucher))
    const answers = await Promise.all([
      world.phone(0, 0).scans(batch),
      world.phone(1, 1).scans(batch.toReversed().map((scan) => ({ ...scan, scanId: randomUUID() }))),
    ])
    const results = answers.flat()
    expect([...broken(results), ...(await violationsOfCount(world))]).toEqual([])
    expect(results.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(50)
    expect(results.filter(({ reason }) => reason === 'already_used')).toHaveLength(50)
  }
  expect(await countDeadlocks()).toBe(deadlocksBefore)
})

async function countDeadlocks(): Promise<number> {
  const [row] = await world.sql<{ deadlocks: number }[]>`
    select deadlocks::int from pg_stat_database where datname = current_database()`
  return row!.deadlocks
}
