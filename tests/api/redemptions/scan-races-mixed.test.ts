import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sealPeriod } from '@carnet/api/sealing/seal-period.ts'
import { beforeAll, expect, test } from 'vitest'
import { type Mutant, mutantOf } from '../../helpers/mutants.ts'
import { groupBy, type ScanHistory, violationsOfHistory } from '../../helpers/scan-model.ts'
import { sent } from '../../helpers/scan-processes.ts'
import { givenRaceWorld, type RaceWorld, rollOver, startAfresh } from '../../helpers/scan-race.ts'
import type { TestVoucher } from '../../helpers/scan-world.ts'
import { freezeWithoutMoney } from '../../helpers/sealing.ts'

const venues = 6
const phones = 12
let world: RaceWorld
beforeAll(async () => {
  world = await givenRaceWorld({ vouchers: 500, venues })
})

const pick = <Item>(items: readonly Item[]): Item => items[randomInt(items.length)]!
const shuffled = <Item>(items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, at: randomInt(2 ** 32) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)

/** What phones do, at random and without waiting for each other, until it is over. */
async function usePhone(
  race: RaceWorld,
  vouchers: readonly TestVoucher[],
  histories: ScanHistory[],
  isOver: () => boolean,
) {
  const newScan = (): ScanHistory => {
    const voucher = pick(vouchers)
    const history = {
      scan: sent(voucher, { service: pick(['A01', 'A02', 'A03']) }),
      venue: randomInt(venues),
      voucher,
      told: [],
      undone: [],
    }
    histories.push(history)
    return history
  }
  const send = async (batch: readonly ScanHistory[]) => {
    const results = await race.phone(randomInt(2), batch[0]!.venue).scans(batch.map(({ scan }) => scan))
    for (const [at, told] of results.entries()) batch[at]!.told.push(told)
  }
  const undo = async (history: ScanHistory) => {
    history.undone.push(await race.phone(randomInt(2), history.venue).reverse(history.scan.scanId))
  }
  while (!isOver()) {
    const die = randomInt(100)
    const former = histories.length > 0 ? pick(histories.slice(-200)) : newScan()
    if (die < 35) await send([newScan()])
    else if (die < 50) await send(sameVenue(Array.from({ length: randomInt(2, 20) }, newScan)))
    else if (die < 65) await send([former])
    else if (die < 72) await send([former, former])
    else if (die < 88) await undo(pickGreen(histories) ?? former)
    else if (die < 92) await Promise.all([undo(former), send([former]), undo(former)])
    else if (die < 96) await undo(newScan())
    else await race.phone(randomInt(2), former.venue).correct(former.scan.scanId, 'A03')
  }
}

/** A scan of late that was paid and nobody undid: its voucher is in many hands. */
function pickGreen(histories: readonly ScanHistory[]): ScanHistory | undefined {
  const green = histories
    .slice(-500)
    .filter(({ told, undone }) => told[0]?.outcome === 'accepted' && undone.length === 0)
  return green.length > 0 ? pick(green) : undefined
}

function sameVenue(batch: ScanHistory[]): ScanHistory[] {
  for (const history of batch) history.venue = batch[0]!.venue
  return batch
}

/** Two months' ends and one sealing while the phones work. */
async function liveThroughMonths(race: RaceWorld, first: number, lastMs: number): Promise<void> {
  await sleep(lastMs / 4)
  await rollOver(race)
  await sleep(lastMs / 4)
  await freezeWithoutMoney({ sql: race.sql, clock: { today: '2026-04-03' } }, first)
  await rollOver(race)
  await sleep(lastMs / 4)
  await sealPeriod(race.operator, first, { retryEveryMs: 50 })
  await sleep(lastMs / 4)
}

async function stressFor(race: RaceWorld, lastMs: number, voucherCount: number) {
  const vouchers = race.takeVouchers(voucherCount)
  const histories: ScanHistory[] = []
  let isOver = false
  const months = liveThroughMonths(race, await startAfresh(race), lastMs).finally(() => {
    isOver = true
  })
  await Promise.all(Array.from({ length: phones }, () => usePhone(race, vouchers, histories, () => isOver)))
  await months
  await readAllAgain(race, histories)
  return { histories, violations: violationsOfHistory(histories, await readKept(race, vouchers)) }
}

/** When all is quiet every phone sends again all it ever sent. */
async function readAllAgain(race: RaceWorld, histories: readonly ScanHistory[]): Promise<void> {
  for (const [venue, all] of groupBy(histories, (history) => history.venue))
    for (let at = 0; at < all.length; at += 50) {
      const batch = shuffled(all.slice(at, at + 50))
      const results = await race.phone(at / 50, venue).scans(batch.map(({ scan }) => scan))
      for (const [index, told] of results.entries()) batch[index]!.told.push(told)
    }
}

async function readKept({ sql, keyring }: RaceWorld, vouchers: readonly TestVoucher[]) {
  const rows = await sql<{ period_id: number; tag: string; n: number }[]>`
    select period_id, replace(tag::text, '-', '') as tag, count(*)::int as n from redemptions where state = 'accepted' group by 1, 2`
  const accepted = new Map(rows.map(({ period_id, tag, n }) => [`${period_id} ${tag}`, n]))
  const spent = new Set(
    (await sql`select replace(code_mac::text, '-', '') as mac from vouchers where is_spent`).map(
      ({ mac }) => mac as string,
    ),
  )
  const periods = keyring.listPeriodKeys()
  const known = new Map(
    vouchers.map(({ codeMac }) => [
      codeMac,
      {
        accepted: periods.reduce((sum, id) => sum + (accepted.get(`${id} ${keyring.tag(id, codeMac)}`) ?? 0), 0),
        isSpent: spent.has(codeMac),
      },
    ]),
  )
  return ({ codeMac }: TestVoucher) => known.get(codeMac)!
}

test('ten seconds of everything at once, over two month’s ends and a sealing: green is never lost and never paid twice', async () => {
  const { histories, violations } = await stressFor(world, 10_000, 300)
  expect(violations).toEqual([])
  const accepted = histories.filter(({ told }) => told[0]?.outcome === 'accepted').length
  expect(histories.length).toBeGreaterThan(500)
  expect(accepted).toBeGreaterThan(100)
})

const mutants: Mutant[] = [
  mutantOf('scans do not look at older months', 'judge_scans', [
    'where r.period_id = p_older_1',
    'where false and r.period_id = p_older_1',
  ]),
  mutantOf('a receipt of an older month is not looked for', 'redeem_scans', [
    'r.period_id in (open_period, older_period_1, older_period_2)',
    'r.period_id = open_period',
  ]),
  mutantOf('a reversal is not remembered', 'reverse_scan', ['set is_reversed = true', 'set is_reversed = false']),
]

for (const mutant of mutants)
  test(`the same notices when ${mutant.name}`, async () => {
    const mend = await mutant.apply(world.sql)
    const { violations } = await stressFor(world, 2_000, 60).finally(mend)
    expect(violations).not.toEqual([])
  })
