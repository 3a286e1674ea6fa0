import { randomUUID } from 'node:crypto'
import { beforeAll } from 'vitest'
import { mutantOf, testRace, together, withoutIndex } from '../../helpers/mutants.ts'
import { sent, type Told } from '../../helpers/scan-processes.ts'
import {
  broken,
  countAccepted,
  givenRaceWorld,
  holdReceipts,
  holdTag,
  type RaceWorld,
  shutDoor,
  untilWaiting,
} from '../../helpers/scan-race.ts'

let world: RaceWorld
beforeAll(async () => {
  world = await givenRaceWorld({ vouchers: 600, venues: 20 })
})

const scanIdLock =
  'perform pg_advisory_xact_lock(7202, k.h) from (select distinct uuid_hash(s) h from unnest(p_scan_ids) s order by 1) k;'
const noScanIdLock = mutantOf('copies of a scan do not wait for each other', 'redeem_scans', [scanIdLock, ''])
const manyRedemptions = withoutIndex('one_accepted_redemption_per_voucher_p1')
const manyReceipts = withoutIndex('one_answer_per_scan_p1')

/** Scans of one voucher from so many venues at once. With the door shut, all have judged before one has written. */
const scansOfOneVoucher = (venues: number, isDoorShut: boolean) => async (race: RaceWorld) => {
  await race.sql`truncate redemptions, scan_receipts`
  const voucher = race.takeVoucher()
  const scans = Array.from({ length: venues }, () => sent(voucher))
  const openDoor = isDoorShut && (await shutDoor(race.sql, holdReceipts(scans.map(({ scanId }) => scanId))))
  const answers = Promise.all(scans.map((scan, at) => race.phone(at, at).scan(scan)))
  if (openDoor) {
    await untilWaiting(race.sql, 2, answers)
    await openDoor()
  }
  const told = await answers
  return [...broken(told), ...violationsOfOnePayment(told), ...(await violationsOfRows(race, 1))]
}

function violationsOfOnePayment(told: readonly Told[]): string[] {
  const accepted = told.filter(({ outcome }) => outcome === 'accepted').length
  const used = told.filter(({ reason }) => reason === 'already_used').length
  return accepted === 1 && used === told.length - 1
    ? []
    : [`accepted ${accepted}, already used ${used} of ${told.length}`]
}

async function violationsOfRows(race: RaceWorld, expected: number): Promise<string[]> {
  const rows = await countAccepted(race.sql)
  return rows === expected ? [] : [`${rows} redemptions instead of ${expected}`]
}

async function rounds(count: number, round: () => Promise<string[]>): Promise<string[]> {
  const found: string[] = []
  for (let at = 0; at < count; at++) found.push(...(await round()))
  return found
}

const twoVenues = async (race: RaceWorld) => [
  ...(await scansOfOneVoucher(2, true)(race)),
  ...(await rounds(10, () => scansOfOneVoucher(2, false)(race))),
]
const twentyVenues = async (race: RaceWorld) => [
  ...(await scansOfOneVoucher(20, true)(race)),
  ...(await rounds(10, () => scansOfOneVoucher(20, false)(race))),
]

testRace('of two venues that scan one voucher at the same moment, one is paid', () => world, twoVenues, [
  manyRedemptions,
])
testRace('of twenty venues that scan one voucher at the same moment, one is paid', () => world, twentyVenues, [
  manyRedemptions,
])

/** The first twenty copies of one scan: nobody has answered it yet. */
async function copiesOfOneScan(race: RaceWorld): Promise<string[]> {
  await race.sql`truncate redemptions, scan_receipts`
  const scan = sent(race.takeVoucher())
  const voucher = race.vouchers.find(({ qr }) => qr === scan.code)!
  const openDoor = await shutDoor(race.sql, holdTag(race, voucher))
  const answers = Promise.all(Array.from({ length: 20 }, (_, at) => race.phone(at, 0).scan(scan)))
  await untilWaiting(race.sql, 2, answers)
  await openDoor()
  const told = await answers
  const others = told.filter(({ outcome, now }) => outcome !== 'accepted' || now !== 'accepted')
  return [
    ...broken(told),
    ...others.map(({ outcome, reason }) => `a copy was told ${outcome} ${reason}`),
    ...(await violationsOfRows(race, 1)),
  ]
}

testRace(
  'twenty copies of one scan that arrive at once are all told the same',
  () => world,
  (race) => rounds(5, () => copiesOfOneScan(race)),
  [noScanIdLock, together('two stories of one scan', noScanIdLock, manyReceipts)],
)

/** A broken phone: one scan id for ten vouchers. */
async function bodiesOfOneScanId(race: RaceWorld): Promise<string[]> {
  await race.sql`truncate redemptions, scan_receipts`
  const scanId = randomUUID()
  const vouchers = race.takeVouchers(10)
  const scans = vouchers.map((voucher) => sent(voucher, { scanId }))
  const openDoor = await shutDoor(race.sql, async (tx) => {
    for (const voucher of vouchers) await holdTag(race, voucher)(tx)
  })
  const answers = Promise.all(scans.map((scan, at) => race.phone(at, 0).scan(scan)))
  await untilWaiting(race.sql, 2, answers)
  await openDoor()
  const told = await answers
  const accepted = told.filter(({ outcome }) => outcome === 'accepted').length
  const reused = told.filter(({ reason }) => reason === 'scan_id_reused').length
  return [
    ...broken(told),
    ...(accepted === 1 && reused === 9 ? [] : [`accepted ${accepted}, refused as re-used ${reused}`]),
    ...(await violationsOfRows(race, 1)),
  ]
}

testRace(
  'one scan id used for ten vouchers at once pays one of them',
  () => world,
  (race) => rounds(3, () => bodiesOfOneScanId(race)),
  [noScanIdLock, together('ten payments for one scan', noScanIdLock, manyReceipts)],
)
