import { randomUUID } from 'node:crypto'
import { forgetOldSessions } from '@carnet/api/accounts/forget-old-sessions.ts'
import { createMailbox } from '@carnet/api/mail/mailer.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember } from '../../helpers/members.ts'
import { codeFor, givenBrowser, type TestBrowser } from '../../helpers/sign-in.ts'
import { listenToStatements } from '../../helpers/statements.ts'

/** The limits of one process, in memory, have tests of their own: these are the ones that hold for all processes. */
const mailer = createMailbox(() => new Date())
const { app, db, sql, keyring, clock } = await createTestApp({ mode: 'production', mailer, limit: () => {} })
const operator = createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
const wait = (minutes: number) => (clock.now = new Date(clock.now.getTime() + minutes * 60_000))

beforeEach(() => {
  wait(120)
})

async function givenManager() {
  const { personId, membershipId } = await givenMember(sql, 'venue_manager', randomUUID())
  return { personId, membershipId, email: `${personId}@example.org` }
}
async function ask(email: string, browser: TestBrowser = givenBrowser(app), to = '') {
  const address = email.trim().toLowerCase()
  const mails = mailer.list().filter((mail) => mail.to === address).length
  const response = await browser.post('/connexion', { email, to })
  return { browser, response, code: () => codeFor(mailer, address, mails) }
}
const enter = (browser: TestBrowser, code: string) => browser.post('/connexion/code', { code })
const wrong = (code: string) => String((Number(code) + 1) % 100_000_000).padStart(8, '0')

describe('a code', () => {
  test('opens a session in the browser that asked for it', async () => {
    const { email } = await givenManager()
    const { browser, response, code } = await ask(` ${email.toUpperCase()} `)
    expect([response.status, response.headers.get('location')]).toEqual([303, '/connexion/code'])
    const before = [...browser.cookies.values()]
    const entered = await enter(browser, (await code()).replace(/(\d{4})/, '$1 '))
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/lieu'])
    expect(entered.headers.get('set-cookie')).toMatch(
      /^carnet-session=session_[\w-]{43}; Path=\/; .*HttpOnly; SameSite=Lax$/,
    )
    expect(before).not.toContain(browser.cookies.get('carnet-session'))
    expect(await browser.whoAmI()).toBe('venue_manager')
  })

  test('is in no table, nor is the address it was asked for', async () => {
    const { email } = await givenManager()
    const { browser, code } = await ask(email)
    await ask('nobody.at.all@example.org')
    const told = await sql`select a::text as row, encode(code_hash, 'escape') as hash from sign_in_attempts a`
    const text = JSON.stringify(told)
    for (const secret of [await code(), browser.cookies.get('carnet-signin')!, 'nobody.at.all'])
      expect(text).not.toContain(secret)
  })

  test('of another browser is refused, even with the right digits', async () => {
    const { email } = await givenManager()
    const victim = await ask(email)
    const thief = await ask('thief@example.org')
    expect((await enter(thief.browser, await victim.code())).status).toBe(401)
    expect((await enter(givenBrowser(app), await victim.code())).status).toBe(401)
    expect((await enter(victim.browser, await victim.code())).status).toBe(303)
  })

  test('works once: replayed, it is refused', async () => {
    const { email } = await givenManager()
    const { browser, code } = await ask(email)
    expect((await enter(browser, await code())).status).toBe(303)
    browser.cookies.delete('carnet-session')
    expect((await enter(browser, await code())).status).toBe(401)
    expect(await browser.whoAmI()).toBe('sign_in_needed')
  })

  test('typed by twenty at once opens exactly one session', async () => {
    const { email, membershipId } = await givenManager()
    const { browser, code } = await ask(email)
    const right = await code()
    const before = (await sql`select 1 from sessions where membership_id = ${membershipId}`).length
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(browser, right)))
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect((await sql`select 1 from sessions where membership_id = ${membershipId}`).length - before).toBe(1)
  })

  test('is dead after five wrong tries, also when they come at once', async () => {
    for (const isAtOnce of [false, true]) {
      const { email, personId } = await givenManager()
      const { browser, code } = await ask(email)
      const [right, other] = [await code(), wrong(await code())]
      if (isAtOnce) await Promise.all(Array.from({ length: 12 }, () => enter(browser, other)))
      else for (let attempt = 0; attempt < 5; attempt += 1) expect((await enter(browser, other)).status).toBe(401)
      expect((await enter(browser, right)).status).toBe(401)
      const [attempt] = await sql`select tries from sign_in_attempts where person_id = ${personId}`
      expect(attempt!.tries).toBe(5)
      const told =
        await sql`select 1 from audit_log where action = 'sign_in_refused' and details->>'personId' = ${personId}`
      expect(told).toHaveLength(1)
    }
  })

  test('is too old after ten minutes, and ends when another is asked for', async () => {
    const { email } = await givenManager()
    const old = await ask(email)
    wait(10)
    expect((await enter(old.browser, await old.code())).status).toBe(401)
    const first = await ask(email)
    const firstCode = await first.code()
    const second = await ask(email, first.browser)
    const secondCode = await second.code()
    if (firstCode !== secondCode) expect((await enter(first.browser, firstCode)).status).toBe(401)
    expect((await enter(first.browser, secondCode)).status).toBe(303)
  })

  test.each(['', '1234567', '123456789', 'abcdefgh', '１２３４５６７８', "' or 1=1 --"])('is not %j', async (text) => {
    const { browser } = await ask((await givenManager()).email)
    expect((await enter(browser, text)).status).toBe(401)
  })
})

