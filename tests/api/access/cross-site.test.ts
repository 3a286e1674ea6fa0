import { createApp } from '@carnet/api/app.ts'
import type { MiddlewareHandler } from 'hono'
import { describe, expect, test, vi } from 'vitest'
import { givenEveryone } from '../../helpers/actors.ts'
import { listAppRoutes } from '../../helpers/app-routes.ts'
import { givenMember } from '../../helpers/members.ts'

const { mutable, without } = await vi.hoisted(() => import('../../helpers/without-guard.ts'))
const anybody: MiddlewareHandler = (_, next) => next()
vi.mock('@carnet/api/shared/http-origin.ts', async (load) =>
  mutable(await load<object>(), { checkOrigin: { guard: 'where a write comes from', instead: () => anybody } }),
)

const { db, keyring, clock, scanning, headersOf, sql, own } = await givenEveryone()
const createOwn = () =>
  createApp({
    ...{
      db,
      keyring,
      now: () => clock.now,
      mode: 'demo',
      publicUrl: 'http://localhost:8080',
      scanning: scanning.parts,
    },
    // Thousands of requests: how many is another matter.
    limit: () => {},
  })
const app = createOwn()
const unguarded = await without('where a write comes from', async () => createOwn())

const routes = listAppRoutes(app)
const writes = routes
  .filter(({ method }) => !/^(GET|HEAD)$/.test(method))
  .map(({ method, address, endsSession }) => ({ method, path: address, endsSession }))
const cookie = Object.entries(headersOf.coordinator).find(([name]) => name === 'cookie')![1]

const foreign: Record<string, Record<string, string>> = {
  'another site, as its browser says': { 'sec-fetch-site': 'cross-site' },
  'a neighbour of our domain': { 'sec-fetch-site': 'same-site' },
  'an address typed by hand': { 'sec-fetch-site': 'none' },
  'a foreign origin': { origin: 'https://evil.example' },
  'a hidden origin': { origin: 'null' },
  'an origin that begins like ours': { origin: 'http://localhost:8080.evil.example' },
  'an origin with ours as its user': { origin: 'http://localhost:8080@evil.example' },
  'an origin that is none': { origin: 'javascript:alert(1)' },
  'another site that adds our origin': { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:8080' },
}
/** The writes that were not refused for where they come from. */
async function listPassed(to: typeof app, headers: Record<string, string>, among = writes) {
  const passed: string[] = []
  for (const { method, path } of among) {
    const response = await to.request(path, { method, headers })
    const { code } = await response.json().catch(() => ({}))
    if (response.status !== 403 || code !== 'cross_site_request') passed.push(`${method} ${path} ${response.status}`)
  }
  return passed
}
const stateOf = async () =>
  (await sql`select (select count(*) from audit_log) || ' ' || (select count(*) from sessions) as state`)[0]!.state

describe('a write', () => {
  test('is one of many', () => {
    expect(writes.length).toBeGreaterThan(70)
    expect(writes.some(({ path }) => !path.startsWith('/api/'))).toBe(true)
  })

  test.each(Object.entries(foreign))('from %s is refused on every route, signed in or not', async (_, headers) => {
    const before = await stateOf()
    for (const session of [{ cookie }, {}]) expect(await listPassed(app, { ...session, ...headers })).toEqual([])
    expect(await stateOf()).toBe(before)
  })

  test('with a session and without a word of where it comes from is refused on every route', async () => {
    expect(await listPassed(app, { cookie })).toEqual([])
  })

  test('passes in each of these ways once the guard is out: nothing else stands behind it', async () => {
    const some = writes.filter(({ endsSession }, at) => at % 8 === 0 && !endsSession)
    for (const headers of [...Object.values(foreign), {}])
      expect(await listPassed(unguarded, { cookie, ...headers }, some)).toHaveLength(some.length)
  })

  test('has no other way in: GET, HEAD and a method that pretends to be one change nothing', async () => {
    const before = await stateOf()
    for (const { path } of writes)
      for (const method of ['GET', 'HEAD', 'OPTIONS'])
        await app.request(`${path}?_method=POST`, {
          method,
          headers: { cookie, 'x-http-method-override': 'POST', 'sec-fetch-site': 'cross-site' },
        })
    expect(await stateOf()).toBe(before)
  })
})

describe('a line break', () => {
  const evil = 'Mairie\r\nset-cookie: a=b\r\n\r\n<script>'

  test('in any address or parameter adds no header and breaks nothing', async () => {
    const { headers } = await givenMember(sql, 'coordinator')
    const wrong: string[] = []
    const statuses: number[] = []
    const coded = encodeURIComponent('1\r\nset-cookie: a=b')
    for (const { method, path, endsSession } of routes) {
      const address = path.replace(/:\w+(\{[^}]*\})?\??/g, coded)
      const response = await app.request(`${address}?to=${coded}&q=${coded}&lang=${coded}&cursor=${coded}`, {
        method,
        headers: { ...headers, accept: 'text/html' },
      })
      if (!endsSession) statuses.push(response.status)
      const told = [...response.headers].map(([, value]) => value).join('|')
      if (response.status >= 500 || /[\r\n]/.test(told) || response.headers.getSetCookie().includes('a=b'))
        wrong.push(`${method} ${address} ${response.status}`)
    }
    expect(wrong).toEqual([])
    expect(statuses.filter((status) => status === 200).length, 'the session lived').toBeGreaterThan(30)
  })

  test('in a name of the database adds none either: no file is named after people or places', async () => {
    const { headers } = await givenMember(sql, 'coordinator')
    await sql`update organisations set legal_name = ${evil}`
    await sql`update venues set name = ${evil}`
    await sql`update campaigns set name = ${evil}`
    await sql`update funders set name = ${evil} || id`
    for (const route of routes) {
      if (route.method !== 'GET') continue
      const address = route.address.replace('/statements/1', `/statements/1.${own.organisationId}`)
      const response = await app.request(address, { headers: { ...headers, accept: 'text/html' } })
      expect(response.headers.getSetCookie().join(), address).not.toContain('a=b')
      expect(response.headers.get('content-disposition') ?? '', address).not.toMatch(/Mairie|script/)
      expect(response.status, address).not.toBe(500)
    }
  })
})

