import { randomUUID } from 'node:crypto'
import type * as Queries from '@carnet/api/accounts/attempt-queries.ts'
import { createOidcProvider } from '@carnet/api/accounts/oidc-provider.ts'
import { createMailbox } from '@carnet/api/mail/mailer.ts'
import { expect, test, vi } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { freePort } from '../../helpers/command.ts'
import { givenMember, givenSession } from '../../helpers/members.ts'
import { givenOidcServer } from '../../helpers/oidc-server.ts'
import { codeFor, givenBrowser, type TestBrowser } from '../../helpers/sign-in.ts'
import { givenSoftPasskey } from '../../helpers/soft-passkey.ts'

/*
 * Each guard of sign-in has an attack. It fails on the real system and works as soon as that one guard is taken out: so the
 * attack is one, and nothing else stands behind the guard.
 */
const { mutable, without, planted, known } = await vi.hoisted(async () => ({
  ...(await import('../../helpers/without-guard.ts')),
  // What an attacker chose before the sign-in.
  planted: `session_${'p'.repeat(43)}`,
  known: { state: 's'.repeat(43), nonce: 'n'.repeat(43), challenge: 'c'.repeat(43) },
}))

vi.mock('@carnet/api/accounts/attempt.ts', async (load) => {
  const real = await load<typeof import('@carnet/api/accounts/attempt.ts')>()
  return mutable(real, {
    codeTries: { guard: 'five tries', instead: 1000 },
    attemptEnd: { guard: 'ten minutes', instead: (now: Date) => new Date(now.getTime() + 1e9) },
    secretOf: {
      guard: 'secrets of this browser',
      instead: (_: string, purpose: keyof typeof known | 'verifier', id: string) =>
        purpose === 'verifier' ? real.secretOf('', purpose, id) : known[purpose],
    },
    hashCode: { guard: 'its browser', instead: (_: string, id: string, code: string) => real.hashCode('', id, code) },
  })
})
vi.mock('@carnet/api/accounts/attempt-queries.ts', async (load) => {
  const real = await load<typeof Queries>()
  const { signInAttempts } = await import('@carnet/db')
  const { and, eq, isNull, sql } = await import('drizzle-orm')
  /** The newest code of anybody. */
  const countTry: typeof real.countTry = async (tx) => {
    const newest = sql`(select id from sign_in_attempts where kind = 'code' and person_id is not null order by created_at desc, id limit 1)`
    const open = and(eq(signInAttempts.id, newest), isNull(signInAttempts.usedAt))
    const [attempt] = await tx.update(signInAttempts).set({ tries: 1 }).where(open).returning()
    return attempt
  }
  const stillThere: typeof real.useAttempt = (tx, asked) => real.findAttempt(tx, asked)
  return mutable(real, {
    countTry: { guard: 'its browser', instead: countTry },
    closeAttempts: { guard: 'used once', instead: async () => {} },
    useAttempt: { guard: 'used once', instead: stillThere },
  })
})
vi.mock('@carnet/api/accounts/session-queries.ts', async (load) =>
  mutable(await load<object>(), { removeSession: { guard: 'the former session ends', instead: async () => true } }),
)
vi.mock('@carnet/api/accounts/tokens.ts', async (load) => {
  const real = await load<typeof import('@carnet/api/accounts/tokens.ts')>()
  const instead = (prefix: string) => (prefix === 'session' ? planted : real.newToken(prefix))
  return mutable(real, { newToken: { guard: 'a new token', instead } })
})
vi.mock('@carnet/api/accounts/return-path.ts', async (load) =>
  mutable(await load<object>(), { safeReturnPath: { guard: 'a page of this site', instead: (to: string) => to } }),
)
vi.mock('@carnet/api/accounts/session-rules.ts', async (load) =>
  mutable(await load<object>(), {
    isFresh: { guard: 'a fresh proof', instead: () => true },
    isIdle: { guard: 'an idle end', instead: () => false },
    mayWork: { guard: 'halfway', instead: () => true },
  }),
)
vi.mock('@carnet/api/accounts/add-passkey.ts', async (load) =>
  mutable(await load<object>(), {
    site: { guard: 'its site', instead: () => ({ rpID: 'localhost', origin: 'https://evil.example' }) },
  }),
)

