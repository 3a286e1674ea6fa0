import { forgetOldSessions } from '@carnet/api/accounts/forget-old-sessions.ts'
import { createApp } from '@carnet/api/app.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import type * as ErrorLog from '@carnet/api/shared/error-log.ts'
import { connectDatabase } from '@carnet/db'
import { describe, expect, test, vi } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember } from '../../helpers/members.ts'

const { mutable, without } = await vi.hoisted(() => import('../../helpers/without-guard.ts'))
vi.mock('@carnet/api/shared/error-log.ts', async (load) => {
  const real = await load<typeof ErrorLog>()
  const instead: typeof real.errorLine = (error, request) => ({
    ...real.errorLine(error, request),
    name: error.message,
  })
  return mutable(real, { errorLine: { guard: 'no words of an error', instead } })
})

const { app, db, sql, keyring, clock, scanning } = await createTestApp()
const coordinator = await givenMember(sql, 'coordinator')
const someoneElse = await givenMember(sql, 'coordinator')
const json = { 'content-type': 'application/json' }
const problemOf = async (response: Response) => ({ status: response.status, ...(await response.json()) })
let names = 0
const funder = () => ({ name: `Commune ${++names}`, kind: 'commune' })
const addFunder = (body: unknown, headers: Record<string, string> = {}, by = coordinator) =>
  app.request('/api/v1/funders', {
    method: 'POST',
    headers: { ...by.headers, ...json, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

describe('before a body is read', () => {
  test.each([
    ['without a length', '/api/v1/funders', { 'transfer-encoding': 'chunked' }, 411, 'length_required'],
    ['one byte too long', '/api/v1/funders', { 'content-length': '65537' }, 413, 'body_too_large'],
    ['of a negative length', '/api/v1/funders', { 'content-length': '-1' }, 413, 'body_too_large'],
    ['of scans, too long', '/api/v1/device/scans', { 'content-length': '131073' }, 413, 'body_too_large'],
    ['of an import, too long', '/api/v1/venues/imports', { 'content-length': '41943041' }, 413, 'body_too_large'],
    [
      'that is a form',
      '/api/v1/funders',
      { 'content-length': '5', 'content-type': 'text/plain' },
      415,
      'content_type_not_supported',
    ],
    [
      'of CSV where JSON belongs',
      '/api/v1/funders',
      { 'content-length': '5', 'content-type': 'text/csv' },
      415,
      'content_type_not_supported',
    ],
    ['without a type', '/api/v1/funders', { 'content-length': '5' }, 415, 'content_type_not_supported'],
  ])('a write %s is refused', async (_, path, headers, status, code) => {
    const given = Object.fromEntries(Object.entries({ ...json, ...headers }))
    if (status === 415 && !('content-type' in headers)) delete given['content-type']
    const response = await app.request(path, { method: 'POST', headers: { ...coordinator.headers, ...given } })
    expect(await problemOf(response)).toMatchObject({ status, code })
    expect(response.headers.get('content-type')).toBe('application/problem+json')
  })

  test('a write without a body needs no length', async () => {
    const response = await app.request('/api/v1/periods/1/closing', { method: 'POST', headers: coordinator.headers })
    expect([411, 413, 415]).not.toContain(response.status)
  })

  test('half a JSON is the asker’s mistake, not ours', async () => {
    expect((await addFunder('{"name": ')).status).toBe(400)
  })
})

describe('a write that rests on a session', () => {
  const asBrowser = async (headers: Record<string, string>) => {
    return app.request('/api/v1/funders', {
      method: 'POST',
      headers: { cookie: coordinator.headers.cookie, ...json, ...headers },
      body: JSON.stringify(funder()),
    })
  }

  test.each([
    ['nothing says where it comes from', {}],
    ['another site sends it', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour of the same domain sends it', { 'sec-fetch-site': 'same-site' }],
    ['another origin sends it', { origin: 'https://evil.example' }],
    ['its origin is hidden', { origin: 'null' }],
    ['its origin only looks like ours', { origin: 'http://localhost:8080.evil.example' }],
    ['another site pretends an origin', { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:8080' }],
  ])('is refused when %s', async (_, headers) => {
    expect(await problemOf(await asBrowser(headers))).toMatchObject({ status: 403, code: 'cross_site_request' })
  })

  test.each([
    ['this site sends it', { 'sec-fetch-site': 'same-origin' }],
    ['its origin is ours', { origin: 'http://localhost:8080' }],
    ['its origin is the host that was asked', { origin: 'http://192.168.1.20:8080', host: '192.168.1.20:8080' }],
  ])('is done when %s', async (_, headers) => {
    expect((await asBrowser(headers)).status).toBe(201)
  })

  test('holds for every address, the pages that nobody thought of included', async () => {
    const headers = { cookie: coordinator.headers.cookie, 'sec-fetch-site': 'cross-site' }
    for (const path of ['/', '/financeur/x', '/coordination/x', '/nowhere'])
      expect(await problemOf(await app.request(path, { method: 'POST', headers }))).toMatchObject({
        code: 'cross_site_request',
      })
  })

  test('reading needs none of this', async () => {
    const headers = { cookie: coordinator.headers.cookie, 'sec-fetch-site': 'cross-site' }
    expect((await app.request('/api/v1/funders', { headers })).status).toBe(200)
  })
})

describe('a write with Idempotency-Key', () => {
  const count = async (name: string) => (await sql`select 1 from funders where name = ${name}`).length

  test('is done once and answered twice', async () => {
    const body = funder()
    const first = await addFunder(body, { 'idempotency-key': 'a' })
    const second = await addFunder(body, { 'idempotency-key': 'a' })
    expect([first.status, second.status]).toEqual([201, 201])
    expect(await second.json()).toEqual(await first.json())
    expect(second.headers.get('idempotent-replay')).toBe('true')
    expect(await count(body.name)).toBe(1)
  })

  test('refuses another body, another route and the same bytes in other words', async () => {
    const body = funder()
    await addFunder(body, { 'idempotency-key': 'b' })
    expect(await problemOf(await addFunder(funder(), { 'idempotency-key': 'b' }))).toMatchObject({
      status: 409,
      code: 'idempotency_key_reused',
    })
    const elsewhere = await app.request('/api/v1/organisations', {
      method: 'POST',
      headers: { ...coordinator.headers, ...json, 'idempotency-key': 'b' },
      body: JSON.stringify(body),
    })
    expect((await problemOf(elsewhere)).code).toBe('idempotency_key_reused')
  })

  test('belongs to one person', async () => {
    await addFunder(funder(), { 'idempotency-key': 'c' })
    expect((await addFunder(funder(), { 'idempotency-key': 'c' }, someoneElse)).status).toBe(201)
  })

  test('sent 20 times at once is done once', async () => {
    const body = funder()
    const answers = await Promise.all(Array.from({ length: 20 }, () => addFunder(body, { 'idempotency-key': 'd' })))
    const codes = await Promise.all(answers.map(async (answer) => (await problemOf(answer)).code ?? answer.status))
    expect(new Set(codes.filter((code) => code !== 201))).toEqual(new Set(['idempotency_key_in_use']))
    expect(codes).toContain(201)
    expect(await count(body.name)).toBe(1)
  })

  test('that was refused may be tried again', async () => {
    expect((await addFunder({ name: 'x', kind: 'commune' }, { 'idempotency-key': 'e' })).status).toBe(422)
    expect((await addFunder(funder(), { 'idempotency-key': 'e' })).status).toBe(201)
  })

  test('keeps no token in clear', async () => {
    const response = await app.request('/api/v1/api-tokens', {
      method: 'POST',
      headers: { ...coordinator.headers, ...json, 'idempotency-key': 'token' },
      body: JSON.stringify({ label: 'a program', scopes: ['campaigns'], expiresOn: '2026-04-01' }),
    })
    const { token } = await response.json()
    expect(token).toMatch(/^carnet_/)
    expect(await sql`select 1 from idempotent_answers where body like ${`%${token}%`} or key = 'token'`).toHaveLength(0)
  })

  test('refuses a key that is empty or long', async () => {
    for (const key of ['', 'k'.repeat(201)])
      expect(await problemOf(await addFunder(funder(), { 'idempotency-key': key }))).toMatchObject({
        status: 422,
        code: 'idempotency_key_invalid',
      })
  })

  test('is forgotten after 30 days', async () => {
    const ctx = createContext({ db, keyring, now: () => new Date('2026-04-20T09:00:00Z'), actor: { kind: 'operator' } })
    await forgetOldSessions(ctx)
    expect(await sql`select 1 from idempotent_answers`).toHaveLength(0)
  })
})

describe('an error', () => {
  const lines: string[] = []
  const parts = {
    ...({
      db,
      keyring,
      now: () => clock.now,
      mode: 'demo',
      publicUrl: 'http://localhost:8080',
      scanning: scanning.parts,
    } as const),
    log: (line: string) => void lines.push(line),
  }
  const breaking = createApp(parts)
  breaking.get('/api/v1/things/:id', async () => {
    await db.execute(`select * from nowhere where secret = 'P1-SECRET'` as never)
    throw new Error('never')
  })

  test('of ours tells the caller a number, and the log where, without SQL, input or token', async () => {
    const response = await breaking.request('/api/v1/things/P1-CODE?x=P1-QUERY', { headers: coordinator.headers })
    const problem = await problemOf(response)
    expect(problem).toMatchObject({ status: 500, code: 'internal', facts: { requestId: expect.any(String) } })
    expect(lines).toHaveLength(1)
    const line = JSON.parse(lines[0]!)
    expect(line).toMatchObject({
      level: 'error',
      route: '/api/v1/things/:id',
      requestId: problem.facts.requestId,
      cause: '42P01',
    })
    expect(line.frames.length).toBeGreaterThan(0)
    expect(lines[0]).not.toMatch(/P1-|select|carnet_|nowhere/)
    expect(JSON.stringify(problem)).not.toMatch(/select|nowhere/)
    await without('no words of an error', async () => breaking.request('/api/v1/things/P1-CODE'))
    expect(lines.pop(), 'nobody noticed that the guard is out').toMatch(/P1-SECRET/)
  })

  test('says what happened in the language that was asked for', async () => {
    const title = async (path: string, headers = {}) => (await (await app.request(path, { headers })).json()).title
    expect(await title('/api/v1/session')).toBe('Connectez-vous d’abord.')
    expect(await title('/api/v1/session?lang=en')).toBe('Sign in first.')
    expect(await title('/api/v1/session', { 'accept-language': 'en-GB' })).toBe('Sign in first.')
  })

  test('is a page for people and a problem for programs', async () => {
    const page = await app.request('/nowhere', { headers: { accept: 'text/html', 'accept-language': 'en' } })
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8'])
    expect(await page.text()).toContain('There is nothing at this address.')
    expect(await problemOf(await app.request('/nowhere'))).toMatchObject({ status: 404, code: 'route_not_found' })
  })

  test('of a database that is away passes, and /readyz says so', async () => {
    const away = connectDatabase('postgres://nobody@127.0.0.1:1/none', { maxConnections: 1 })
    const waiting = createApp({ ...parts, db: away.db })
    expect((await waiting.request('/healthz')).status).toBe(200)
    expect(await problemOf(await waiting.request('/readyz'))).toMatchObject({
      status: 503,
      code: 'temporarily_unavailable',
    })
    expect(lines).toHaveLength(2)
    expect(JSON.parse(lines[1]!)).toEqual({
      level: 'warning',
      route: '/readyz',
      requestId: expect.any(String),
      name: 'Error',
      cause: 'ECONNREFUSED',
    })
    await away.end()
    const ready = await app.request('/readyz')
    expect(ready.status).toBe(200)
    expect(await ready.json()).toEqual({ status: 'ready', alarms: [{ code: 'no_open_period', periodId: null }] })
  })
})

describe('the start page', () => {
  test.each(['fr', 'en'])('in %s is small, has no script and leads on', async (lang) => {
    const html = await (await app.request(`/?lang=${lang}`)).text()
    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${lang}">`))
    expect(html.length).toBeLessThan(30_000)
    expect(html).not.toMatch(/<script|https?:\/\/|style=/)
    expect(html).toContain('href="/api/docs')
    const css = await app.request('/assets/pages.css')
    expect(css.headers.get('content-type')).toMatch(/^text\/css/)
  })

  test('writes names as text', async () => {
    const account = { role: 'funder', name: '<script>1</script>', organisation: null, apiToken: 'x' } as const
    const named = createApp({
      ...{
        db,
        keyring,
        now: () => clock.now,
        mode: 'demo',
        publicUrl: 'http://localhost:8080',
        scanning: scanning.parts,
      },
      demoAccounts: async () => [{ ...account, signInUrl: 'http://localhost:8080/demo/sign-in/abc' }],
    })
    const html = await (await named.request('/')).text()
    expect(html).toContain('&lt;script&gt;')
    expect(html).toContain('href="/demo/sign-in/abc?to=%2Ffinanceur"')
  })
})