test('no address sends a reader to another site', async () => {
  const names = [
    'to',
    'next',
    'retour',
    'return',
    'returnTo',
    'return_to',
    'redirect',
    'redirect_uri',
    'url',
    'suite',
    'vers',
    'continue',
  ]
  const targets = [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/%09/evil.example',
    'javascript:alert(1)',
    '\\\\evil.example',
  ]
  const { headers } = await givenMember(sql, 'coordinator')
  const away: string[] = []
  const isOurs = (location: string) =>
    new URL(location, 'http://localhost:8080').origin === 'http://localhost:8080' &&
    !/^[/\\]{2}|^\/[\t ]/.test(location)
  for (const { method, path, address } of routes) {
    if (path.startsWith('/api/')) continue
    for (const target of targets) {
      const fields = new URLSearchParams(names.map((name) => [name, target])).toString()
      const asked = { ...headers, accept: 'text/html' }
      const form = {
        ...asked,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(fields.length),
      }
      const response = await app.request(
        `${address}?${fields}`,
        method === 'POST' ? { method, headers: form, body: fields } : { method, headers: asked },
      )
      const location = response.headers.get('location')
      if (location && !isOurs(location)) away.push(`${method} ${address} → ${location}`)
    }
  }
  for (const path of ['//evil.example', '/\\evil.example', '/scanner//evil.example', '//evil.example/scanner'])
    for (const { headers } of [await app.request(`http://localhost:8080${path}`)])
      if (headers.has('location') && !isOurs(headers.get('location')!)) away.push(path)
  expect(away).toEqual([])
})