describe('asking for a code', () => {
  test('answers the same whether somebody has the address or not', async () => {
    const known = await ask((await givenManager()).email)
    const unknown = await ask('nobody@example.org')
    const shape = ({ response }: typeof known) => [
      response.status,
      response.headers.get('location'),
      response.headers.get('set-cookie')!.replace(/browser_[\w-]{43}/, 'X'),
      [...response.headers.keys()].sort(),
    ]
    expect(shape(unknown)).toEqual(shape(known))
    const page = async (browser: TestBrowser, response: Response) =>
      [response.status, (await response.text()).replace(/request\S+/g, ''), browser.cookies.size] as const
    expect(await page(unknown.browser, await enter(unknown.browser, '00000000'))).toEqual(
      await page(known.browser, await enter(known.browser, wrong(await known.code()))),
    )
    for (let attempt = 0; attempt < 6; attempt += 1) await enter(unknown.browser, '00000000')
    const rows = await sql`select tries from sign_in_attempts where person_id is null order by created_at desc limit 1`
    expect(rows[0]!.tries).toBe(5)
    expect(mailer.list().filter(({ to }) => to === 'nobody@example.org')).toEqual([])
  })

  test('does the same work in the database for both', async () => {
    const heard = listenToStatements(db)
    /** All that is asked of it for a code, and for five wrong tries: the last of them is written down. */
    const workFor = async (email: string, wrongCode: () => Promise<string>) => {
      heard.length = 0
      const { browser } = await ask(email)
      const asked = [...heard]
      const other = await wrongCode()
      heard.length = 0
      for (let attempt = 0; attempt < 5; attempt += 1) await enter(browser, other)
      return { asked, tried: [...heard] }
    }
    const { email } = await givenManager()
    const known = await workFor(email, async () => wrong(await codeFor(mailer, email)))
    const unknown = await workFor('nobody.3@example.org', async () => '00000000')
    expect(unknown).toEqual(known)
    expect(known.asked.filter((text) => text.startsWith('insert')).length).toBe(1)
    expect(known.tried.filter((text) => text.includes('audit_log')).length).toBe(1)
    const told = await sql`select details->>'personId' as id from audit_log where action = 'sign_in_refused'`
    expect(told.map(({ id }) => id)).not.toContain(null)
    const [people] = await sql`select count(*)::int as unknown from audit_log a where action = 'sign_in_refused'
      and not exists (select from people p where p.id::text = a.details->>'personId')`
    expect(people!.unknown).toBe(0)
  })

  test('is limited for an address to five an hour over all browsers, known or not, also at once', async () => {
    for (const email of [(await givenManager()).email, 'nobody.2@example.org']) {
      const answers = await Promise.all(Array.from({ length: 9 }, () => ask(email)))
      expect(answers.map(({ response }) => response.status).sort()).toEqual([
        303, 303, 303, 303, 303, 429, 429, 429, 429,
      ])
      wait(61)
    }
  })

  test('is limited for a browser to ten an hour over all addresses', async () => {
    const browser = givenBrowser(app)
    for (let number = 0; number < 10; number += 1)
      expect((await ask(`person-${number}@example.org`, browser)).response.status).toBe(303)
    expect((await ask('person-10@example.org', browser)).response.status).toBe(429)
  })

  test.each(['', 'elise', 'a@b', 'elise@example.org\r\nBcc: all@example.org'])(
    'needs an address: %j',
    async (email) => {
      const { response } = await ask(email)
      expect(response.status).toBe(422)
      expect(await response.text()).toContain('aria-invalid="true"')
    },
  )

  test('is refused from another site', async () => {
    const { response } = await ask('x@example.org', givenBrowser(app, { 'sec-fetch-site': 'cross-site' }))
    expect(response.status).toBe(403)
  })

  test('is forgotten after an hour', async () => {
    await ask((await givenManager()).email)
    wait(61)
    await forgetOldSessions(operator)
    expect(await sql`select 1 from sign_in_attempts`).toHaveLength(0)
  })
})

