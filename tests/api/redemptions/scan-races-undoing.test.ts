import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { type Mutant, mutantOf, testRace, together, withoutIndex } from '../../helpers/mutants.ts'
import { sent } from '../../helpers/scan-processes.ts'
import {
  broken,
  countAccepted,
  countWaiting,
  givenRaceWorld,
  holdTag,
  type RaceWorld,
  shutDoor,
  untilWaiting,
} from '../../helpers/scan-race.ts'
import type { TestVoucher } from '../../helpers/scan-world.ts'

let world: RaceWorld
beforeAll(async () => {
  world = await givenRaceWorld({ vouchers: 300, venues: 20 })
})

const scanIdLock = 'perform pg_advisory_xact_lock(7202, uuid_hash(p_scan_id));'
const reversalsDoNotWait = mutantOf('a reversal does not wait for its scan', 'reverse_scan', [scanIdLock, ''])
const correctionsDoNotWait = mutantOf('a correction does not wait for a reversal', 'correct_scan', [scanIdLock, ''])
const manyReceipts = withoutIndex('one_answer_per_scan_p1')

test('a scan that was undone frees its voucher, for any venue, once', async () => {
  const voucher = world.takeVoucher()
  const scan = sent(voucher)
  const [first, second, third] = [world.phone(0, 0), world.phone(1, 1), world.phone(0, 2)]
  await first.scan(scan)
  expect(await first.reverse(scan.scanId)).toMatchObject({ status: 200, now: 'reversed' })
  expect(await first.reverse(scan.scanId)).toMatchObject({ status: 200, now: 'reversed' })
  expect(await second.scan(sent(voucher))).toMatchObject({ outcome: 'accepted', now: 'accepted' })
  expect(await third.scan(sent(voucher))).toMatchObject({ outcome: 'refused', reason: 'already_used' })
  expect(await first.scan(scan)).toMatchObject({ outcome: 'accepted', now: 'reversed' })
})

test('undoing a scan a second time does not undo what another venue scanned since', async () => {
  const voucher = world.takeVoucher()
  const [scan, later] = [sent(voucher), sent(voucher)]
  await world.phone(0, 0).scan(scan)
  await world.phone(0, 0).reverse(scan.scanId)
  await world.phone(1, 1).scan(later)
  expect(await world.phone(0, 0).reverse(scan.scanId)).toMatchObject({ status: 200, now: 'reversed' })
  expect(await world.phone(1, 1).story(later.scanId)).toMatchObject({ outcome: 'accepted', now: 'accepted' })
})

test('a service is not corrected after its scan was undone', async () => {
  const scan = sent(world.takeVoucher())
  await world.phone(0, 0).scan(scan)
  expect(await world.phone(1, 0).correct(scan.scanId, 'A02')).toMatchObject({ status: 200, outcome: 'accepted' })
  await world.phone(0, 0).reverse(scan.scanId)
  expect(await world.phone(1, 0).correct(scan.scanId, 'A03')).toMatchObject({ status: 409, code: 'scan_was_reversed' })
})

test('a reversal that comes before its scan withdraws it, and the voucher stays good', async () => {
  const voucher = world.takeVoucher()
  const scan = sent(voucher)
  expect(await world.phone(0, 0).reverse(scan.scanId)).toMatchObject({ status: 200, now: 'withdrawn' })
  expect(await world.phone(1, 0).scan(scan)).toMatchObject({ outcome: 'refused', reason: 'withdrawn' })
  expect(await world.phone(1, 0).scan(scan)).toMatchObject({ outcome: 'refused', reason: 'withdrawn' })
  expect(await world.phone(1, 1).scan(sent(voucher))).toMatchObject({ outcome: 'accepted' })
})

test('twenty phones that undo one scan at once undo it once', async () => {
  await world.sql`truncate redemptions, scan_receipts`
  const scan = sent(world.takeVoucher())
  await world.phone(0, 0).scan(scan)
  const told = await Promise.all(Array.from({ length: 20 }, (_, at) => world.phone(at, 0).reverse(scan.scanId)))
  expect(told.map(({ status, now }) => [status, now])).toEqual(Array(20).fill([200, 'reversed']))
  expect(await world.sql`select state from redemptions`).toEqual([{ state: 'reversed' }])
})

/**
 * While a first reversal and another venue's scan of the freed voucher are about to be seen, `act` arrives. It must see them:
 * what it then does is for the scan it names and not for the other venue's. The door shuts after the receipt is read.
 */
const withVoucherScannedElsewhere =
  (act: (race: RaceWorld, scanId: string) => Promise<{ status: number }>) => async (race: RaceWorld) => {
    await race.sql`truncate redemptions, scan_receipts`
    const [voucher, own, elsewhere] = [race.takeVoucher(), randomUUID(), randomUUID()]
    await race.phone(0, 0).scan(sent(voucher, { scanId: own }))
    const openDoor = await shutDoor(race.sql, async (tx) => {
      await tx`select reverse_scan('{1}', ${own}, ${race.keyring.answerMac(own)}, ${race.venues[0]!.organisationId}, ${race.venues[0]!.id}, false)`
      await tx.unsafe(scanElsewhere(race, voucher, elsewhere))
      await tx`lock table venues`
    })
    const answer = act(race, own)
    await untilWaiting(race.sql, 1, answer)
    await openDoor('commit')
    const told = await answer
    const rows = await race.sql`select service_code as service from redemptions where state = 'accepted'`
    const isUntouched = rows.length === 1 && rows[0]!.service === 'A01'
    return [...broken([told]), ...(isUntouched ? [] : [`the other venue’s scan became ${JSON.stringify(rows)}`])]
  }

