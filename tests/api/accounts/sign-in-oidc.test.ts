import { randomUUID } from 'node:crypto'
import { createOidcProvider } from '@carnet/api/accounts/oidc-provider.ts'
import { expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { freePort } from '../../helpers/command.ts'
import { givenMember } from '../../helpers/members.ts'
import { givenOidcServer } from '../../helpers/oidc-server.ts'
import { givenBrowser, type TestBrowser } from '../../helpers/sign-in.ts'

const publicUrl = 'http://localhost:8080'
const server = await givenOidcServer({ port: await freePort(), redirectUri: `${publicUrl}/connexion/retour` })
const settings = { issuer: server.issuer, clientId: 'carnet', scope: 'openid email', name: 'ProConnect' }
const provider = createOidcProvider({
  ...settings,
  secret: undefined,
  privateKeyPem: server.privateKeyPem,
  vouchesForEmails: false,
})
const { app, sql, clock } = await createTestApp({ mode: 'production', oidc: provider, limit: () => {} })
clock.now = new Date()

async function givenManager(isVerified: boolean | 'unsaid' = true) {
  const { personId, membershipId } = await givenMember(sql, 'venue_manager', randomUUID())
  const email = `${personId}@example.org`
  const subject = randomUUID()
  server.accounts.set(subject, { email, ...(isVerified !== 'unsaid' && { email_verified: isVerified }) })
  return { personId, membershipId, email, subject }
}
const begin = async (browser: TestBrowser, to = '') =>
  (await browser.ask(`/connexion/fournisseur?to=${encodeURIComponent(to)}`)).headers.get('location')!
const pathOf = (url: string) => url.slice(publicUrl.length)

/** To the provider, through its sign-in as `subject`, and the address it sends back to. */
async function goThere(browser: TestBrowser, subject: string, to?: string): Promise<string> {
  return pathOf(await server.signIn(await begin(browser, to), subject))
}
async function refusalOf(browser: TestBrowser, path: string) {
  const response = await browser.ask(path, { headers: { accept: 'application/json' } })
  return [response.status, (await response.json()).code]
}

test('a known person signs in through a real provider, with a signed userinfo, and comes back to the page', async () => {
  const { subject, personId } = await givenManager()
  const browser = givenBrowser(app)
  const back = await goThere(browser, subject, '/lieu/bordereaux')
  const response = await browser.ask(back)
  expect([response.status, response.headers.get('location')]).toEqual([303, '/lieu/bordereaux'])
  expect(await browser.whoAmI()).toBe('venue_manager')
  expect(server.userinfoTypes).toContain('application/jwt')
  const [kept] = await sql`select issuer, subject from oidc_identities where person_id = ${personId}`
  expect(kept).toEqual({ issuer: server.issuer, subject })
  const [told] =
    await sql`select details from audit_log where action = 'signed_in' and details->>'personId' = ${personId}`
  expect(told!.details).toMatchObject({ method: 'oidc', issuer: server.issuer, amr: expect.any(Array) })
})

test('the request carries PKCE, state and nonce, and asks for a fresh proof', async () => {
  const asked = new URL(await begin(givenBrowser(app)))
  for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.searchParams.get(name)).toMatch(/^[\w-]{43}$/)
  expect(asked.searchParams.get('code_challenge_method')).toBe('S256')
  expect(asked.searchParams.get('max_age')).toBe('600')
})

test('once linked, the subject counts: the address may change at the provider, and nobody else gets in by it', async () => {
  const first = await givenManager()
  const other = await givenManager()
  await givenBrowser(app).ask(await goThere(givenBrowser(app), first.subject))
  const browser = givenBrowser(app)
  await browser.ask(await goThere(browser, first.subject))
  server.accounts.set(first.subject, { email: other.email, email_verified: true })
  const again = givenBrowser(app)
  await again.ask(await goThere(again, first.subject))
  const sessions = await sql`select 1 from sessions where membership_id = ${other.membershipId} and method = 'oidc'`
  expect(sessions).toHaveLength(0)
  expect(await again.whoAmI()).toBe('venue_manager')
})

test('an address that is not verified, or that the provider says nothing about, links nobody', async () => {
  for (const isVerified of [false, 'unsaid'] as const) {
    const { subject } = await givenManager(isVerified)
    const browser = givenBrowser(app)
    expect(await refusalOf(browser, await goThere(browser, subject))).toEqual([403, 'email_not_verified'])
    expect(await browser.whoAmI()).toBe('sign_in_needed')
  }
})

