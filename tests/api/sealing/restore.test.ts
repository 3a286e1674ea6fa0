import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createKeyring } from '@carnet/api/keyring/keyring.ts'
import { readGeneration } from '@carnet/api/periods/generation.ts'
import { rollPeriod } from '@carnet/api/periods/open-period.ts'
import { freezePeriod } from '@carnet/api/sealing/freeze-period.ts'
import { reconcileKeyring } from '@carnet/api/sealing/reconcile-keyring.ts'
import { runDueSteps } from '@carnet/api/sealing/run-due-steps.ts'
import { sealPeriod } from '@carnet/api/sealing/seal-period.ts'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import {
  createKeyringRoot,
  freezeWithoutMoney,
  givenMoney,
  givenSealingWorld,
  nextMonth,
  readOutcome,
  type SealingWorld,
  scanAll,
  startOnBackup,
  startProcess,
  takeBackup,
} from '../../helpers/sealing.ts'

/** Scans in March, a backup, more scans, April, and March sealed. */
async function givenSealedAfterBackup(options: Parameters<typeof givenSealingWorld>[0] = {}) {
  const world = await givenSealingWorld({ campaigns: [{ books: 15 }, { books: 6 }], ...options })
  const [first, second] = world.campaigns as [SealingWorld['campaigns'][0], SealingWorld['campaigns'][0]]
  const before = await scanAll(world, [...first.vouchers.slice(0, 60), ...second.vouchers.slice(0, 12)])
  const backup = await takeBackup(world)
  const after = await scanAll(world, first.vouchers.slice(60, 100))
  await nextMonth(world, '2026-04-01')
  await freezeWithoutMoney(world, 1)
  const lost = await scanAll(world, second.vouchers.slice(12, 30))
  world.clock.today = '2026-05-01'
  await sealPeriod(world.operator, 1)
  return { world, backup, before, after, lost, first, second }
}

const outcomes = (scans: { answer: { outcome: string; reason: string | null } }[]) => [
  ...new Set(scans.map(({ answer }) => answer.reason ?? answer.outcome)),
]
const wasNotRetried = (value: string) => expect(value).not.toContain('retry')

