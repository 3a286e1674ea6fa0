import { randomUUID } from 'node:crypto'
import { createContext } from '@carnet/api/shared/context.ts'
import { submitBankAccount } from '@carnet/api/venues/submit-bank-account.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember, givenSession } from '../../helpers/members.ts'
import { givenBrowser } from '../../helpers/sign-in.ts'

const { app, db, sql, keyring, clock } = await createTestApp({ mode: 'production' })
const start = new Date('2026-03-10T09:00:00Z')
const minutes = (count: number) => new Date(start.getTime() + count * 60_000)
beforeEach(() => {
  clock.now = start
})

type Facts = Parameters<typeof givenSession>[2]
const now = { createdAt: start, authenticatedAt: start, seenAt: start }
async function browserWith(membershipId: string, facts: Facts = now) {
  const browser = givenBrowser(app)
  const token = await givenSession(sql, membershipId, facts)
  browser.cookies.set('carnet-session', token)
  return Object.assign(browser, { token })
}
async function givenRoles() {
  const own = await givenMember(sql, 'venue_manager', randomUUID())
  const [second] =
    await sql`insert into memberships (person_id, role, tenant_id) values (${own.personId}, 'funder', ${randomUUID()}) returning id`
  const [strict] =
    await sql`insert into memberships (person_id, role) values (${own.personId}, 'coordinator') returning id`
  return { ...own, funder: second!.id as string, coordinator: strict!.id as string }
}

describe('a session', () => {
  test('that nobody used for an hour is over for a role that decides about money, and lives as long as it is used', async () => {
    const { membershipId } = await givenMember(sql, 'coordinator')
    const browser = await browserWith(membershipId)
    for (const minute of [50, 100, 150]) {
      clock.now = minutes(minute)
      expect(await browser.whoAmI()).toBe('coordinator')
    }
    clock.now = minutes(150 + 60)
    expect(await browser.whoAmI()).toBe('sign_in_needed')
  })

  test('writes down that it was seen once in five minutes', async () => {
    const { membershipId } = await givenMember(sql, 'coordinator')
    const browser = await browserWith(membershipId)
    const writes = async () =>
      (await sql`select xmin::text from sessions where membership_id = ${membershipId} and seen_at < '2099-01-01'`)[0]!
        .xmin
    const before = await writes()
    clock.now = minutes(4)
    for (let request = 0; request < 5; request += 1) await browser.whoAmI()
    expect(await writes()).toBe(before)
    clock.now = minutes(5)
    await browser.whoAmI()
    expect(await writes()).not.toBe(before)
  })

  test('opened by mail in such a role is nobody’s until the passkey was shown', async () => {
    for (const [method, answer] of [
      ['code', 'sign_in_needed'],
      ['oidc', 'sign_in_needed'],
      ['passkey', 'auditor'],
    ] as const) {
      const { membershipId } = await givenMember(sql, 'auditor')
      expect(await (await browserWith(membershipId, { ...now, method })).whoAmI()).toBe(answer)
    }
  })

  test('of somebody else is not seen and not ended; one’s own are, here and elsewhere', async () => {
    const own = await givenMember(sql, 'funder', randomUUID())
    const other = await givenMember(sql, 'funder', randomUUID())
    const [here, elsewhere, third, foreign] = [
      await browserWith(own.membershipId),
      await browserWith(own.membershipId),
      await browserWith(own.membershipId),
      await browserWith(other.membershipId),
    ]
    const idOf = async ({ token }: { token: string }) =>
      (await sql`select id from sessions where token_hash = sha256(convert_to(${token}, 'UTF8'))`)[0]!.id as string
    expect(await (await here.ask('/compte')).text()).not.toContain(await idOf(foreign))
    expect((await here.post(`/compte/sessions/${await idOf(foreign)}/fin`, {})).status).toBe(404)
    expect(await foreign.whoAmI()).toBe('funder')
    expect((await here.post(`/compte/sessions/${await idOf(elsewhere)}/fin`, {})).status).toBe(303)
    expect(await elsewhere.whoAmI()).toBe('sign_in_needed')
    await here.post('/compte/sessions/autres', {})
    expect([await third.whoAmI(), await here.whoAmI()]).toEqual(['sign_in_needed', 'funder'])
    await here.post('/compte/sessions/toutes', {})
    expect(await here.whoAmI()).toBe('sign_in_needed')
  })
})