test('an address that nobody invited gets in nowhere', async () => {
  server.accounts.set('stranger', { email: 'stranger@example.org', email_verified: true })
  const browser = givenBrowser(app)
  expect(await refusalOf(browser, await goThere(browser, 'stranger'))).toEqual([403, 'no_membership'])
})

test('what comes back works once, and in its own browser alone', async () => {
  const { subject, membershipId } = await givenManager()
  const browser = givenBrowser(app)
  const back = await goThere(browser, subject)
  const thief = givenBrowser(app)
  await begin(thief)
  expect(await refusalOf(thief, back)).toEqual([403, 'provider_refused'])
  expect(await refusalOf(givenBrowser(app), back)).toEqual([403, 'provider_refused'])
  const answers = await Promise.all(Array.from({ length: 10 }, () => browser.ask(back)))
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  expect(await sql`select 1 from sessions where membership_id = ${membershipId} and method = 'oidc'`).toHaveLength(1)
  expect(await refusalOf(browser, back)).toEqual([403, 'provider_refused'])
})

test.each([
  ['another state', (url: URL) => url.searchParams.set('state', 'x'.repeat(43))],
  ['no state', (url: URL) => url.searchParams.delete('state')],
  ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
  ['an error', (url: URL) => url.searchParams.set('error', 'access_denied')],
  ['a code that was made up', (url: URL) => url.searchParams.set('code', 'x'.repeat(43))],
])('an answer with %s is refused', async (_, change) => {
  const { subject } = await givenManager()
  const browser = givenBrowser(app)
  const back = new URL(await goThere(browser, subject), publicUrl)
  change(back)
  expect(await refusalOf(browser, pathOf(String(back)))).toEqual([403, 'provider_refused'])
  expect(await browser.whoAmI()).toBe('sign_in_needed')
})

test('an answer to another nonce is refused', async () => {
  const { subject } = await givenManager()
  const browser = givenBrowser(app)
  const asked = new URL(await begin(browser))
  asked.searchParams.set('nonce', 'x'.repeat(43))
  const back = pathOf(await server.signIn(String(asked), subject))
  expect(await refusalOf(browser, back)).toEqual([403, 'provider_refused'])
})

test('the code of another person, put into one’s own answer, is refused', async () => {
  const [victim, thief] = [await givenManager(), await givenManager()]
  const stolen = new URL(await goThere(givenBrowser(app), victim.subject), publicUrl).searchParams.get('code')!
  const browser = givenBrowser(app)
  const back = new URL(await goThere(browser, thief.subject), publicUrl)
  back.searchParams.set('code', stolen)
  expect(await refusalOf(browser, pathOf(String(back)))).toEqual([403, 'provider_refused'])
})

test('signing out offers to end the session at the provider too', async () => {
  const { subject } = await givenManager()
  const browser = givenBrowser(app)
  await browser.ask(await goThere(browser, subject))
  const page = await (await browser.post('/deconnexion', {})).text()
  const href = /href="([^"]*session\/end[^"]*)"/.exec(page)![1]!.replaceAll('&amp;', '&')
  const url = new URL(href)
  expect(url.origin).toBe(new URL(server.issuer).origin)
  expect(url.searchParams.get('id_token_hint')).toMatch(/^ey/)
  expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${publicUrl}/`)
  expect(await browser.whoAmI()).toBe('sign_in_needed')
})

test('a provider that is away is said, and codes still work', async () => {
  const away = createOidcProvider({
    ...settings,
    issuer: 'http://127.0.0.1:9',
    secret: 's',
    privateKeyPem: undefined,
    vouchesForEmails: false,
  })
  const other = await createTestApp({ mode: 'production', oidc: away })
  const response = await other.app.request('/connexion/fournisseur')
  expect([response.status, (await response.json()).code]).toEqual([503, 'provider_away'])
  expect((await other.app.request('/connexion')).status).toBe(200)
})

test('without a provider there is neither button nor way back', async () => {
  const { app: plain } = await createTestApp({ mode: 'production' })
  expect(await (await plain.request('/connexion')).text()).not.toContain('ProConnect')
  expect((await plain.request('/connexion/retour?code=x')).status).toBe(404)
})