describe('after signing in', () => {
  const goTo = async (to: string) => {
    const { browser, code } = await ask((await givenManager()).email, givenBrowser(app), to)
    return (await enter(browser, await code())).headers.get('location')
  }

  test('one comes back to the page one wanted', async () => {
    expect(await goTo('/lieu/bordereaux?page=2')).toBe('/lieu/bordereaux?page=2')
  })

  test.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/\t/evil.example'])(
    'never to %j',
    async (to) => {
      expect(await goTo(to)).toBe('/lieu')
    },
  )

  test('the session has a token nobody knew before: one that was planted opens nothing', async () => {
    const { email } = await givenManager()
    const { browser, code } = await ask(email)
    const planted = `session_${'a'.repeat(43)}`
    browser.cookies.set('carnet-session', planted)
    await enter(browser, await code())
    expect(browser.cookies.get('carnet-session')).not.toBe(planted)
    const thief = givenBrowser(app)
    thief.cookies.set('carnet-session', planted)
    expect(await thief.whoAmI()).toBe('sign_in_needed')
  })

  test('the session before it is over, and its token opens nothing', async () => {
    const { email } = await givenManager()
    const first = await ask(email)
    await enter(first.browser, await first.code())
    const former = first.browser.cookies.get('carnet-session')!
    const second = await ask(email, first.browser)
    await enter(second.browser, await second.code())
    const thief = givenBrowser(app)
    thief.cookies.set('carnet-session', former)
    expect(await thief.whoAmI()).toBe('sign_in_needed')
    expect(await second.browser.whoAmI()).toBe('venue_manager')
  })

  test('a code sent to somebody whose role just ended opens nothing, and says why', async () => {
    const { email, membershipId } = await givenManager()
    const { browser, code } = await ask(email)
    await sql`update memberships set valid_until = '2020-01-01' where id = ${membershipId}`
    const response = await enter(browser, await code())
    expect(await response.text()).toContain('aucun rôle')
    expect(await browser.whoAmI()).toBe('sign_in_needed')
  })

  test('a coordinator by code is nobody until a passkey is made', async () => {
    const { personId } = await givenMember(sql, 'coordinator')
    const { browser, code } = await ask(`${personId}@example.org`)
    const entered = await enter(browser, await code())
    expect(entered.headers.get('location')).toBe('/connexion/cle?to=%2Fcoordination')
    expect(await browser.whoAmI()).toBe('sign_in_needed')
    expect((await browser.ask('/coordination')).status).toBe(401)
    expect((await browser.ask('/compte')).headers.get('location')).toMatch(/^\/connexion\?/)
    expect(await (await browser.ask('/connexion/cle')).text()).toContain('Ajouter une clé d’accès')
  })
})
