import { randomUUID } from 'node:crypto'
import { createDemoAccounts, type DemoPerson } from '@carnet/api/accounts/demo-accounts.ts'
import { forgetOldSessions } from '@carnet/api/accounts/forget-old-sessions.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember, givenSession, sessionHeaders } from '../../helpers/members.ts'

const { app, db, sql, keyring, clock } = await createTestApp()
const publicUrl = 'http://localhost:8080'
const operator = createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
const funderId = randomUUID()
const people: DemoPerson[] = [
  { role: 'coordinator', name: 'Camille', email: 'camille@example.org', tenantId: null, organisation: null },
  { role: 'funder', name: 'Farid', email: 'farid@example.org', tenantId: funderId, organisation: 'Département' },
  { role: 'auditor', name: 'Aude', email: 'aude@example.org', tenantId: null, organisation: null },
]
const [coordinator, funder, auditor] = await createDemoAccounts(operator, people, publicUrl)
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const whoAmI = (headers: Record<string, string>) => app.request('/api/v1/session', { headers })
const codeOf = async (response: Response) => (await response.json()).code

beforeEach(() => {
  clock.now = new Date('2026-03-10T09:00:00Z')
})

async function signIn(url: string): Promise<string> {
  const response = await app.request(new URL(url).pathname)
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/')
  return response.headers.get('set-cookie')!.split(';')[0]!
}