test('a backup from before a sealing accepts nothing twice, counts the same, and scans flow again', async () => {
  const { world, backup, before, after, lost, first } = await givenSealedAfterBackup()
  const sealed = await readOutcome(world)
  const generation = await readGeneration(world.operator)
  const restored = startOnBackup(world, backup)

  const told = await reconcileKeyring(restored.operator)

  expect(told).toMatchObject({ isRestored: true, sealedFromRecords: [1], forgotten: [2], freshPeriod: 3 })
  expect(told.respentCampaigns.sort()).toEqual(world.campaigns.map(({ id }) => id).sort())
  const now = await readOutcome(restored)
  expect(now.cells).toEqual(sealed.cells)
  expect(now.spent).toEqual(sealed.spent)
  expect(now.sealed).toEqual(sealed.sealed)
  expect(now.tables.map(({ relname }) => relname)).toEqual(['redemptions_p3', 'scan_receipts_p3'])
  expect(await readGeneration(restored.operator)).not.toBe(generation)

  // Every paper that was spent before the sealing, whether the backup knew it or not.
  const again = await scanAll(
    restored,
    [...before, ...after].map(({ voucher }) => voucher),
  )
  expect(outcomes(again)).toEqual(['already_used'])
  // What the open period had accepted is gone with it: the phones send it again, once.
  const resent = await restored.desk.redeem(lost.map(({ scan }) => scan))
  expect(new Set(resent.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']))
  expect(
    outcomes(
      await scanAll(
        restored,
        lost.map(({ voucher }) => voucher),
      ),
    ),
  ).toEqual(['already_used'])
  expect(outcomes(await scanAll(restored, first.vouchers.slice(100, 110)))).toEqual(['accepted'])
  // Scans that the backup knew keep their first answer.
  const replayed = await restored.desk.redeem(before.map(({ scan }) => scan))
  expect(new Set(replayed.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']))
  wasNotRetried(outcomes(again).join())
})

test('reconciling once more finds nothing to do', async () => {
  const { world, backup } = await givenSealedAfterBackup()
  const restored = startOnBackup(world, backup)
  await reconcileKeyring(restored.operator)
  const once = await readOutcome(restored)
  const generation = restored.keyring.generation()

  expect(await reconcileKeyring(restored.operator)).toEqual({
    ...{ isRestored: false, sealedFromRecords: [], forgotten: [], respentCampaigns: [], freshPeriod: null },
    unpaidOrganisations: [],
  })
  expect(await readOutcome(restored)).toEqual(once)
  expect(restored.keyring.generation()).toBe(generation)
})

test('a database that was not restored is left as it is, also in the middle of a sealing', async () => {
  const world = await givenSealingWorld({ campaigns: [{ books: 6 }, { books: 6 }] })
  await scanAll(
    world,
    world.campaigns.flatMap(({ vouchers }) => vouchers.slice(0, 20)),
  )
  await nextMonth(world, '2026-04-01')
  await freezeWithoutMoney(world, 1)
  world.clock.today = '2026-05-01'
  for (const point of ['campaign_marked', 'cells_counted', 'spent_list_kept', 'record_kept', 'rows_dropped'] as const) {
    const crash = sealPeriod(world.operator, 1, {
      at: (reached) => {
        if (reached === point) throw new Error('killed')
      },
    })
    await expect(crash).rejects.toThrow('killed')
    expect((await reconcileKeyring(world.operator)).isRestored).toBe(false)
  }
  await sealPeriod(world.operator, 1)
  expect((await reconcileKeyring(world.operator)).isRestored).toBe(false)
})

test('a backup taken in the middle of a sealing is counted once', async () => {
  for (const point of ['campaign_marked', 'cells_counted', 'answers_kept', 'spent_list_kept'] as const) {
    const world = await givenSealingWorld({ campaigns: [{ books: 6 }, { books: 6 }] })
    await scanAll(
      world,
      world.campaigns.flatMap(({ vouchers }) => vouchers.slice(0, 20)),
    )
    await nextMonth(world, '2026-04-01')
    await freezeWithoutMoney(world, 1)
    world.clock.today = '2026-05-01'
    const killed = sealPeriod(world.operator, 1, {
      at: (reached) => {
        if (reached === point) throw new Error('killed')
      },
    })
    await expect(killed).rejects.toThrow('killed')
    const backup = await takeBackup(world)
    await sealPeriod(world.operator, 1)
    const sealed = await readOutcome(world)

    const restored = startOnBackup(world, backup)
    expect((await reconcileKeyring(restored.operator)).sealedFromRecords).toEqual([1])
    const now = await readOutcome(restored)
    expect({ point, cells: now.cells, spent: now.spent, answers: now.answers }).toEqual({
      ...{ point, cells: sealed.cells, spent: sealed.spent, answers: sealed.answers },
    })
  }
})

test('a backup from two sealings ago brings back what both counted', async () => {
  const { world, backup, second } = await givenSealedAfterBackup()
  await nextMonth(world, '2026-05-02')
  await scanAll(world, second.vouchers.slice(30, 40))
  await freezeWithoutMoney(world, 2)
  world.clock.today = '2026-06-01'
  await sealPeriod(world.operator, 2)
  const sealed = await readOutcome(world)

  const restored = startOnBackup(world, backup)
  expect(await reconcileKeyring(restored.operator)).toMatchObject({
    sealedFromRecords: [1],
    forgotten: [2, 3],
    freshPeriod: 4,
  })
  const now = await readOutcome(restored)
  expect(now.cells).toEqual(sealed.cells)
  expect(now.spent).toEqual(sealed.spent)
  expect(now.periods.slice(0, 2)).toEqual(sealed.periods.slice(0, 2))
  expect(outcomes(await scanAll(restored, second.vouchers.slice(12, 30)))).toEqual(['already_used'])
  // Accepted in May, which was never sealed: its scans are lost, so the paper is good until the phone sends it again.
  expect(outcomes(await scanAll(restored, second.vouchers.slice(30, 40)))).toEqual(['accepted'])
})

test('a backup of the same period shows nothing: the restore command says it, and a fresh period opens', async () => {
  const world = await givenSealingWorld()
  const [voucher, other] = world.campaigns[0]!.vouchers
  await scanAll(world, [voucher!])
  const restored = startOnBackup(world, await takeBackup(world))
  const generation = await readGeneration(restored.operator)
  expect((await reconcileKeyring(restored.operator)).isRestored).toBe(false)

  expect(await reconcileKeyring(restored.operator, { isRestored: true })).toMatchObject({ freshPeriod: 2 })
  expect(await readGeneration(restored.operator)).not.toBe(generation)
  const [first, second] = await scanAll(restored, [voucher!, other!])
  expect([first!.answer.reason, second!.answer.outcome]).toEqual(['already_used', 'accepted'])
})

test('with three live periods scans go on in the restored one, and the fresh one opens when the oldest is sealed', async () => {
  const world = await givenSealingWorld({ campaigns: [{ books: 15 }] })
  const { vouchers } = world.campaigns[0]!
  await scanAll(world, vouchers.slice(0, 20))
  await nextMonth(world, '2026-04-01')
  await freezeWithoutMoney(world, 1)
  await nextMonth(world, '2026-05-01')
  await scanAll(world, vouchers.slice(20, 30))
  const restored = startOnBackup(world, await takeBackup(world))
  expect(await reconcileKeyring(restored.operator, { isRestored: true })).toMatchObject({
    isRestored: true,
    freshPeriod: null,
  })
  expect(outcomes(await scanAll(restored, vouchers.slice(0, 30)))).toEqual(['already_used'])
  expect(outcomes(await scanAll(restored, vouchers.slice(30, 40)))).toEqual(['accepted'])
})

test('statements of a sealed period that the backup lacks are written again, where their money is there', async () => {
  const world = await givenSealingWorld()
  await givenMoney(world)
  const scans = await scanAll(world, world.campaigns[0]!.vouchers.slice(0, 9))
  const backup = await takeBackup(world)
  await nextMonth(world, '2026-04-01')
  await freezePeriod(world.operator, 1)
  world.clock.today = '2026-05-01'
  await sealPeriod(world.operator, 1)
  const statements = (sql: SealingWorld['sql']) =>
    sql`select organisation_id, voucher_count, total_cents from statements where period_id = 1 order by 1`
  const balances = (sql: SealingWorld['sql']) => sql`select kind, balance_cents from ledger_accounts order by 1, 2`

  const restored = startOnBackup(world, backup)
  expect((await reconcileKeyring(restored.operator)).unpaidOrganisations).toEqual([])
  expect(scans).toHaveLength(9)
  expect([...(await statements(restored.sql))]).toEqual([...(await statements(world.sql))])
  expect([...(await balances(restored.sql))]).toEqual([...(await balances(world.sql))])
})

test('a restoring that was cut off is finished by the next start', async () => {
  const { world, backup, first } = await givenSealedAfterBackup()
  const sealed = await readOutcome(world)
  const restored = startOnBackup(world, backup)
  const reader = postgres(restored.url, { max: 1 })
  await reader.unsafe('begin')
  await reader`select count(*) from redemptions`
  const cutOff = reconcileKeyring(restored.operator, { giveUpAfterMs: 0 })
  await expect(cutOff).rejects.toMatchObject({ code: 'sealing_waits' })
  await reader.end()
  await reconcileKeyring(restored.operator)
  const now = await readOutcome(restored)
  expect([now.cells, now.spent, now.periods.at(-1)]).toEqual([
    ...[sealed.cells, sealed.spent],
    expect.objectContaining({ state: 'open' }),
  ])
  expect(outcomes(await scanAll(restored, first.vouchers.slice(0, 100)))).toEqual(['already_used'])
})

test('a process starts while another one is in the middle of a long sealing', async () => {
  const world = await givenSealingWorld()
  await scanAll(world, world.campaigns[0]!.vouchers.slice(0, 5))
  await nextMonth(world, '2026-04-01')
  await freezeWithoutMoney(world, 1)
  world.clock.today = '2026-05-01'
  const reader = postgres(world.url, { max: 1 })
  await reader.unsafe('begin')
  await reader`select count(*) from redemptions`
  const sealing = sealPeriod(world.operator, 1, { retryEveryMs: 200 })
  await wait(700)
  const started = performance.now()
  expect((await reconcileKeyring(startProcess(world).operator)).isRestored).toBe(false)
  expect(performance.now() - started).toBeLessThan(1000)
  await reader.end()
  expect((await sealing).state).toBe('sealed')
})

test('a keyring of another installation is refused', async () => {
  const world = await givenSealingWorld()
  const root = createKeyringRoot()
  createKeyring({ directory: join(root, 'one'), copyDirectory: join(root, 'two') })
  const stranger = startOnBackup(world, new URL(world.url).pathname.slice(1), root)
  await expect(reconcileKeyring(stranger.operator)).rejects.toMatchObject({ code: 'foreign_keyring' })
})

test('the key of a period that was lost with a database is kept until no link may live, then destroyed', async () => {
  const { world, backup } = await givenSealedAfterBackup()
  const restored = startOnBackup(world, backup)
  await reconcileKeyring(restored.operator)
  expect(restored.keyring.hasPeriodKey(2)).toBe(true)
  await rollPeriod(restored.operator)
  world.clock.today = '2026-06-28'
  await runDueSteps(restored.operator)
  expect(restored.keyring.isPeriodKeyDestroyed(2)).toBe(true)
})
