import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ApiDocument, listOperations } from '@carnet/api/shared/api-docs.ts'
import { afterAll, describe, expect, test } from 'vitest'
import { givenInstallation, ownerOf, runCommand, startCommand, untilAnswering } from '../../helpers/command.ts'
import { givenMember } from '../../helpers/members.ts'
import { sampleOf } from '../../helpers/sample-request.ts'

/** In every text that a caller may send: whatever holds it was written down by us. */
const mark = 'sEcReTmArK'

const installation = await givenInstallation()
const server = runCommand(startCommand, installation.environment)
afterAll(async () => {
  server.child.kill('SIGTERM')
  await server.ended
  rmSync(installation.folder, { recursive: true, force: true })
})
await untilAnswering(installation.port, server)
const sql = ownerOf(installation)
afterAll(() => sql.end())
const camille = await givenMember(sql, 'coordinator')
const elise = await givenMember(sql, 'finance_approver')
const secrets = [
  mark,
  camille.headers.cookie,
  camille.bearer.authorization,
  elise.headers.cookie,
  elise.bearer.authorization,
].map((text) => text.replace(/^(Bearer |carnet-session=)/, '').split(';')[0]!)

const site = `http://127.0.0.1:${installation.port}`
const document: ApiDocument = await (await fetch(`${site}/api/openapi.json`)).json()
const schemas = (document.components?.schemas ?? {}) as Record<string, object>
const anyId = '00000000-0000-4000-8000-000000000000'
const known = {
  ...{
    email: `${mark}@example.org`,
    contactEmail: `${mark}@example.org`,
    siret: '73282932000074',
    month: '2026-03-01',
  },
  ...{ iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPP', sha256: '0'.repeat(64), scopes: ['accounts'] },
  ...{ service: 'A01', ageRecipient: `age1${mark}`, expiresOn: '2030-01-01', code: mark, token: mark },
}
const marked = (value: unknown): unknown => {
  if (typeof value === 'string') return /^x+$/.test(value) ? mark.repeat(Math.ceil(value.length / mark.length)) : value
  if (Array.isArray(value)) return value.map(marked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, marked(field)]))
}
/** A schema with a pattern that no known value fits is sent as text of ours: refused, and not to be written down either. */
function bodyOf(schema: object): string {
  try {
    return JSON.stringify(marked(sampleOf(schema, known, schemas)))
  } catch {
    return JSON.stringify({ [mark]: mark })
  }
}

const pages = ['/', '/ou', '/catalogue', '/coordination', '/coordination/journal', '/lieu', '/financeur', '/connexion']
const askers: Record<string, string>[] = [
  camille.headers,
  elise.bearer,
  { authorization: `Bearer ${mark}${mark}` },
  { cookie: `carnet-session=${mark}; lang=${mark}` },
]

/** Asks every route in every way, and gives the statuses that were seen. */
async function walk(most = Number.MAX_SAFE_INTEGER): Promise<Set<number>> {
  const seen = new Set<number>()
  const ask = async (path: string, init: RequestInit & { headers: Record<string, string> }) => {
    const headers = { 'x-forwarded-for': mark, 'user-agent': mark, referer: `http://${mark}`, ...init.headers }
    const answer = await fetch(site + path, {
      ...init,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
    }).catch(() => null)
    if (answer) seen.add(answer.status)
    await answer?.arrayBuffer().catch(() => {})
  }
  for (const { method, path, operation } of listOperations(document).slice(0, most))
    for (const [at, headers] of askers.entries())
      for (const id of at === 0 ? [anyId] : [mark]) {
        const content = (operation.requestBody as { content?: Record<string, { schema?: object }> })?.content
        const type = Object.keys(content ?? {})[0]
        const address = `${path.replace(/\{\w+\}/g, id)}?q=${mark}&cursor=${mark}&person=${mark}`
        const init = { method: method.toUpperCase(), headers }
        if (!type) await ask(address, init)
        else
          for (const body of [
            type.includes('json') ? bodyOf(content![type]!.schema!) : `id\n${mark}\n`,
            `{"${mark}": "${mark}`,
          ])
            await ask(address, {
              ...init,
              body,
              headers: { ...headers, 'content-type': type, 'idempotency-key': mark },
            })
      }
  for (const path of pages) {
    for (const headers of askers)
      await ask(`${path}?q=${mark}&email=${mark}`, { headers: { ...headers, accept: 'text/html' } })
    const form = {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      accept: 'text/html',
    }
    await ask(path, { method: 'POST', body: `email=${mark}%40example.org&code=${mark}`, headers: form })
  }
  return seen
}

/** All that this server and its database wrote, outside the tables. */
function whatWasWritten(): string {
  const inDirectory = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.log'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
  return [server.output(), ...inDirectory(installation.dataDir)].join('\n')
}
const leaks = () => {
  const written = whatWasWritten()
  return secrets.filter((secret) => written.toLowerCase().includes(secret.toLowerCase()))
}

describe('nothing that a caller sent is written down', () => {
  test('while all goes well, or is refused', async () => {
    const seen = await walk()
    for (const status of [200, 401, 404, 422]) expect(seen).toContain(status)
    expect(leaks()).toEqual([])
  }, 120_000)

  test('while tables are missing: each failure is one line without the statement', async () => {
    for (const table of ['campaigns', 'venues', 'funders', 'organisations', 'prescribers', 'audit_log'])
      await sql.unsafe(`alter table ${table} rename to ${table}_away`)
    const seen = await walk()
    for (const table of ['campaigns', 'venues', 'funders', 'organisations', 'prescribers', 'audit_log'])
      await sql.unsafe(`alter table ${table}_away rename to ${table}`)
    expect(seen).toContain(500)
    expect(whatWasWritten()).toMatch(/"cause":"42P01"/)
    expect(leaks()).toEqual([])
    expect(whatWasWritten()).not.toMatch(/select |insert into|update /)
  }, 120_000)

  const dropConnections = () =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity
      where pid <> pg_backend_pid() and datname = current_database() and usename = current_user`

  test('while the database drops its connections, and the server lives', async () => {
    const dropping = (async () => {
      for (let round = 0; round < 10; round += 1) {
        await dropConnections()
        await sleep(100)
      }
    })()
    await Promise.all([walk(40), dropping])
    expect(whatWasWritten()).toMatch(/"cause":"(57P01|CONNECTION_CLOSED|ECONNRESET)"/)
    expect(leaks()).toEqual([])
    expect(server.child.exitCode).toBeNull()
  }, 120_000)

  test('and much of it is, once the database may log what it is asked', async () => {
    await sql`alter database carnet set log_statement = 'all'`
    await sql`alter database carnet set log_parameter_max_length = -1`
    await sql`alter database carnet set log_error_verbosity = 'default'`
    await dropConnections()
    await walk(40)
    expect(leaks(), 'nobody noticed that the guard is out').toContain(mark)
  }, 120_000)
})
