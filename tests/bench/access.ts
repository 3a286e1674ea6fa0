/**
 * What it costs to know who asks, and what the second wall adds to a query: the same queries with row-level security and
 * without it, in turns on one database, so that what else the machine does weighs on both.
 */
import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { authenticate } from '@carnet/api/accounts/authenticate.ts'
import { dayOf } from '@carnet/api/shared/days.ts'
import { connectDatabase, type Database } from '@carnet/db'
import { startEmbeddedPostgres } from '@carnet/db/embedded'
import { migrateDatabase } from '@carnet/db/migrate'
import { scopeDatabase } from '@carnet/db/scope'
import { sql as query, type SQL } from 'drizzle-orm'
import postgres, { type Sql } from 'postgres'

const [rounds, perRound] = [10, 40]
const [tenants, perTenant] = [50, 2_000]
const token = `carnet_${'a'.repeat(43)}`
const hash = createHash('sha256').update(token).digest()

const walled = ['sessions', 'api_tokens', 'memberships', 'people', 'statements']

const directory = mkdtempSync(join(tmpdir(), 'carnet-bench-'))
const server = await startEmbeddedPostgres({ dataDir: join(directory, 'postgres') })
try {
  await migrateDatabase(server.url)
  const sql = postgres(server.url, { onnotice: () => {} })
  const { db, end } = connectDatabase(server.url, { role: 'carnet_app' })
  console.table(await measure(sql, actsOf(db, await fill(sql))))
  await end()
  await sql.end()
} finally {
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
}

/** Statements of many organisations, and as many people who are signed in. */
async function fill(sql: Sql): Promise<string> {
  const organisations = Array.from({ length: tenants }, () => randomUUID())
  await sql`insert into organisations (id, legal_name, created_on)
    select id::uuid, 'Structure ' || id, '2026-01-01' from unnest(${organisations}::text[]) id`
  await sql`set session_replication_role = replica`
  await sql`insert into statements (organisation_id, period_id, number, voucher_count, total_cents, netted_cents, frozen_on)
    select id::uuid, p, row_number() over (), 1, 1000, 0, '2026-01-01' from unnest(${organisations}::text[]) id, generate_series(1, ${perTenant}::int) p`
  await sql`insert into people (name, email, created_on) select 'Personne', n || '@example.org', '2026-01-01' from generate_series(1, 5000) n`
  await sql`insert into memberships (person_id, role, tenant_id) select id, 'venue_manager', ${organisations[0]!} from people`
  await sql`insert into sessions (token_hash, membership_id, created_at, authenticated_at, seen_at, expires_at, method, browser)
    select sha256(id::text::bytea), id, now(), now(), now(), now() + interval '1 day', 'demo', 'Firefox' from memberships`
  await sql`update sessions set token_hash = ${hash} where membership_id = (select id from memberships limit 1)`
  await sql`insert into api_tokens (token_hash, membership_id, label, scopes, created_on, expires_on, last_used_on)
    select ${hash}, id, 'bench', '{"*"}', current_date, current_date + 99, current_date + 1 from memberships limit 1`
  await sql`vacuum analyze`
  return organisations[0]!
}

type Act = () => PromiseLike<unknown>

function actsOf(db: Database, organisationId: string): Record<string, Act> {
  const now = () => new Date()
  const parts = { db, now, today: () => dayOf(now()) }
  const none = { authorization: undefined, sessionToken: undefined }
  const own = scopeDatabase(db, { role: 'venue_manager', tenant: organisationId, person: randomUUID() })
  const ask = (on: Database, text: SQL) => () => on.execute(text)
  const total = query`select count(*), sum(total_cents) from statements`
  return {
    'session check': () => authenticate(parts, { ...none, sessionToken: token }),
    'API token check': () => authenticate(parts, { ...none, authorization: `Bearer ${token}` }),
    'a statement that says nothing of who asks': ask(db, query`select 1`),
    'the same in a transaction that says it': ask(own, query`select 1`),
    [`own ${perTenant} rows among ${tenants * perTenant}`]: ask(
      own,
      query`${total} where organisation_id = ${organisationId}`,
    ),
    'one own row': ask(own, query`${total} where organisation_id = ${organisationId} and period_id = 7`),
    'a query without its WHERE': ask(own, total),
  }
}

async function turnWall(sql: Sql, turn: 'enable' | 'disable'): Promise<void> {
  for (const name of walled) await sql.unsafe(`alter table ${name} ${turn} row level security`)
}

async function timeOf(act: Act): Promise<number> {
  for (let at = 0; at < 5; at++) await act()
  const started = performance.now()
  for (let at = 0; at < perRound; at++) await act()
  return (performance.now() - started) / perRound
}

/** Medians of all rounds, in milliseconds. */
async function measure(sql: Sql, acts: Record<string, Act>) {
  const times = Object.keys(acts).map(() => ({ with: [] as number[], without: [] as number[] }))
  for (let round = 0; round < rounds; round++)
    for (const turn of ['with', 'without'] as const) {
      await turnWall(sql, turn === 'with' ? 'enable' : 'disable')
      for (const [at, act] of Object.values(acts).entries()) times[at]![turn].push(await timeOf(act))
    }
  const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length >> 1]!
  return Object.keys(acts).map((act, at) => {
    const [on, off] = [median(times[at]!.with), median(times[at]!.without)]
    const figures = { 'ms with the wall': on.toFixed(2), 'ms without': off.toFixed(2), ratio: (on / off).toFixed(2) }
    return { act, ...figures }
  })
}