describe('several roles', () => {
  test('are changed by a new token, and the former one opens nothing', async () => {
    const { membershipId, funder } = await givenRoles()
    const browser = await browserWith(membershipId, { ...now, method: 'code' })
    const thief = givenBrowser(app)
    thief.cookies.set('carnet-session', browser.token)
    const changed = await browser.post('/compte/roles', { membership: funder, to: '' })
    expect([changed.status, changed.headers.get('location')]).toEqual([303, '/financeur'])
    expect([await browser.whoAmI(), await thief.whoAmI()]).toEqual(['funder', 'sign_in_needed'])
  })

  test('changed by ten requests at once leave one session', async () => {
    const { personId, membershipId, funder } = await givenRoles()
    await sql`delete from sessions where membership_id = ${membershipId}`
    const { token } = await browserWith(membershipId, { ...now, method: 'code' })
    const tries = Array.from({ length: 10 }, () => {
      const browser = givenBrowser(app)
      browser.cookies.set('carnet-session', token)
      return browser.post('/compte/roles', { membership: funder, to: '' })
    })
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 303).length).toBeGreaterThanOrEqual(1)
    const left =
      await sql`select 1 from sessions s join memberships m on m.id = s.membership_id where m.person_id = ${personId}`
    expect(left).toHaveLength(1)
  })

  test('do not lead around the passkey: a code for one role opens no stricter one', async () => {
    const { membershipId, coordinator } = await givenRoles()
    const browser = await browserWith(membershipId, { ...now, method: 'code' })
    const changed = await browser.post('/compte/roles', { membership: coordinator, to: '' })
    expect(changed.headers.get('location')).toMatch(/^\/connexion\/cle/)
    expect(await browser.whoAmI()).toBe('sign_in_needed')
  })

  test('of somebody else are no choice', async () => {
    const { membershipId } = await givenRoles()
    const other = await givenMember(sql, 'coordinator')
    const browser = await browserWith(membershipId)
    expect((await browser.post('/compte/roles', { membership: other.membershipId, to: '' })).status).toBe(404)
    expect(await browser.whoAmI()).toBe('venue_manager')
  })
})

describe('what moves money', () => {
  const account = { iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPP', holderName: 'Structure' }
  async function submit(headers: Record<string, string>, organisationId: string) {
    const response = await app.request(`/api/v1/organisations/${organisationId}/bank-accounts`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(account),
    })
    return (await response.json()).code
  }

  test('is done by nobody who proved it more than ten minutes ago, and never by a program', async () => {
    const organisationId = randomUUID()
    const { membershipId, bearer } = await givenMember(sql, 'venue_manager', organisationId)
    const { token } = await browserWith(membershipId, { ...now, method: 'code' })
    const cookie = { cookie: `carnet-session=${token}`, 'sec-fetch-site': 'same-origin' }
    expect(await submit(bearer, organisationId)).toBe('session_needed')
    clock.now = minutes(10)
    expect(await submit(cookie, organisationId)).toBe('fresh_proof_needed')
    clock.now = minutes(9)
    expect(await submit(cookie, organisationId)).not.toMatch(/proof|session/)
  })

  test('mutant: a guard that forgets to look at the clock lets a stale session through', async () => {
    const organisationId = randomUUID()
    const { actor } = await givenMember(sql, 'venue_manager', organisationId)
    if (actor.kind !== 'person') throw new Error('A member is a person')
    const session = { id: randomUUID(), method: 'code' as const, authenticatedAt: start }
    const asked = (clockOfGuard: Date) =>
      submitBankAccount(
        createContext({ db, keyring, now: () => clockOfGuard, actor: { ...actor, session } }),
        organisationId,
        account,
      )
    await expect(asked(minutes(11))).rejects.toMatchObject({ code: 'fresh_proof_needed' })
    await expect(asked(start)).rejects.not.toMatchObject({ code: 'fresh_proof_needed' })
  })

  test('on a page leads to the proof, and back to the page', async () => {
    const { membershipId } = await givenMember(sql, 'finance_approver')
    const browser = await browserWith(membershipId)
    clock.now = minutes(11)
    const id = randomUUID()
    const asked = await browser.post(`/coordination/remises/${id}/export`, {})
    expect([asked.status, asked.headers.get('location')]).toEqual([
      303,
      `/connexion?to=${encodeURIComponent(`/coordination/remises/${id}`)}`,
    ])
    const page = await (await browser.ask(asked.headers.get('location')!)).text()
    expect(page).toContain('Confirmez que c’est vous')
    expect(page).not.toContain('Recevoir un code')
  })
})

