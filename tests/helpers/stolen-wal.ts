import { randomInt } from 'node:crypto'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recordAudit } from '@carnet/api/accounts/audit.ts'
import { readAllFirst } from '@carnet/api/books/voucher-queries.ts'
import { answerContest } from '@carnet/api/contests/answer-contest.ts'
import { createEnrolmentToken } from '@carnet/api/devices/create-enrolment-token.ts'
import { sealPeriod } from '@carnet/api/sealing/seal-period.ts'
import { startEmbeddedPostgres } from '@carnet/db/embedded'
import { migrateDatabase } from '@carnet/db/migrate'
import postgres, { type Sql } from 'postgres'
import { afterwards } from './afterwards.ts'
import type { Thief } from './attacks.ts'
import { personOf } from './members.ts'
import type { Mutant } from './mutants.ts'
import { enrolPhone, type Phone, scanItem } from './phone.ts'
import { openApp } from './release-world.ts'
import type { TestVoucher } from './scan-world.ts'
import {
  copyKeyring,
  freezeWithoutMoney,
  givenSealingWorld,
  nextMonth,
  type SealingWorld,
  services,
} from './sealing.ts'
import { readWal, whereRowsAre } from './wal-records.ts'

const settings = { fsync: 'off', max_wal_size: '4GB', checkpoint_timeout: '1h', autovacuum_naptime: '1h' }

/**
 * A backup of the whole server from before the first scan, and every line of its write-ahead log until a month was scanned over
 * HTTP, frozen and sealed. From both the thief makes the server as it was on the eve of the sealing. Then more scans with
 * something done otherwise, of which he has the log alone.
 */
export async function givenStolenWal({ books, scans, mutant }: { books: number; scans: number; mutant: Mutant }) {
  const root = mkdtempSync(join(tmpdir(), 'carnet-wal-'))
  afterwards(() => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }))
  const [live, old] = [join(root, 'live'), join(root, 'old')]
  const { sql, url } = await start(live, settings)
  await migrateDatabase(url)
  const world = await givenSealingWorld({ campaigns: [{ books }], venues: 8, database: { sql, url } })
  // As activating the box does; then the server by itself, within a minute.
  await world.operator.transaction((tx) => readAllFirst(tx, world.campaigns[0]!.id))
  await sql`vacuum vouchers`
  await sql`vacuum books`
  const phones = await enrolPhones(world)
  await copyServer(sql, live, old)

  const left = [...world.campaigns[0]!.vouchers]
  const places = await whereRowsAre(sql)
  const begin = await positionOf(sql)
  const truth = await scanOverHttp({ ...world, phones }, left, scans)
  const contested = await contestSome({ ...world, phones }, [...truth.keys()])
  const eve = await positionOf(sql)
  const log = await readWal(sql, begin, eve)
  await mutant.apply(sql)
  const weakTruth = await scanOverHttp({ ...world, phones }, left, scans / 3)
  const weak = { truth: weakTruth, log: await readWal(sql, eve, await positionOf(sql)), rows: await whereRowsAre(sql) }

  await nextMonth(world, '2026-04-01')
  await freezeWithoutMoney(world, 1)
  const oldKeyring = copyKeyring(world)
  world.clock.today = '2026-05-01'
  await sealPeriod(world.operator, 1)
  const sealing = await readWal(sql, eve, await positionOf(sql))

  const restored = await restoreUntil(old, live, eve)
  const thief: Thief = {
    ...{ backup: restored, today: sql, keyringRoot: world.keyringRoot },
    ...{ codes: world.campaigns[0]!.vouchers, answerMac: world.keyring.answerMac },
  }
  return { thief, truth, contested, oldKeyring, log, sealing, places, weak, segments: join(live, 'cluster/pg_wal') }
}

async function start(dataDir: string, extra: Record<string, string>) {
  const server = await startEmbeddedPostgres({ dataDir, settings: extra })
  afterwards(server.stop)
  const sql = postgres(server.url, { onnotice: () => {} })
  afterwards(() => sql.end({ timeout: 1 }))
  return { sql, url: server.url }
}