describe('a session', () => {
  test('starts by one click and knows who asks, as whom', async () => {
    const response = await whoAmI({ cookie: await signIn(funder!.signInUrl) })
    expect(await response.json()).toEqual({ name: 'Farid', role: 'funder', tenantId: funderId, scopes: ['*'] })
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('lives in a cookie that no script reads and no other site sends', async () => {
    const response = await app.request(new URL(funder!.signInUrl).pathname)
    expect(response.headers.get('set-cookie')).toMatch(
      /^carnet-session=[\w.-]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    )
  })

  test('has a __Host- cookie wherever the site is reached by https', async () => {
    const secure = await createTestApp({ publicUrl: 'https://carnet.example' })
    const ctx = createContext({ ...secure, now: () => clock.now, actor: { kind: 'operator' } })
    const [account] = await createDemoAccounts(ctx, people, 'https://carnet.example')
    const response = await secure.app.request(new URL(account!.signInUrl).pathname)
    expect(response.headers.get('set-cookie')).toMatch(/^__Host-carnet=.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/)
    expect(response.headers.get('strict-transport-security')).toMatch(/max-age=31536000/)
  })

  test('ends after twelve hours', async () => {
    const cookie = await signIn(funder!.signInUrl)
    clock.now = new Date('2026-03-10T20:59:59Z')
    expect((await whoAmI({ cookie })).status).toBe(200)
    clock.now = new Date('2026-03-10T21:00:00Z')
    expect(await codeOf(await whoAmI({ cookie }))).toBe('sign_in_needed')
  })

  test('ends at once when signed out', async () => {
    const cookie = await signIn(funder!.signInUrl)
    const signOut = () =>
      app.request('/api/v1/session', { method: 'DELETE', headers: { cookie, 'sec-fetch-site': 'same-origin' } })
    expect((await signOut()).headers.get('set-cookie')).toMatch(/^carnet-session=; Max-Age=0/)
    expect((await whoAmI({ cookie })).status).toBe(401)
    expect((await signOut()).status).toBe(204)
  })

  test('ends with the membership and with the person', async () => {
    const { personId, membershipId, headers } = await givenMember(sql, 'coordinator')
    const { cookie } = headers
    expect((await whoAmI({ cookie })).status).toBe(200)
    await sql`update memberships set valid_until = '2026-03-09' where id = ${membershipId}`
    expect((await whoAmI({ cookie })).status).toBe(401)
    await sql`update memberships set valid_until = '2026-03-10' where id = ${membershipId}`
    expect((await whoAmI({ cookie })).status).toBe(200)
    await sql`update people set is_active = false where id = ${personId}`
    expect((await whoAmI({ cookie })).status).toBe(401)
  })

  test('is kept as a hash only, and forgotten when it ended', async () => {
    const cookie = await signIn(funder!.signInUrl)
    const token = cookie.split('=')[1]!
    expect(await sql`select 1 from sessions where sessions::text like ${`%${token}%`}`).toHaveLength(0)
    clock.now = new Date('2026-03-20T09:00:00Z')
    await forgetOldSessions(operator)
    expect(await sql`select 1 from sessions where expires_at < ${clock.now}`).toHaveLength(0)
  })

  test('does not start by a link that does not exist', async () => {
    const response = await app.request(`/demo/sign-in/${'x'.repeat(40)}`)
    expect([response.status, await codeOf(response)]).toEqual([404, 'sign_in_link_not_found'])
  })

  test('starts by no link in production', async () => {
    const production = await createTestApp({ mode: 'production', publicUrl: 'https://carnet.example' })
    const response = await production.app.request(new URL(funder!.signInUrl).pathname)
    expect([response.status, await codeOf(response)]).toEqual([404, 'route_not_found'])
  })
})

describe('an API token', () => {
  const member = givenMember(sql, 'coordinator')
  const create = async (body: unknown, headers?: Record<string, string>) =>
    app.request('/api/v1/api-tokens', {
      method: 'POST',
      headers: { ...(headers ?? (await member).headers), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const wanted = { label: 'Tableau de bord', scopes: ['accounts', 'funders'], expiresOn: '2026-06-30' }

  test('acts as the person who made it, within its scopes, until its last day', async () => {
    const { token } = await (await create(wanted)).json()
    expect((await whoAmI(bearer(token))).status).toBe(200)
    expect((await app.request('/api/v1/funders', { headers: bearer(token) })).status).toBe(200)
    const foreign = await app.request('/api/v1/campaigns', { headers: bearer(token) })
    expect([foreign.status, await codeOf(foreign)]).toEqual([403, 'scope_missing'])
    clock.now = new Date('2026-06-30T20:00:00Z')
    expect((await whoAmI(bearer(token))).status).toBe(200)
    clock.now = new Date('2026-07-01T09:00:00Z')
    expect(await codeOf(await whoAmI(bearer(token)))).toBe('token_expired')
  })

  test('makes no other, not even with every scope: it cannot outlive its end', async () => {
    const { token } = await (await create({ ...wanted, scopes: ['*'] })).json()
    for (const scopes of [['*'], ['accounts']]) {
      const response = await create({ ...wanted, scopes }, bearer(token))
      expect([response.status, await codeOf(response)]).toEqual([403, 'session_needed'])
    }
  })

  test('is not made in a browser that was left open', async () => {
    const { membershipId } = await member
    const left = { authenticatedAt: new Date(clock.now.getTime() - 11 * 60_000) }
    const response = await create(wanted, sessionHeaders(await givenSession(sql, membershipId, left)))
    expect([response.status, await codeOf(response)]).toEqual([403, 'fresh_proof_needed'])
  })

  test('is forgotten 30 days after its end', async () => {
    const { id } = await (await create(wanted)).json()
    const isThere = async () => (await sql`select 1 from api_tokens where id = ${id}`).length === 1
    clock.now = new Date('2026-07-30T10:00:00Z')
    await forgetOldSessions(operator)
    expect(await isThere()).toBe(true)
    clock.now = new Date('2026-07-31T10:00:00Z')
    await forgetOldSessions(operator)
    expect(await isThere()).toBe(false)
  })

  test.each(['2026-03-09', '2027-03-12'])('does not end on %s', async (expiresOn) => {
    const response = await create({ ...wanted, expiresOn })
    expect([response.status, await codeOf(response)]).toEqual([422, 'token_end_not_allowed'])
  })

  test('is listed without its text and revoked at once, by its owner alone', async () => {
    const { id, token } = await (await create(wanted)).json()
    const list = await app.request('/api/v1/api-tokens', { headers: bearer(token) })
    expect(await list.text()).toContain(id)
    expect(await (await app.request('/api/v1/api-tokens', { headers: bearer(token) })).text()).not.toContain(token)
    const revoke = (by: string) => app.request(`/api/v1/api-tokens/${id}`, { method: 'DELETE', headers: bearer(by) })
    expect(await codeOf(await revoke(funder!.apiToken))).toBe('api_token_not_found')
    expect((await revoke(token)).status).toBe(204)
    expect(await codeOf(await whoAmI(bearer(token)))).toBe('token_unknown')
  })

  test('notes the day of its last use, once a day', async () => {
    await whoAmI(bearer(funder!.apiToken))
    const lastUse = () => sql`select t.last_used_on::text as day, t.xmin::text from api_tokens t
      join memberships m on m.id = t.membership_id where m.tenant_id = ${funderId}`
    const [before] = await lastUse()
    expect(before!.day).toBe('2026-03-10')
    await whoAmI(bearer(funder!.apiToken))
    expect(await lastUse()).toEqual([before])
    clock.now = new Date('2026-03-11T09:00:00Z')
    await whoAmI(bearer(funder!.apiToken))
    expect((await lastUse())[0]!.day).toBe('2026-03-11')
  })

  test.each([
    'Bearer short',
    'Basic YTpi',
    'Bearer ',
    `Bearer ${'x'.repeat(5000)}`,
    'Bearer carnet_unknownunknownunknown',
  ])('is not %.30s', async (authorization) => {
    const response = await whoAmI({ authorization })
    expect([response.status, await codeOf(response)]).toEqual([401, 'token_unknown'])
  })
})

describe('demo accounts', () => {
  test('made twice are the same people, and what was given before goes on working', async () => {
    const [again] = await createDemoAccounts(operator, people, publicUrl)
    const [count] = await sql`select count(*)::int as people from people where email = 'camille@example.org'`
    expect(count).toEqual({ people: 1 })
    expect(again).toEqual(coordinator)
    expect((await whoAmI(bearer(again!.apiToken))).status).toBe(200)
    const tokens = await sql`select 1 from api_tokens t join memberships m on m.id = t.membership_id
      join people p on p.id = m.person_id where p.email = 'camille@example.org'`
    expect(tokens).toHaveLength(1)
  })

  test('of auditors end by themselves, unless they are given again', async () => {
    clock.now = new Date('2026-06-09T09:00:00Z')
    expect((await whoAmI(bearer(auditor!.apiToken))).status).toBe(401)
    await createDemoAccounts(operator, people, publicUrl)
    expect((await whoAmI(bearer(auditor!.apiToken))).status).toBe(200)
  })

  test('are made by the operator alone', async () => {
    const { actor } = await givenMember(sql, 'coordinator')
    const ctx = createContext({ db, keyring, now: () => clock.now, actor })
    await expect(createDemoAccounts(ctx, people, publicUrl)).rejects.toMatchObject({ code: 'role_not_allowed' })
  })
})

describe('the audit log over HTTP', () => {
  test('tells coordinators and auditors who did what, page by page', async () => {
    const read = async (query: string, token = coordinator!.apiToken) =>
      (await app.request(`/api/v1/audit-log${query}`, { headers: bearer(token) })).json()
    const first = await read('?limit=2')
    expect(first.items).toHaveLength(2)
    const second = await read(`?limit=2&cursor=${first.nextCursor}`)
    expect(second.items[0].seq).toBe(first.items[1].seq - 1)
    expect((await read('', funder!.apiToken)).code).toBe('role_not_allowed')
  })

  test('holds a line for each read of an auditor, and vouches for itself', async () => {
    await app.request('/api/v1/funders', { headers: bearer(auditor!.apiToken) })
    const response = await app.request('/api/v1/audit-log/verification', { headers: bearer(auditor!.apiToken) })
    const { ok, firstBrokenSeq, head } = await response.json()
    expect({ ok, firstBrokenSeq }).toEqual({ ok: true, firstBrokenSeq: null })
    expect(head).toMatchObject({ actor: 'auditor', person: 'Aude', action: 'auditor_read' })
    const reads = await sql`select details from audit_log where action = 'auditor_read' order by seq desc limit 2`
    expect(reads.map(({ details }) => details.path)).toEqual(['/api/v1/audit-log/verification', '/api/v1/funders'])
  })
})
