/**
 * Sixteen clients post on one pool at once: how many postings a second, beside pgbench with the same statement, and what is true
 * afterwards. Half of them spend more than there is, and are refused. Then the hourly check on a ledger of years.
 */
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { boxActivated, boxRevoked, fundingReceived } from '@carnet/api/ledger/events.ts'
import { insertTransfers } from '@carnet/api/ledger/queries.ts'
import type { NewTransfer } from '@carnet/api/ledger/transfer.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { connectDatabase } from '@carnet/db'
import { startEmbeddedPostgres } from '@carnet/db/embedded'
import { migrateDatabase } from '@carnet/db/migrate'
import postgres, { type Sql } from 'postgres'
import { measureLargeLedger } from './large-ledger.ts'

const clients = 16
const seconds = 10
const on = '2026-03-10'

const directory = mkdtempSync(join(tmpdir(), 'carnet-bench-'))
const server = await startEmbeddedPostgres({ dataDir: join(directory, 'postgres') })
try {
  await migrateDatabase(server.url)
  const sql = postgres(server.url, { onnotice: () => {} })
  const pool = await fill(sql)
  const ours = await measure(server.url, pool)
  await checkSums(sql)
  console.table({ 'the same statement by pgbench': pgbench(pool), 'through our pool': ours })
  await sql.unsafe('create database large')
  const url = server.url.replace(/\/[^/?]+(?=\?|$)/, '/large')
  await migrateDatabase(url)
  const large = postgres(url, { onnotice: () => {} })
  console.table(await measureLargeLedger(large, url))
  await large.end()
  await sql.end()
} finally {
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
}

type Pool = { payingAccountId: string; campaignId: string; funderId: string }
function box(pool: Pool, voucherCount: number) {
  const parts = [{ funderId: pool.funderId, partCents: cents(1000) }]
  return { ...pool, documentRef: `box:${randomUUID()}`, parts, voucherCount }
}

/** A campaign with money for a hundred vouchers. */
async function fill(sql: Sql): Promise<Pool> {
  const pool = { payingAccountId: randomUUID(), campaignId: randomUUID(), funderId: randomUUID() }
  await sql`insert into paying_accounts (id, name, iban, bic, holder_name) values (${pool.payingAccountId}, 'Compte', 'FR7630006000011234567890189', 'AGRIFRPP', 'Opérateur')`
  await sql`insert into funders (id, name, kind, created_on) values (${pool.funderId}, 'Financeur', 'department', '2026-01-01')`
  await sql`insert into campaigns (id, number, name, paying_account_id, face_value_cents, book_size, budgeted_books, starts_on, ends_on, target_public, objectives)
    values (${pool.campaignId}, 1, 'Campagne', ${pool.payingAccountId}, 1000, 10, 100, '2026-01-01', '2026-12-31', 'Tous', 'Autonomie')`
  const funding = fundingReceived({ ...pool, documentRef: 'funding:bench', amountCents: cents(100_000) })
  await sql`select post_transfers(${JSON.stringify(funding)}::text::jsonb, ${on})`
  return pool
}

async function measure(url: string, pool: Pool) {
  const { db, end } = connectDatabase(url, { role: 'carnet_app', maxConnections: clients })
  const until = performance.now() + seconds * 1_000
  const counts = { posted: 0, refused: 0, broken: 0 }
  const times: number[] = []
  const post = async (transfers: NewTransfer[]) => {
    const started = performance.now()
    await db
      .transaction((tx) => insertTransfers(tx, transfers, on))
      .then(
        () => counts.posted++,
        (error: { cause?: { constraint_name?: string } }) =>
          error.cause?.constraint_name === 'no_balance_is_negative' ? counts.refused++ : counts.broken++,
      )
    times.push(performance.now() - started)
  }
  const client = async (at: number) => {
    while (performance.now() < until) {
      const event = box(pool, at % 2 === 0 ? 20 : 101)
      await post(boxActivated(event))
      if (at % 2 === 0) await post(boxRevoked(event)).catch(() => {})
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, at) => client(at)))
  await end()
  times.sort((a, b) => a - b)
  return {
    ...counts,
    perSecond: Math.round((counts.posted + counts.refused) / seconds),
    p99Ms: Math.round(times[Math.floor(times.length * 0.99)]!),
  }
}

/** Activating one voucher and taking it back, each time as a document of its own. */
function pgbench(pool: Pool) {
  const script = join(directory, 'post.sql')
  const template = JSON.stringify([
    ...boxActivated({ ...box(pool, 1), documentRef: 'DOC' }),
    ...boxRevoked({ ...box(pool, 1), documentRef: 'DOC' }),
  ])
  const ids = [...template.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id!)
  const fresh = ids.reduce(
    (text, id) => text.replace(id, `'||gen_random_uuid()||'`),
    template.replaceAll('DOC', `'||gen_random_uuid()||'`),
  )
  writeFileSync(script, `select post_transfers(('${fresh}')::jsonb, '${on}');\n`)
  const run = spawnSync(
    'pgbench',
    ['-n', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', script, server.url],
    { encoding: 'utf8' },
  )
  if (run.error) return { perSecond: 'no pgbench here' }
  return {
    perSecond: Math.round(Number(/tps = ([\d.]+)/.exec(run.stdout)?.[1] ?? 0)),
    broken: run.status === 0 ? 0 : run.stderr.slice(0, 200),
  }
}

async function checkSums(sql: Sql): Promise<void> {
  const [row] = await sql<{ negative: number; apart: string }[]>`
    select count(*) filter (where balance_cents < 0)::int as negative,
           sum(case when kind in ('bank', 'owes') then balance_cents else -balance_cents end) as apart from ledger_accounts`
  if (row!.negative > 0 || Number(row!.apart) !== 0) throw new Error(`The ledger broke: ${JSON.stringify(row)}`)
}
