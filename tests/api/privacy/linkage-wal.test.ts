import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { attackAll, betterThanChance, digestAttacks } from '../../helpers/attacks.ts'
import { contestAttacks } from '../../helpers/contest-attack.ts'
import { countFound } from '../../helpers/found-bytes.ts'
import { mutantOf } from '../../helpers/mutants.ts'
import { givenStolenWal } from '../../helpers/stolen-wal.ts'
import { besideAttack, orderAttacks, recordsOf, whereRowsAre } from '../../helpers/wal-records.ts'

/* A backup from before the first scan and the whole write-ahead log since, after the month was sealed. */

const scans = 300
const beforeWriting = '  -- In the order of tags,'
const lock = 'perform 1 from vouchers v where v.code_mac = any (p_code_macs) for key share;'
const mutant = mutantOf('the voucher is locked', 'redeem_scans', [beforeWriting, `${lock}\n${beforeWriting}`])

let stolen: Awaited<ReturnType<typeof givenStolenWal>>
beforeAll(async () => {
  stolen = await givenStolenWal({ books: 60, scans, mutant })
}, 120_000)

test('the thief makes the server as it was on the eve of the sealing, with every scan in it', async () => {
  const { backup, today } = stolen.thief
  expect(await backup`select count(*)::int as n from redemptions where state = 'accepted'`).toEqual([{ n: scans }])
  expect(await today`select count(*)::int as n from redemptions`).toEqual([{ n: 0 }])
})

test('with today’s keyring and all codes he links no better than by guessing', async () => {
  const { thief, truth, log, sealing, places } = stolen
  const rows = await whereRowsAre(thief.backup)
  const attacks = [
    ...(await attackAll(thief, truth)),
    besideAttack(log, places, truth),
    ...orderAttacks({ log, sealing, places, rows }, truth),
  ]
  expect(attacks.length).toBeGreaterThan(100)
  expect(attacks.filter(({ name }) => name.includes('the log')).length).toBeGreaterThan(2)
  expect(recordsOf(sealing, ['vouchers']).length).toBeGreaterThan(600)
  expect(betterThanChance(attacks)).toEqual([])
})

test('with the destroyed key he links every single scan', async () => {
  const { thief, truth, oldKeyring } = stolen
  const attacks = await digestAttacks({ ...thief, keyringRoot: oldKeyring }, truth)
  expect(attacks.filter(({ hits }) => hits === scans).map(({ name }) => name)).toContain(
    'tags are digests of codes, one/periods/1.key',
  )
})

test('a contest, answered or not, leads to no voucher either; with the destroyed key to every one', async () => {
  const { thief, contested, oldKeyring } = stolen
  const attacks = await contestAttacks(thief, contested)
  expect(contested.size).toBe(scans / 10)
  expect(attacks.length).toBeGreaterThan(50)
  expect(betterThanChance(attacks)).toEqual([])
  const then = betterThanChance(await contestAttacks({ ...thief, keyringRoot: oldKeyring }, contested))
  expect(then.map(({ hits }) => hits)).toEqual([contested.size, contested.size])
})

test('scans write not one line about vouchers or books, nor about their indexes', () => {
  expect(recordsOf(stolen.log, ['vouchers', 'books'])).toEqual([])
  expect(recordsOf(stolen.log, ['redemptions']).length).toBeGreaterThanOrEqual(scans)
})

test('had a scan locked its voucher, the log would name it beside the scan, every time', () => {
  const { weak, places } = stolen
  expect(besideAttack(weak.log, { ...places, redemptions: weak.rows.redemptions }, weak.truth).hits).toBe(scans / 3)
})

test('no code is in the log in any form; the search sees the tags of the scans in it', () => {
  const { thief, truth, log, segments } = stolen
  const files = readdirSync(segments).filter((name) => /^[0-9A-F]{24}$/.test(name))
  const wal = files.map((name) => readFileSync(join(segments, name)))
  const codes = thief.codes.flatMap(({ code, typed, qr }) => [Buffer.from(code), Buffer.from(typed), Buffer.from(qr)])
  expect(countFound(wal, codes)).toBe(0)
  const tags = [...truth.values()].map((tag) => Buffer.from(tag, 'hex'))
  expect(
    countFound(
      log.map(({ bytes }) => bytes),
      tags,
    ),
  ).toBe(scans)
})