/** The same call as the desk makes, inside the transaction that holds the door. */
function scanElsewhere({ keyring, venues }: RaceWorld, voucher: TestVoucher, scanId: string): string {
  const one = (value: string) => `array['${value}']`
  const { id, deviceId } = venues[1]!
  return `select redeem_scans('{1}', '2026-03-10', ${one(scanId)}::uuid[], ${one(deviceId)}::uuid[], ${one(id)}::uuid[], ${one(voucher.codeMac)}::uuid[],
    '{A01}', '{2026-03-10}', '{false}', '{0}', '{false}', ${one(keyring.tag(1, voucher.codeMac)!)}::uuid[], '{null}', '{null}',
    ${one(randomUUID())}::uuid[], '{null}', '{null}', ${one(keyring.answerMac(scanId))}::uuid[])`
}

testRace(
  'a reversal that arrives twice never undoes the scan of another venue',
  () => world,
  withVoucherScannedElsewhere((race, scanId) => race.phone(1, 0).reverse(scanId)),
  [reversalsDoNotWait],
)

testRace(
  'a correction that meets a reversal never changes the scan of another venue',
  () => world,
  withVoucherScannedElsewhere((race, scanId) => race.phone(1, 0).correct(scanId, 'A02')),
  [correctionsDoNotWait],
)

/** The reversal overtakes its scan, or comes right behind it, while the scan is being written. */
async function reversalMeetsItsScan(race: RaceWorld): Promise<string[]> {
  await race.sql`truncate redemptions, scan_receipts`
  const voucher = race.takeVoucher()
  const scan = sent(voucher)
  const openDoor = await shutDoor(race.sql, holdTag(race, voucher))
  const scanned = race.phone(0, 0).scan(scan)
  await untilWaiting(race.sql, 1, scanned, 'redeem_scans')
  const undone = race.phone(1, 0).reverse(scan.scanId)
  await untilWaiting(race.sql, 1, undone, 'reverse_scan')
  await openDoor()
  return violationsOfTwoAnswers(race, await scanned, await undone)
}

async function violationsOfTwoAnswers(
  race: RaceWorld,
  scanned: { status: number; outcome?: string; reason?: string },
  undone: { status: number; now?: string },
) {
  const isUndone = scanned.outcome === 'accepted' && undone.now === 'reversed'
  const isWithdrawn = scanned.reason === 'withdrawn' && undone.now === 'withdrawn'
  const rows = await countAccepted(race.sql)
  return [
    ...broken([scanned, undone]),
    ...(isUndone || isWithdrawn ? [] : [`the scan ${scanned.outcome} ${scanned.reason}, its reversal ${undone.now}`]),
    ...(rows === 0 ? [] : ['it is still to be paid']),
  ]
}

const accepting: Mutant = together('a scan is accepted although it was withdrawn', reversalsDoNotWait, manyReceipts)
testRace('a reversal and its scan at once: one story, and nothing to pay', () => world, reversalMeetsItsScan, [
  reversalsDoNotWait,
  accepting,
])

test('a reversal and its scan at once, a hundred times without help: one story, and nothing to pay', async () => {
  for (let round = 0; round < 100; round++) {
    const scan = sent(world.takeVoucher())
    await world.sql`truncate redemptions, scan_receipts`
    const [scanned, undone] = await Promise.all([
      world.phone(round, 0).scan(scan),
      world.phone(round + 1, 0).reverse(scan.scanId),
    ])
    expect(await violationsOfTwoAnswers(world, scanned, undone)).toEqual([])
  }
})

/** Two reversals of a scan that never came. The first has written its tombstone and is not yet to be seen. */
async function twoTombstones(race: RaceWorld): Promise<string[]> {
  await race.sql`truncate redemptions, scan_receipts`
  const scanId = randomUUID()
  const openDoor = await shutDoor(
    race.sql,
    (tx) =>
      tx`select reverse_scan('{1}', ${scanId}, ${race.keyring.answerMac(scanId)}, ${race.venues[0]!.organisationId}, ${race.venues[0]!.id}, false)`,
  )
  const undone = race.phone(1, 0).reverse(scanId)
  await untilWaiting(race.sql, 1, undone)
  await openDoor('commit')
  const told = await undone
  return [...broken([told]), ...(told.now === 'withdrawn' ? [] : [`the second was told ${told.now}`])]
}

testRace('two reversals of a scan that never came withdraw it once', () => world, twoTombstones, [reversalsDoNotWait])

test('nobody waits for a lock at the end', async () => {
  expect(await countWaiting(world.sql)).toBe(0)
})
