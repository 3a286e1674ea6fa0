import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sealPeriod } from '@carnet/api/sealing/seal-period.ts'
import type { SealingPoint } from '@carnet/api/sealing/sealing-step.ts'
import { beforeAll, expect, test } from 'vitest'
import { type SentScan, sent, type Told } from '../../helpers/scan-processes.ts'
import { broken, givenRaceWorld, type RaceWorld, rollOver, startAfresh } from '../../helpers/scan-race.ts'
import type { TestVoucher } from '../../helpers/scan-world.ts'
import { freezeWithoutMoney } from '../../helpers/sealing.ts'

let world: RaceWorld
beforeAll(async () => {
  world = await givenRaceWorld({ vouchers: 2000, venues: 6 })
})

/** March is frozen, April is closed, May is open, and it is the first day on which March may be sealed. */
async function untilSealingDay(period: number): Promise<void> {
  await rollOver(world)
  await freezeWithoutMoney({ sql: world.sql, clock: { today: '2026-04-03' } }, period)
  await rollOver(world)
}

const spentOf = async (vouchers: readonly TestVoucher[]): Promise<number> => {
  const [row] = await world.sql<{ n: number }[]>`
    select count(*)::int as n from vouchers where is_spent and code_mac = any (${vouchers.map(({ codeMac }) => codeMac)}::uuid[])`
  return row!.n
}

test('a book that was stopped before the sealing and found again after it has no second life', async () => {
  const period = await startAfresh(world)
  const voucher = world.takeVoucher()
  const stop = (isBlocked: boolean) =>
    world.sql`update books set is_blocked = ${isBlocked} where id = ${voucher.bookId}`
  expect(await world.phone(0, 0).scan(sent(voucher))).toMatchObject({ outcome: 'accepted' })
  await stop(true)
  await untilSealingDay(period)
  expect(await world.phone(1, 1).scan(sent(voucher))).toMatchObject({ reason: 'already_used' })
  await sealPeriod(world.operator, period)
  await stop(false)
  for (const server of [0, 1])
    expect(await world.phone(server, 1).scan(sent(voucher))).toMatchObject({
      outcome: 'refused',
      reason: 'already_used',
    })
  expect(await spentOf([voucher])).toBe(1)
})

type Sending = { scan: SentScan; venue: number; voucher: TestVoucher }

/** Scans of the month that is to be sealed: good ones, refused ones, one undone and one withdrawn. */
async function scansOfTheMonth() {
  const accepted: Sending[] = world
    .takeVouchers(200)
    .map((voucher, at) => ({ scan: sent(voucher), venue: at % 6, voucher }))
  const refused: Sending[] = accepted
    .slice(0, 20)
    .map(({ voucher, venue }) => ({ scan: sent(voucher), venue, voucher }))
  const [undone, withdrawn] = world.takeVouchers(2).map((voucher) => ({ scan: sent(voucher), venue: 0, voucher }))
  const all = [...accepted, ...refused, undone!, withdrawn!]
  await world.phone(0, 0).reverse(withdrawn!.scan.scanId)
  const told = new Map<string, Told>()
  for (const { scan, venue } of all) told.set(scan.scanId, await world.phone(venue, venue).scan(scan))
  await world.phone(0, 0).reverse(undone!.scan.scanId)
  told.get(undone!.scan.scanId)!.now = 'reversed'
  return { accepted, all, told }
}

/** The server that seals dies at every point, once each, and takes its time to come back: scans meet every state of the month. */
async function sealWithCrashes(period: number): Promise<SealingPoint[]> {
  const points: SealingPoint[] = []
  const dieOnce = (point: SealingPoint) => {
    if (points.includes(point)) return
    points.push(point)
    throw new Error(point)
  }
  for (;;) {
    try {
      await sealPeriod(world.operator, period, { retryEveryMs: 50, at: dieOnce })
      return points
    } catch (error) {
      if ((error as Error).message !== points.at(-1)) throw error
      await sleep(100)
    }
  }
}

const storyOf = ({ outcome, now, reason }: Told) => JSON.stringify([outcome, now, reason])

test('while a month is sealed, new scans are paid, used vouchers refused, and old scans told their first answer', async () => {
  const period = await startAfresh(world)
  const { accepted, all, told } = await scansOfTheMonth()
  await untilSealingDay(period)
  const violations: string[] = []
  const newlyAccepted: TestVoucher[] = []
  let isSealing = true
  let requests = 0
  const check = (answer: Told, isRight: boolean, what: string) => {
    requests++
    violations.push(...broken([answer]))
    if (!isRight) violations.push(`${what}: ${answer.outcome} ${answer.now} ${answer.reason}`)
  }
  const phones = [0, 1, 2, 3].map(async (number) => {
    for (let round = number; isSealing || round < 40; round += 4) {
      const old = all[(round * 7) % all.length]!
      const replayed = await world.phone(round, old.venue).scan(old.scan)
      check(replayed, storyOf(replayed) === storyOf(told.get(old.scan.scanId)!), 'a replay')
      const used = accepted[(round * 11) % accepted.length]!
      const again = await world.phone(round + 1, round % 6).scan(sent(used.voucher, { day: '2026-03-09' }))
      check(again, again.reason === 'already_used', 'a used voucher')
      if (round < 400) {
        const voucher = world.takeVoucher()
        const late = await world.phone(round, round % 6).scan(sent(voucher, { day: '2026-03-02' }))
        check(late, late.outcome === 'accepted', 'a late upload')
        newlyAccepted.push(voucher)
      }
      const undone = await world.phone(round, used.venue).reverse(used.scan.scanId)
      check(undone, undone.status === 409, 'a reversal of the sealed month')
    }
  })
  const points = await sealWithCrashes(period)
  isSealing = false
  await Promise.all(phones)

  expect(violations).toEqual([])
  expect(requests).toBeGreaterThan(100)
  expect(points).toContain('rows_dropped')
  expect(points.length).toBeGreaterThan(8)
  expect(await spentOf(accepted.map(({ voucher }) => voucher))).toBe(200)
  expect(await spentOf(newlyAccepted)).toBe(0)
  expect(await world.sql`select from redemptions where state = 'accepted'`).toHaveLength(newlyAccepted.length)
})

test('a tombstone that arrives while its month is sealed holds for the scan that comes later', async () => {
  const period = await startAfresh(world)
  const before = randomUUID()
  await world.phone(0, 0).reverse(before)
  await untilSealingDay(period)
  const during = randomUUID()
  const [told] = await Promise.all([
    world.phone(1, 0).reverse(during),
    sealPeriod(world.operator, period, { retryEveryMs: 50 }),
  ])
  expect(told).toMatchObject({ status: 200, now: 'withdrawn' })
  for (const scanId of [before, during])
    expect(await world.phone(0, 0).scan(sent(world.takeVoucher(), { scanId }))).toMatchObject({
      outcome: 'refused',
      reason: 'withdrawn',
    })
})
