import { setTimeout as wait } from 'node:timers/promises'
import { sealPeriod } from '@carnet/api/sealing/seal-period.ts'
import type { SealingPoint } from '@carnet/api/sealing/sealing-step.ts'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { givenFrozenMarch } from '../../helpers/frozen-march.ts'
import {
  copyKeyring,
  readOutcome,
  type SealingWorld,
  scanAll,
  startOnBackup,
  startProcess,
  takeBackup,
} from '../../helpers/sealing.ts'

test('a sealing that crashes at every point, once each, ends like one that never crashed', async () => {
  const { world } = await givenFrozenMarch()
  const backup = await takeBackup(world)
  const other = startOnBackup(world, backup, copyKeyring(world))
  const smooth = startOnBackup(world, await takeBackup(other), copyKeyring(world))

  const survived = new Set<string>()
  let crashes = 0
  const crashOnce = (point: SealingPoint) => {
    const times = [...survived].filter((name) => name.startsWith(point)).length
    // Points inside a loop crash at each of its turns.
    const name = `${point} ${times}`
    if (times >= (/^(campaign|spent)/.test(point) ? 2 : 1)) return
    survived.add(name)
    crashes++
    throw new Error(`killed after ${name}`)
  }
  for (let run = 0; run < 40; run++) {
    const process = { ...startProcess(other), campaigns: world.campaigns, venues: world.venues, people: world.people }
    const isDone = await sealPeriod(process.operator, 1, { at: crashOnce }).then(
      () => true,
      (error: Error) => !/^killed/.test(error.message) && Promise.reject(error),
    )
    if (isDone) break
  }
  await sealPeriod(smooth.operator, 1)

  expect(crashes).toBeGreaterThanOrEqual(10)
  other.keyring.reread()
  expect(await readOutcome(other)).toEqual(await readOutcome(smooth))
})

test('behind a long reader sealing waits and tries again, and scans go on', async () => {
  const { world, large } = await givenFrozenMarch()
  const reader = postgres(world.url, { max: 1 })
  let isReading = true
  const report = reader.begin('isolation level repeatable read', async (tx) => {
    await tx`select count(*) from redemptions`
    await wait(2500)
    isReading = false
  })
  const sealing = sealPeriod(world.operator, 1, { retryEveryMs: 300 })
  let longestMs = 0
  for (const voucher of large.vouchers.slice(120, 150)) {
    if (!isReading) break
    const started = performance.now()
    expect((await scanAll(world, [voucher]))[0]!.answer.outcome).toBe('accepted')
    longestMs = Math.max(longestMs, performance.now() - started)
    await wait(60)
  }
  expect((await sealing).state).toBe('sealed')
  await report
  await reader.end()
  expect(longestMs).toBeLessThan(1500)
})

test('a reader that never ends makes sealing give up, and the next call goes on', async () => {
  const { world } = await givenFrozenMarch()
  const reader = postgres(world.url, { max: 1 })
  await reader.unsafe('begin')
  await reader`select count(*) from redemptions`
  await expect(sealPeriod(world.operator, 1, { retryEveryMs: 50, giveUpAfterMs: 100 })).rejects.toMatchObject({
    code: 'sealing_waits',
  })
  await reader.end()
  expect((await sealPeriod(world.operator, 1)).state).toBe('sealed')
})

test('while a period is being sealed, scans, late uploads and replays of it are each answered once and for all', async () => {
  const { world, scans, large } = await givenFrozenMarch({ campaigns: [{ books: 60 }] })
  const other: SealingWorld = { ...world, ...startProcess(world) }
  const free = large.vouchers.slice(120, 600)
  let isSealed = false
  const outcomes: { codeMac: string; outcome: string }[] = []

  const scanEach = async (process: SealingWorld, first: number) => {
    for (let at = first; at < free.length && !(isSealed && at > free.length / 2); at += 1) {
      const [late] = await scanAll(process, [free[at]!])
      outcomes.push({ codeMac: late!.voucher.codeMac, outcome: late!.answer.outcome })
    }
  }
  const replayEach = async (process: SealingWorld) => {
    for (let at = 0; !isSealed || at < 60; at = (at + 7) % scans.length) {
      const [first] = await process.desk.redeem([scans[at]!.scan])
      expect(first).toMatchObject({ outcome: 'accepted' })
      const [second] = await scanAll(process, [scans[at]!.voucher])
      expect(second!.answer).toMatchObject({ outcome: 'refused', reason: 'already_used' })
      if (isSealed && at >= 60) break
    }
  }
  await Promise.all([
    sealPeriod(world.operator, 1).then(async () => {
      await wait(300)
      isSealed = true
    }),
    ...[world, other].flatMap((process) => [scanEach(process, 0), scanEach(process, 0), replayEach(process)]),
  ])

  const accepted = outcomes.filter(({ outcome }) => outcome === 'accepted').map(({ codeMac }) => codeMac)
  expect(new Set(accepted).size).toBe(accepted.length)
  const [counts] = await world.sql`select (select count(*)::int from vouchers where is_spent) as spent,
    (select count(*)::int from redemptions where state = 'accepted') as live, (select sum(redemptions)::int from whitelist_counts where "table" = 'R5_commune_year') as counted`
  expect(counts).toEqual({ spent: 120, live: accepted.length, counted: 120 })
})

test('another process forgets the key when it next reads the keyring', async () => {
  const { world } = await givenFrozenMarch()
  const other = startProcess(world)
  expect(other.keyring.hasPeriodKey(1)).toBe(true)
  await sealPeriod(world.operator, 1)
  other.keyring.reread()
  expect(other.keyring.hasPeriodKey(1)).toBe(false)
})
