import { beforeAll, expect, test } from 'vitest'
import { attackAll, betterThanChance, digestAttacks, quantileOfChance } from '../../helpers/attacks.ts'
import { givenStolenData } from '../../helpers/stolen-data.ts'

const books = 400
const scans = 2000

let stolen: Awaited<ReturnType<typeof givenStolenData>>
beforeAll(async () => {
  stolen = await givenStolenData({ books, scans })
})

test('a thief of the database, an old backup, today’s keyring and all codes links no better than by guessing', async () => {
  const attacks = await attackAll(stolen.thief, stolen.truth)
  expect(attacks.length).toBeGreaterThan(100)
  expect(betterThanChance(attacks)).toEqual([])
})

test('with the destroyed key he would link every single scan', async () => {
  const attacks = await digestAttacks({ ...stolen.thief, keyringRoot: stolen.oldKeyring }, stolen.truth)
  const best = attacks.filter(({ hits }) => hits === scans).map(({ name }) => name)
  const attacksOf = (copy: string) => [
    `receipts are digests of codes, ${copy}/periods/1.key`,
    `tags are digests of codes, ${copy}/periods/1.key`,
  ]
  expect(best.sort()).toEqual([...attacksOf('one'), ...attacksOf('two')].sort())
})

test('sealed, the database holds no scan, and every voucher carries the mark of one and the same transaction', async () => {
  const { today } = stolen.thief
  expect(await today`select from redemptions`).toHaveLength(0)
  expect(await today`select from scan_receipts`).toHaveLength(0)
  expect(await today`select count(*)::int as n from vouchers where is_spent`).toEqual([{ n: scans }])
  expect(await today`select count(distinct xmin::text)::int as n from vouchers`).toEqual([{ n: 1 }])
})

test('until the sealing no voucher was written or locked; the sealing wrote each of them once', async () => {
  expect(stolen.writes).toEqual({ before: 0, after: books * 10 })
  for (const copy of [stolen.thief.backup, stolen.thief.today])
    expect(await copy`select count(*)::int as n from vouchers where xmax::text <> '0'`).toEqual([{ n: 0 }])
})

test('chance is what it is said to be', () => {
  expect(quantileOfChance(1, 0.001)).toBe(5)
  expect(quantileOfChance(17, 0.001)).toBe(31)
  expect(quantileOfChance(0, 0.001)).toBe(0)
})
