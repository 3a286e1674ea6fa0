/**
 * A month is sealed while scans go on in the same process, as where one process does both: the time, the memory, and the longest
 * that a scan waited. `SEALED=100000` for a smaller month.
 */
import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKeyring, type Keyring } from '@carnet/api/keyring/keyring.ts'
import { canonicalBody } from '@carnet/api/redemptions/scan.ts'
import { createScanDesk } from '@carnet/api/redemptions/scan-desk.ts'
import { sealPeriod } from '@carnet/api/sealing/seal-period.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { connectDatabase, connectRaw } from '@carnet/db'
import { startEmbeddedPostgres } from '@carnet/db/embedded'
import { migrateDatabase } from '@carnet/db/migrate'
import postgres, { type Sql } from 'postgres'
import { givenScanWorld, openPeriod, type TestVenue, type TestVoucher } from '../helpers/scan-world.ts'

const sealed = Number(process.env.SEALED ?? 1_000_000)
const [today, atOnce, perInsert] = ['2026-05-01', 4, 10_000]
const goalMs = 600
const now = () => new Date(`${today}T09:00:00Z`)

const directory = mkdtempSync(join(tmpdir(), 'carnet-bench-'))
const server = await startEmbeddedPostgres({ dataDir: join(directory, 'postgres') })
try {
  await migrateDatabase(server.url)
  console.table(await measure())
} finally {
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
}

async function measure() {
  const sql = postgres(server.url, { onnotice: () => {} })
  const places = { directory: join(directory, 'one'), copyDirectory: join(directory, 'two') }
  const keyring = createKeyring(places)
  const world = await givenScanWorld(sql, keyring, { vouchers: 20_000, venues: 40 })
  await sql`insert into installation (mode, keyring_id, created_on) values ('production', ${keyring.identity}, '2026-01-01')`
  await fillMonth(sql, keyring, world)
  await openPeriod(sql, keyring, 2, '2026-04-01')
  await freeze(sql)
  await sql`vacuum analyze`

  const { db, end } = connectDatabase(server.url, { role: 'carnet_app' })
  const client = connectRaw(server.url, { role: 'carnet_scan', maxConnections: 2 })
  const desk = createScanDesk({ client, keyring, today: () => today })
  const quiet = scanOn(desk, world.vouchers, world.venues)
  await new Promise((later) => setTimeout(later, 3_000))
  const before = await quiet.stop()
  const [peak, load] = [watchMemory(), scanOn(desk, before.left, world.venues)]
  const startedAt = performance.now()
  await sealPeriod(createContext({ db, keyring, now, actor: { kind: 'operator' } }), 1)
  const seconds = (performance.now() - startedAt) / 1000
  const during = await load.stop()
  const memory = peak()
  await Promise.all([client.end(), end(), sql.end()])
  return {
    'redemptions sealed': sealed,
    seconds: Math.round(seconds * 10) / 10,
    'memory of the process, most, MB': memory,
    'scans meanwhile': during.latencies.length,
    'scans not accepted': during.refused,
    'a scan before, median and longest, ms': told(before.latencies),
    'a scan meanwhile, median and longest, ms': told(during.latencies),
    [`longest under ${goalMs} ms`]: Math.max(...during.latencies) < goalMs,
  }
}

function told(latencies: readonly number[]): string {
  const sorted = latencies.toSorted((a, b) => a - b)
  return `${sorted[sorted.length >> 1]?.toFixed(1)} / ${sorted.at(-1)?.toFixed(1)}`
}

/** As many vouchers and uses of them, one of ten left over, as the scan functions would have written them. */
async function fillMonth(sql: Sql, keyring: Keyring, { ids, venues }: Awaited<ReturnType<typeof givenScanWorld>>) {
  const [book] = await sql<{ id: string }[]>`select id from books limit 1`
  for (let done = 0; done < sealed; done += perInsert) {
    const codeMacs = Array.from({ length: Math.min(perInsert, sealed - done) }, () => randomBytes(16).toString('hex'))
    const tags = codeMacs.map((codeMac) => keyring.tag(1, codeMac)!).sort()
    const at = tags.map(() => randomInt(venues.length))
    await sql`insert into vouchers (code_mac, campaign_id, book_id, block_hash)
      select c, ${ids.campaign}, ${book!.id}, ${randomBytes(36)} from unnest(${codeMacs.toSorted()}::text[]::uuid[]) c`
    await sql`insert into redemptions (period_id, tag, campaign_id, organisation_id, venue_id, service_code, day, is_typed, cell_key, state)
      select 1, t, ${ids.campaign}, o, v, 'A01', '2026-03-10', false, floor(random() * 4294967296)::bigint, 'accepted'
        from unnest(${tags}::text[]::uuid[], ${at.map((n) => venues[n]!.organisationId)}::text[]::uuid[], ${at.map((n) => venues[n]!.id)}::text[]::uuid[]) x (t, o, v)`
    await sql`insert into scan_receipts (period_id, scan_id, venue_id, body_mac, tag, outcome, is_reversed)
      select 1, gen_random_uuid(), v, gen_random_uuid(), t, 'accepted', false
        from unnest(${tags}::text[]::uuid[], ${at.map((n) => venues[n]!.id)}::text[]::uuid[]) x (t, v)`
  }
}

/** closed → frozen with its statements, without the money. */
async function freeze(sql: Sql): Promise<void> {
  await sql`insert into period_folds (period_id, campaign_id, fold) select 1, id, 'service' from campaigns`
  await sql`update periods set state = 'frozen', frozen_on = '2026-04-03' where id = 1`
  await sql`insert into statements (organisation_id, period_id, number, voucher_count, total_cents, netted_cents, frozen_on)
    select organisation_id, 1, row_number() over (), count(*), count(*) * 1000, 0, '2026-04-03' from redemptions where period_id = 1 group by 1`
  await sql`insert into statement_lines (statement_id, venue_id, campaign_id, voucher_count, amount_cents)
    select s.id, r.venue_id, r.campaign_id, count(*), count(*) * 1000
      from redemptions r join statements s using (organisation_id, period_id) where r.period_id = 1 group by 1, 2, 3`
}

/** Phones one after the other on a few lines, each scan a fresh voucher, until it is stopped. */
function scanOn(
  desk: ReturnType<typeof createScanDesk>,
  vouchers: readonly TestVoucher[],
  venues: readonly TestVenue[],
) {
  const left = [...vouchers]
  const latencies: number[] = []
  let [refused, isOver] = [0, false]
  const line = async () => {
    while (!isOver && left.length > 0) {
      const [{ codeMac, code }, venue] = [left.pop()!, venues[randomInt(venues.length)]!]
      const of = {
        scanId: randomUUID(),
        deviceId: venue.deviceId,
        venueId: venue.id,
        codeMac,
        service: 'A01',
        day: today,
      }
      const body = canonicalBody(code, of.service, today, venue.id)
      const sentAt = performance.now()
      const [answer] = await desk.redeem([{ ...of, body, isTyped: false, isOverLimit: false }])
      latencies.push(performance.now() - sentAt)
      if (answer?.outcome !== 'accepted') refused += 1
      await new Promise((later) => setTimeout(later, 20))
    }
  }
  const lines = Promise.all(Array.from({ length: atOnce }, line))
  return {
    async stop() {
      isOver = true
      await lines
      return { latencies, refused, left }
    },
  }
}

/** In whole megabytes. */
function watchMemory(): () => number {
  let most = 0
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50)
  return () => {
    clearInterval(timer)
    return Math.round(most / 2 ** 20)
  }
}