const positionOf = async (sql: Sql): Promise<string> =>
  (await sql<{ at: string }[]>`select pg_current_wal_insert_lsn()::text as at`)[0]!.at

/** As `pg_basebackup` does it, which is not shipped everywhere. */
async function copyServer(sql: Sql, from: string, to: string): Promise<void> {
  const session = await sql.reserve()
  await session`select pg_backup_start('old', true)`
  const left = /cluster\/(postmaster\.(pid|opts)|pg_wal\/.+)$/
  cpSync(from, to, { recursive: true, filter: (path) => !left.test(path) })
  const [stopped] = await session<{ label: string }[]>`select labelfile as label from pg_backup_stop(false)`
  session.release()
  writeFileSync(join(to, 'cluster/backup_label'), stopped!.label)
  chmodSync(join(to, 'cluster'), 0o700)
  mkdirSync(join(to, 'cluster/pg_wal/archive_status'), { recursive: true, mode: 0o700 })
}

/** The old backup with the log replayed up to there: a server of its own. */
async function restoreUntil(old: string, live: string, position: string): Promise<Sql> {
  cpSync(join(live, 'cluster/pg_wal'), join(old, 'cluster/pg_wal'), { recursive: true })
  writeFileSync(join(old, 'cluster/recovery.signal'), '')
  const target = { recovery_target_lsn: position, recovery_target_action: 'promote' }
  return (await start(old, { ...settings, restore_command: 'false', ...target })).sql
}

type Scanning = SealingWorld & { phones: readonly Phone[] }

/** One for each venue, with a key of its own. */
async function enrolPhones(world: SealingWorld): Promise<Phone[]> {
  const app = openApp(world)
  const coordinator = world.as(personOf('coordinator', { personId: world.people[0]! }))
  const phones: Phone[] = []
  for (const { id: venueId } of world.venues) {
    const { token } = await createEnrolmentToken(coordinator, { venueId })
    phones.push((await enrolPhone(app, token)).phone)
  }
  return phones
}

/** Each scan a request of its own, of a random voucher at a random venue. Somebody in an office works meanwhile. */
async function scanOverHttp(world: Scanning, left: TestVoucher[], count: number): Promise<Map<string, string>> {
  const truth = new Map<string, string>()
  for (let done = 0; done < count; done++) {
    const voucher = left.splice(randomInt(left.length), 1)[0]!
    const item = scanItem(voucher, { service: services[randomInt(services.length)], day: world.clock.today })
    const { outcome } = await world.phones[randomInt(world.phones.length)]!.scan(item)
    if (outcome !== 'accepted') throw new Error(`a scan was ${outcome}`)
    truth.set(voucher.codeMac, world.keyring.tag(1, voucher.codeMac)!)
    if (done % 20 === 0)
      await world.operator.transaction((tx) => recordAudit(tx, world.operator, 'somebody_worked', { done }))
  }
  return truth
}

/** Every tenth voucher is shown again elsewhere, refused and contested; of these contests every second is answered. */
async function contestSome(world: Scanning, spent: readonly string[]): Promise<Map<string, string>> {
  const { keyring, phones, sql, campaigns } = world
  const coordinator = world.as(personOf('coordinator', { personId: world.people[0]! }))
  const contested = new Map<string, string>()
  for (const codeMac of spent.filter((_, at) => at % 10 === 0)) {
    const voucher = campaigns[0]!.vouchers.find((one) => one.codeMac === codeMac)!
    const [item, phone] = [scanItem(voucher, { service: 'A01', day: world.clock.today }), phones[contested.size % 2]!]
    const { outcome } = await phone.scan(item)
    const { status } = await phone.contest(item.scanId, 'platform_down', { day: world.clock.today })
    if (outcome !== 'refused' || status !== 200) throw new Error(`a scan was ${outcome}, its contest ${status}`)
    const mac = keyring.answerMac(item.scanId)
    contested.set(codeMac, mac)
    const [row] = await sql`select id::text from contests where answer_mac = ${mac}`
    if (contested.size % 2 === 0) await answerContest(coordinator, row!.id, { state: 'scan_again' })
  }
  return contested
}