describe('the account page', () => {
  test('makes a token that is shown once, and revokes it', async () => {
    const { membershipId } = await givenMember(sql, 'funder', randomUUID())
    const browser = await browserWith(membershipId)
    const wanted = { label: 'Tableau', scopes: 'campaigns, statistics', expiresOn: '2026-06-30' }
    const token = /carnet_[\w-]{43}/.exec(await (await browser.post('/compte/jetons', wanted)).text())![0]
    const account = await (await browser.ask('/compte')).text()
    expect(account).toContain('Tableau')
    expect(account).not.toContain(token)
    const asked = () => app.request('/api/v1/campaigns', { headers: { authorization: `Bearer ${token}` } })
    expect((await asked()).status).toBe(200)
    const [{ id }] = (await sql`select id from api_tokens where label = 'Tableau'`) as unknown as [{ id: string }]
    expect((await browser.post(`/compte/jetons/${id}/retrait`, {})).status).toBe(303)
    expect((await asked()).status).toBe(401)
  })

  test('keeps what was typed when a field is wrong', async () => {
    const { membershipId } = await givenMember(sql, 'funder', randomUUID())
    const browser = await browserWith(membershipId)
    const response = await browser.post('/compte/jetons', { label: 'Tableau', scopes: 'a b!', expiresOn: '2026-06-30' })
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('value="Tableau"')
  })

  test('changes a name and a language, and nothing else that is sent along', async () => {
    const { membershipId, personId } = await givenMember(sql, 'funder', randomUUID())
    const browser = await browserWith(membershipId)
    const sent = { name: 'Farida', language: 'en', email: 'evil@example.org', role: 'coordinator', isActive: 'false' }
    expect((await browser.post('/compte', sent)).status).toBe(303)
    const [person] = await sql`select name, language, email, is_active from people where id = ${personId}`
    expect(person).toEqual({ name: 'Farida', language: 'en', email: `${personId}@example.org`, is_active: true })
  })

  test('is closed to programs and to the public', async () => {
    const { bearer } = await givenMember(sql, 'funder', randomUUID())
    expect((await app.request('/compte', { headers: { ...bearer, accept: 'application/json' } })).status).toBe(403)
    const stranger = await givenBrowser(app).ask('/compte')
    expect(stranger.headers.get('location')).toBe('/connexion?to=%2Fcompte')
  })
})

describe('in production', () => {
  test('nobody reads mails on a page, and no link of the demo signs in', async () => {
    const { headers } = await givenMember(sql, 'coordinator')
    for (const path of ['/demo/courriels', '/api/v1/demo', `/demo/sign-in/${'x'.repeat(43)}`])
      for (const as of [{}, headers]) expect((await app.request(path, { headers: as })).status, path).toBe(404)
  })

  test('over https the secret of a sign-in under way stays with the browser and the host', async () => {
    const secure = await createTestApp({ mode: 'production', publicUrl: 'https://carnet.example' })
    const form = 'email=a%40example.org'
    const response = await secure.app.request('https://carnet.example/connexion', {
      method: 'POST',
      body: form,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(form.length),
        'sec-fetch-site': 'same-origin',
      },
    })
    expect(response.headers.get('set-cookie')).toMatch(
      /^__Host-carnet-signin=browser_[\w-]{43}; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  test('another host in the request changes no address of an answer, nor of a mail', async () => {
    const response = await app.request('http://evil.example/compte', {
      headers: { accept: 'text/html', host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    })
    expect(response.headers.get('location')).toBe('/connexion?to=%2Fcompte')
    const page = await app.request('http://evil.example/connexion', { headers: { host: 'evil.example' } })
    expect(await page.text()).not.toContain('evil.example')
  })
})