const publicUrl = 'http://localhost:8080'
const mailer = createMailbox(() => new Date())
const server = await givenOidcServer({ port: await freePort(), redirectUri: `${publicUrl}/connexion/retour` })
const { issuer, privateKeyPem } = server
const oidc = createOidcProvider({
  ...{ issuer, privateKeyPem, clientId: 'carnet', secret: undefined },
  ...{ scope: 'openid email', name: 'P', vouchesForEmails: false },
})
const { app, sql, clock } = await createTestApp({ mode: 'production', mailer, oidc, limit: () => {} })
clock.now = new Date()
const wait = (minutes: number) => (clock.now = new Date(clock.now.getTime() + minutes * 60_000))

async function givenManager() {
  const { personId, membershipId } = await givenMember(sql, 'venue_manager', randomUUID())
  return { personId, membershipId, email: `${personId}@example.org` }
}
async function ask(email: string, browser = givenBrowser(app), to = '') {
  await browser.post('/connexion', { email, to })
  return { browser, code: await codeFor(mailer, email) }
}
const enter = (browser: TestBrowser, code: string) => browser.post('/connexion/code', { code })
const wrongOf = (code: string) => String((Number(code) + 1) % 1e8).padStart(8, '0')
const isIn = async (browser: TestBrowser) => !['sign_in_needed'].includes(await browser.whoAmI())
async function isInBy(token: string) {
  const thief = givenBrowser(app)
  thief.cookies.set('carnet-session', token)
  return isIn(thief)
}

/** To the provider and back, with what lies in the address changed on the way. */
async function returnWith(change: { there?: (url: URL) => void; back?: (url: URL) => void }): Promise<boolean> {
  const { email } = await givenManager()
  const subject = randomUUID()
  server.accounts.set(subject, { email, email_verified: true })
  const browser = givenBrowser(app)
  const there = new URL((await browser.ask('/connexion/fournisseur?to=')).headers.get('location')!)
  change.there?.(there)
  const back = new URL(await server.signIn(String(there), subject))
  change.back?.(back)
  await browser.ask(back.pathname + back.search)
  return isIn(browser)
}

/** A coordinator's passkey answers; gives how to send the answer, from the browser that asked. */
async function answerWith(lies: { origin?: string; rpId?: string; flags?: number } = {}, challenge?: string) {
  const { personId } = await givenMember(sql, 'coordinator')
  const answer = await givenSoftPasskey(sql, personId)
  const browser = givenBrowser(app)
  const asked = await browser.send('/cles/preuve', { to: '' })
  const response = answer(challenge ?? asked.body.challenge, publicUrl, lies)
  return { browser, send: () => browser.send('/cles/preuve/reponse', { response }) }
}

