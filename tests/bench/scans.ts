/**
 * Scans per second over HTTP, beside pgbench doing the same inserts and beside the same server's empty validated request, all in
 * one run on one durable database. The ratios are what counts: this machine runs the clients too.
 */
import { spawn, spawnSync } from 'node:child_process'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createKeyring } from '@carnet/api/keyring/keyring.ts'
import { startEmbeddedPostgres } from '@carnet/db/embedded'
import { migrateDatabase } from '@carnet/db/migrate'
import postgres from 'postgres'
import { givenScanWorld, type TestVoucher } from '../helpers/scan-world.ts'
import type { Job, Load } from './scan-client.ts'

const seconds = Number(process.env.BENCH_SECONDS ?? 8)
const voucherCount = Number(process.env.BENCH_VOUCHERS ?? 300_000)
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

const directory = mkdtempSync(join(tmpdir(), 'carnet-bench-'))
const server = await startEmbeddedPostgres({
  dataDir: join(directory, 'postgres'),
  settings: { max_connections: '200' },
})
let stopServer = () => false
try {
  await run()
} finally {
  stopServer()
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
}

async function run(): Promise<void> {
  const keyDirectories = [join(directory, 'keys'), join(directory, 'keys-copy')] as const
  const keyring = createKeyring({ directory: keyDirectories[0], copyDirectory: keyDirectories[1] })
  await migrateDatabase(server.url)
  const sql = postgres(server.url, { onnotice: () => {} })
  console.log(`making ${voucherCount} vouchers…`)
  const today = new Date().toISOString().slice(0, 10)
  const world = await givenScanWorld(sql, keyring, {
    vouchers: voucherCount,
    month: `${today.slice(0, 7)}-01`,
    endsOn: '2027-12-31',
  })
  const venue = world.venues[0]!
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' })
  const jwk = { kty: kty as 'EC', crv: crv as 'P-256', x: x!, y: y! }
  await sql`update devices set public_key = ${sql.json(jwk)} where id = ${venue.deviceId}`
  await sql`vacuum analyze`

  const api = spawn(process.execPath, ['--import', 'tsx', here('./scan-server.ts'), server.url, ...keyDirectories], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = Number(
    await new Promise<string>((ready, fail) => {
      api.once('exit', () => fail(new Error('the server ended')))
      createInterface(api.stdout).once('line', ready)
    }),
  )
  stopServer = () => api.kill('SIGTERM')
  const requestKey = keyring.requestKeyFor(jwk).toString('base64url')
  const base = { port, seconds, token: venue.token, requestKey }
  let fresh = world.vouchers
  const take = (count: number) => {
    const taken = fresh.slice(0, count)
    fresh = fresh.slice(count)
    if (taken.length < count) throw new Error('too few vouchers: raise BENCH_VOUCHERS')
    return taken
  }
  const bodyOf = (vouchers: readonly TestVoucher[]) =>
    JSON.stringify({
      pending: 0,
      oldestAgeS: 0,
      scans: vouchers.map(({ qr }, seq) => ({
        scanId: randomUUID(),
        seq,
        venueId: venue.id,
        code: qr,
        service: 'A01',
        day: today,
        offline: false,
        ageS: 0,
      })),
    })
  const measure = async (connections: number, perRequest: number, most: number) => {
    const vouchers = take(most * perRequest)
    const bodies = Array.from({ length: most }, (_, at) =>
      bodyOf(vouchers.slice(at * perRequest, (at + 1) * perRequest)),
    )
    const load = await runClient({ ...base, path: '/api/v1/device/scans', connections, bodies })
    if (load.left === 0) console.log(`${connections} × ${perRequest}: ended early for lack of requests`)
    // What was not sent is still fresh.
    fresh = [...vouchers.slice((most - load.left) * perRequest), ...fresh]
    return { ...load, perSecond: Math.round((load.requests * perRequest) / load.seconds), bodies }
  }
  const measureEmpty = async (connections: number, bodies: string[]) => {
    const load = await runClient({ ...base, path: '/api/v1/device/empty', connections, bodies: [...bodies, ...bodies] })
    return Math.round(load.requests / load.seconds)
  }

  const rows: Record<string, string | number>[] = []
  const rowOf = (connections: number, perRequest: number, scans: Load & { perSecond: number }) => ({
    connections,
    perRequest,
    'scans/s': scans.perSecond,
    p50: scans.p50Ms,
    p99: scans.p99Ms,
    failed: scans.failed,
    'pgbench/s': runPgbench(connections, perRequest),
  })
  await measure(32, 1, 5_000) // warms both sides
  for (const connections of [1, 8, 32, 128]) {
    const scans = await measure(connections, 1, seconds * (connections < 8 ? 2_000 : 8_000))
    rows.push({ ...rowOf(connections, 1, scans), 'empty/s': await measureEmpty(connections, scans.bodies) })
  }
  for (const connections of [1, 4]) rows.push(rowOf(connections, 50, await measure(connections, 50, seconds * 300)))
  console.table(rows)
  const single = rows.filter((row) => row.perRequest === 1)
  const best = Math.max(...single.map((row) => Number(row['pgbench/s'])))
  for (const row of rows)
    console.log(
      `${row.connections} connections × ${row.perRequest}: ${(Number(row['scans/s']) / Number(row['pgbench/s'])).toFixed(2)} × pgbench beside it, ${(Number(row['scans/s']) / best).toFixed(2)} × its best one by one (${best}/s)`,
    )
  await sql.end()
}

async function runClient(job: Job): Promise<Load> {
  const client = spawn(process.execPath, ['--import', 'tsx', here('./scan-client.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  client.stdin.end(JSON.stringify(job))
  return JSON.parse(await text(client.stdout)) as Load
}

/** The same two inserts, durable, in one transaction: 1 or 50 of each. NaN without pgbench (Debian: postgresql-contrib). */
function runPgbench(clients: number, perTransaction: number): number {
  const script = join(directory, 'inserts.sql')
  const random = 'gen_random_uuid()'
  writeFileSync(
    script,
    `begin;
insert into redemptions (period_id, tag, campaign_id, organisation_id, venue_id, service_code, day, is_typed, cell_key)
select 1, ${random}, ${random}, ${random}, ${random}, 'A01', current_date, false, 1 from generate_series(1, ${perTransaction});
insert into scan_receipts (period_id, scan_id, venue_id, body_mac, tag, outcome)
select 1, ${random}, ${random}, ${random}, ${random}, 'accepted' from generate_series(1, ${perTransaction});
end;`,
  )
  const done = spawnSync(
    'pgbench',
    ['-n', '-M', 'prepared', '-f', script, '-c', `${clients}`, '-j', '2', '-T', `${seconds}`, server.url],
    { encoding: 'utf8' },
  )
  const tps = /tps = ([\d.]+)/.exec(done.stdout ?? '')
  return tps ? Math.round(Number(tps[1]) * perTransaction) : Number.NaN
}
