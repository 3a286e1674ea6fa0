import { setTimeout as sleep } from 'node:timers/promises'
import { ensureOpenPeriod, rollPeriod } from '@carnet/api/periods/open-period.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { addMonths, dayOf, monthOf } from '@carnet/api/shared/days.ts'
import { connectDatabase } from '@carnet/db'
import type { Sql, TransactionSql } from 'postgres'
import { expect } from 'vitest'
import { afterwards } from './afterwards.ts'
import { createTestDatabase } from './database.ts'
import { createKeyringInFiles, phoneOf, startScanServer, type Told } from './scan-processes.ts'
import { givenScanWorld, type TestVoucher, worldToday } from './scan-world.ts'
import { countWritesOfVouchers } from './voucher-writes.ts'

export type RaceWorld = Awaited<ReturnType<typeof givenRaceWorld>>

type RaceOptions = {
  vouchers: number
  venues: number
  servers?: number
  /** How every connection of the servers works unless it says otherwise. */
  isolation?: 'repeatable read'
}

/** A scan world of its own with server processes of its own. Vouchers are taken from it: no run meets those of another. */
export async function givenRaceWorld(options: RaceOptions) {
  const { url, sql } = await createTestDatabase()
  afterwards(() => checkVouchersUntouched(sql))
  const files = createKeyringInFiles()
  const { keyring } = files
  const { vouchers, venues, ids } = await givenScanWorld(sql, keyring, options)
  keyring.markOpened(1, '2026-03-01')
  await fillCatalogue(sql)
  if (options.isolation)
    await sql.unsafe(
      `alter database ${new URL(url).pathname.slice(1)} set default_transaction_isolation = '${options.isolation}'`,
    )
  const servers = await Promise.all(Array.from({ length: options.servers ?? 2 }, () => startScanServer(url, files)))
  const { db, end } = connectDatabase(url, { role: 'carnet_app', maxConnections: 4 })
  afterwards(end)
  const clock = { now: new Date(`${worldToday}T09:00:00Z`) }
  const operator = createContext({ db, now: () => clock.now, keyring, actor: { kind: 'operator' } })
  let taken = 0

  return {
    sql,
    url,
    keyring,
    ids,
    venues,
    servers,
    clock,
    operator,
    vouchers,
    takeVouchers(count: number): TestVoucher[] {
      if (taken + count > vouchers.length) throw new Error('this world has too few vouchers')
      taken += count
      return vouchers.slice(taken - count, taken)
    },
    takeVoucher(): TestVoucher {
      return this.takeVouchers(1)[0]!
    },
    /** The phone of the venue with this number, sending to the server with this number. */
    phone: (server: number, venue: number) => phoneOf(servers[server % servers.length]!, venues[venue]!),
  }
}

/** Whatever happened in it, scans neither wrote nor locked a voucher: only a sealing did, each of the campaign's once. */
async function checkVouchersUntouched(sql: Sql): Promise<void> {
  const writes = await countWritesOfVouchers(sql)
  const [row] = await sql<{ locked: number; sealed: number }[]>`
    select (select count(*)::int from vouchers where xmax::text <> '0') as locked,
           (select count(*)::int from sealed_campaigns c join vouchers v on v.campaign_id = c.campaign_id) as sealed`
  expect({ writes, locked: row!.locked }).toEqual({ writes: row!.sealed, locked: 0 })
}

/** A sealed month is counted by the themes of the catalogue. */
async function fillCatalogue(sql: Sql): Promise<void> {
  await sql`insert into catalogue_themes select id, 'A', 'Thème A' from catalogue_versions`
}

/** The next month is open now, and the one before it closed. */
export async function rollOver(world: RaceWorld): Promise<number> {
  world.clock.now = new Date(`${addMonths(monthOf(dayOf(world.clock.now)), 1).slice(0, 8)}01T09:00:00Z`)
  return (await rollPeriod(world.operator))!.id
}

/** As if nothing had been scanned yet: one live period, of March. */
export async function startAfresh({ sql, clock, operator }: RaceWorld): Promise<number> {
  await sql`truncate redemptions, scan_receipts`
  await sql`update periods set state = 'sealed', sealed_on = '2026-03-31' where state <> 'sealed'`
  clock.now = new Date(`${worldToday}T09:00:00Z`)
  return (await ensureOpenPeriod(operator)).id
}

/**
 * Holds a door shut: what `hold` locks or writes stays uncommitted until the function given back is called. So an interleaving
 * is made, not waited for.
 */
export async function shutDoor(sql: Sql, hold: (tx: TransactionSql) => Promise<unknown>) {
  let open: (end: 'commit' | 'rollback') => void = () => {}
  const opened = new Promise<'commit' | 'rollback'>((resolve) => (open = resolve))
  let ended: Promise<unknown> = Promise.resolve()
  await new Promise<void>((held, failed) => {
    ended = sql
      .begin(async (tx) => {
        await hold(tx)
        held()
        if ((await opened) === 'rollback') throw opened
      })
      .catch((error: unknown) => error === opened || failed(error))
  })
  return async (end: 'commit' | 'rollback' = 'rollback') => {
    open(end)
    await ended
  }
}

/** The calls of this function that wait for a lock now. */
export async function countWaiting(sql: Sql, functionName = ''): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock' and strpos(query, ${functionName}) > 0`
  return row!.n
}

/** Until so many calls wait, or the work is done: then nothing keeps it waiting, which is for the test to judge. */
export async function untilWaiting(sql: Sql, calls: number, work: Promise<unknown>, functionName = ''): Promise<void> {
  let isDone = false
  const end = () => {
    isDone = true
  }
  work.then(end, end)
  for (const from = Date.now(); Date.now() - from < 50_000; await sleep(3))
    if (isDone || (await countWaiting(sql, functionName)) >= calls) return
  throw new Error(`no ${calls} calls came to wait`)
}

/** A redemption of this voucher under this period, written by nobody: whoever scans it waits to see what becomes of it. */
export const holdTag =
  (world: Pick<RaceWorld, 'keyring' | 'ids'>, voucher: TestVoucher, period = 1) =>
  (tx: TransactionSql) =>
    tx`insert into redemptions (period_id, tag, campaign_id, organisation_id, venue_id, service_code, day, is_typed, cell_key)
     values (${period}, ${world.keyring.tag(period, voucher.codeMac)!}, ${world.ids.campaign}, gen_random_uuid(), gen_random_uuid(), 'A01', ${worldToday}, false, 0)`

/** Whoever wants to answer these scans waits: their redemptions are written, and not yet to be seen. */
export const holdReceipts =
  (scanIds: readonly string[], period = 1) =>
  async (tx: TransactionSql) => {
    for (const scanId of [...scanIds].sort())
      await tx`insert into scan_receipts (period_id, scan_id, venue_id, outcome) values (${period}, ${scanId}, gen_random_uuid(), 'withdrawn')`
  }

export async function countAccepted(sql: Sql): Promise<number> {
  const [row] = await sql<{ n: number }[]>`select count(*)::int as n from redemptions where state = 'accepted'`
  return row!.n
}

/** What a race must never do to a server, whatever else it shows. */
export const broken = (told: readonly Told[]): string[] =>
  told.filter(({ status }) => status >= 500).map(({ status, code }) => `a server answered ${status} ${code}`)