/** True when it worked. */
type Attack = () => Promise<boolean>
const attacks: [guard: string, attack: string, Attack][] = [
  [
    'its browser',
    'the code of somebody else, typed in the thief’s browser',
    async () => {
      const thief = await ask((await givenManager()).email)
      wait(1)
      const victim = await ask((await givenManager()).email)
      await enter(thief.browser, victim.code)
      return isIn(thief.browser)
    },
  ],
  [
    'five tries',
    'the right code after five wrong ones',
    async () => {
      const { browser, code } = await ask((await givenManager()).email)
      for (let number = 0; number < 5; number += 1) await enter(browser, wrongOf(code))
      await enter(browser, code)
      return isIn(browser)
    },
  ],
  [
    'ten minutes',
    'the right code ten minutes later',
    async () => {
      const { browser, code } = await ask((await givenManager()).email)
      wait(10)
      await enter(browser, code)
      return isIn(browser)
    },
  ],
  [
    'used once',
    'a code that was used',
    async () => {
      const { browser, code } = await ask((await givenManager()).email)
      await enter(browser, code)
      browser.cookies.delete('carnet-session')
      await enter(browser, code)
      return isIn(browser)
    },
  ],
  [
    'used once',
    'a passkey’s answer that was used',
    async () => {
      const { browser, send } = await answerWith()
      expect((await send()).status).toBe(200)
      browser.cookies.delete('carnet-session')
      return (await send()).status === 200
    },
  ],
  [
    'secrets of this browser',
    'a passkey’s answer to a challenge of long ago',
    async () => (await (await answerWith({}, known.challenge)).send()).status === 200,
  ],
  [
    'its site',
    'a passkey’s answer given to another site',
    async () => (await (await answerWith({ origin: 'https://evil.example' })).send()).status === 200,
  ],
  [
    'the former session ends',
    'the token of before, after signing in again',
    async () => {
      const { membershipId, email } = await givenManager()
      const former = await givenSession(sql, membershipId)
      const browser = givenBrowser(app)
      browser.cookies.set('carnet-session', former)
      await enter(browser, (await ask(email, browser)).code)
      return isInBy(former)
    },
  ],
  [
    'a new token',
    'a token planted before the sign-in',
    async () => {
      const { browser, code } = await ask((await givenManager()).email)
      browser.cookies.set('carnet-session', planted)
      await enter(browser, code)
      return isInBy(planted)
    },
  ],
  [
    'a page of this site',
    'another site to come back to',
    async () => {
      const { browser, code } = await ask((await givenManager()).email, givenBrowser(app), '//evil.example')
      return (await enter(browser, code)).headers.get('location') === '//evil.example'
    },
  ],
  [
    'secrets of this browser',
    'an answer of the provider with a state that an attacker chose',
    () => returnWith({ back: (url) => url.searchParams.set('state', known.state) }),
  ],
  [
    'secrets of this browser',
    'an answer of the provider to a nonce that an attacker chose',
    () => returnWith({ there: (url) => url.searchParams.set('nonce', known.nonce) }),
  ],
  [
    'a fresh proof',
    'a passkey added in a session of ten minutes ago',
    async () => {
      const { membershipId } = await givenManager()
      const at = { createdAt: clock.now, seenAt: clock.now, authenticatedAt: clock.now }
      const browser = givenBrowser(app)
      browser.cookies.set('carnet-session', await givenSession(sql, membershipId, { ...at, method: 'code' }))
      wait(10)
      return (await browser.send('/cles/ajout', {})).status === 200
    },
  ],
  [
    'an idle end',
    'the browser that a coordinator left an hour ago',
    async () => {
      const { membershipId } = await givenMember(sql, 'coordinator')
      const token = await givenSession(sql, membershipId, { seenAt: clock.now })
      wait(60)
      return isInBy(token)
    },
  ],
  [
    'halfway',
    'a coordinator’s mailbox alone',
    async () => {
      const { personId } = await givenMember(sql, 'coordinator')
      const { browser, code } = await ask(`${personId}@example.org`)
      await enter(browser, code)
      return isIn(browser)
    },
  ],
]

/** Behind five tries stands the database. */
const behind: Record<string, () => Promise<unknown>> = {
  'five tries': () => sql`alter table sign_in_attempts drop constraint five_tries`,
}

test('a passkey that nobody unlocked, or of another host, is refused', async () => {
  for (const lies of [{ flags: 0x01 }, { rpId: 'evil.example' }, { flags: 0x04 }])
    expect((await (await answerWith(lies)).send()).body.code).toBe('passkey_refused')
})

test.each(attacks)('%s: %s gets nowhere, and everywhere without this guard', async (guard, _, attack) => {
  expect(await attack()).toBe(false)
  await behind[guard]?.()
  expect(await without(guard, attack), 'nobody noticed that the guard is out').toBe(true)
})
