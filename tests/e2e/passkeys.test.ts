import { createMailbox } from '@carnet/api/mail/mailer.ts'
import { listen } from '@carnet/api/serve.ts'
import { dayOf } from '@carnet/api/shared/days.ts'
import type { BrowserContextOptions, CDPSession, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { afterwards } from '../helpers/afterwards.ts'
import { createTestApp } from '../helpers/app.ts'
import { expectAccessible, launchBrowser, openPage, takePicture } from '../helpers/browser.ts'
import { freePort } from '../helpers/command.ts'
import { givenMember } from '../helpers/members.ts'
import { codeFor } from '../helpers/sign-in.ts'

const port = await freePort()
const address = `http://localhost:${port}`
const mailer = createMailbox(() => new Date())
const { app, sql, clock } = await createTestApp({ mode: 'production', publicUrl: address, mailer })
// A browser forgets a cookie by its own clock.
clock.now = new Date()
afterwards(await listen(app.fetch, port))
const browser = await launchBrowser()

/** A browser with a phone that makes and shows passkeys by itself. */
async function open(options: BrowserContextOptions = {}) {
  const { page, errors } = await openPage(browser, options)
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { page, errors, session, authenticatorId }
}
const keysOf = async (session: CDPSession, authenticatorId: string) =>
  (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials

async function enterByCode(page: Page, email: string, path = '/connexion') {
  const before = mailer.list().filter(({ to }) => to === email).length
  await page.goto(address + path)
  await page.getByLabel('Votre adresse de courriel').fill(email)
  await page.getByRole('button', { name: 'Recevoir un code' }).click()
  await page.waitForURL(`${address}/connexion/code`)
  await page.getByLabel('Code de huit chiffres').fill(await codeFor(mailer, email, before))
  await page.getByRole('button', { name: 'Entrer' }).click()
}
const signOut = async (page: Page) => {
  await page.getByRole('button', { name: /Fermer la session/ }).click()
  await page.waitForURL(`${address}/`)
}
const showPasskey = async (page: Page) => page.getByRole('button', { name: 'Utiliser ma clé d’accès' }).click()

describe('a coordinator', () => {
  test('makes a passkey at the first sign-in, and from then on enters with it alone', async () => {
    const { personId } = await givenMember(sql, 'coordinator')
    const email = `${personId}@example.org`
    const { page, errors, session, authenticatorId } = await open()
    await enterByCode(page, email)
    await page.waitForURL('**/connexion/cle?**')
    await expectAccessible(page, 'the page of the first passkey')
    await takePicture(page, 'passkey-first')
    await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click()
    await page.waitForURL(`${address}/coordination`)
    expect(await keysOf(session, authenticatorId)).toHaveLength(1)
    const [kept] = await sql`select name, counter::int, transports from passkeys where person_id = ${personId}`
    expect(kept).toMatchObject({ name: 'Ma première clé', transports: ['internal'] })

    await signOut(page)
    await page.goto(`${address}/connexion?to=/coordination/remises`)
    await showPasskey(page)
    await page.waitForURL(`${address}/coordination/remises`)
    const [used] = await sql`select counter::int, last_used_on::text from passkeys where person_id = ${personId}`
    expect(used!.counter).toBeGreaterThan(kept!.counter)
    expect(used!.last_used_on).toBe(dayOf(clock.now))
    expect(errors).toEqual([])
  })

  test('with a passkey who enters by code shows it: the mailbox alone adds no second one', async () => {
    const { personId } = await givenMember(sql, 'coordinator')
    const email = `${personId}@example.org`
    const { page } = await open()
    await enterByCode(page, email)
    await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click()
    await page.waitForURL(`${address}/coordination`)

    const thief = await open()
    await enterByCode(thief.page, email)
    await thief.page.waitForURL('**/connexion/cle?**')
    expect(await thief.page.getByRole('button', { name: 'Ajouter une clé d’accès' }).count()).toBe(0)
    const answer = await thief.page.evaluate(async () => {
      const reply = await fetch('/cles/ajout', {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      })
      return [reply.status, (await reply.json()).code]
    })
    expect(answer).toEqual([403, 'passkey_needed'])
    await thief.page.goto(`${address}/coordination`)
    await thief.page.getByText('Connectez-vous d’abord').waitFor()
  })

  test('keeps the last passkey, names and removes others, and hears of it by mail', async () => {
    const { personId } = await givenMember(sql, 'finance_approver')
    const email = `${personId}@example.org`
    const { page, session, authenticatorId } = await open({ viewport: { width: 1280, height: 900 } })
    await enterByCode(page, email)
    await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click()
    await page.waitForURL(`${address}/coordination`)
    await page.goto(`${address}/compte`)
    await page.getByRole('button', { name: 'Retirer Ma première clé' }).click()
    await page.getByText('Votre rôle demande une clé d’accès').waitFor()

    await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
    await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'usb',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.goto(`${address}/compte`)
    await page.getByLabel('Nom de la clé').last().fill('Clé de secours')
    await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click()
    await page.getByText('Clé de secours', { exact: true }).waitFor()
    await expectAccessible(page, 'the account')
    await takePicture(page, 'account')
    const first = page.getByRole('listitem').filter({ hasText: 'Ma première clé' })
    await first.getByText('Renommer').click()
    await first.getByLabel('Nom de la clé').fill('Ancien téléphone')
    await first.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByRole('button', { name: 'Retirer Ancien téléphone' }).click()
    await page.getByText('C’est enregistré').waitFor()
    const keys = await sql`select name from passkeys where person_id = ${personId}`
    expect(keys.map(({ name }) => name)).toEqual(['Clé de secours'])
    const mails = await sql`select template from mails where recipient = ${email} order by template`
    expect(mails.map(({ template }) => template)).toEqual(['passkey_added', 'passkey_added', 'passkey_removed'])
  })
})

describe('a passkey', () => {
  async function givenPasskey() {
    const { personId, membershipId } = await givenMember(sql, 'coordinator')
    const own = await open()
    await enterByCode(own.page, `${personId}@example.org`)
    await own.page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click()
    await own.page.waitForURL(`${address}/coordination`)
    await signOut(own.page)
    return { ...own, personId, membershipId }
  }
  const refusedIn = async (page: Page) => {
    await showPasskey(page)
    await page.getByText('Cette clé d’accès n’a pas été acceptée').waitFor()
  }

  test('whose counter did not go up is a copy, and is refused', async () => {
    const { page, personId } = await givenPasskey()
    await sql`update passkeys set counter = 1000 where person_id = ${personId}`
    await page.goto(`${address}/connexion`)
    await refusedIn(page)
  })

  test('that was removed opens nothing', async () => {
    const { page, personId } = await givenPasskey()
    await sql`delete from passkeys where person_id = ${personId}`
    await page.goto(`${address}/connexion`)
    await refusedIn(page)
  })

  test('without its owner’s finger or code is refused', async () => {
    const { page, session, authenticatorId } = await givenPasskey()
    await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    await page.goto(`${address}/connexion`)
    await showPasskey(page)
    await page.getByText('La clé d’accès n’a pas été lue').waitFor()
  })

  test('answers one challenge once: the same answer again, twenty times at once or in another browser, opens nothing', async () => {
    const { page, membershipId } = await givenPasskey()
    await page.goto(`${address}/connexion`)
    const answer = page.waitForRequest('**/cles/preuve/reponse')
    let held: string | null = null
    await page.route('**/cles/preuve/reponse', (route) => {
      held = route.request().postData()
      return route.abort()
    })
    await showPasskey(page)
    await answer
    await expect.poll(() => held).not.toBeNull()
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const send = (cookies: string) =>
      app.request('/cles/preuve/reponse', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': String(held!.length),
          'sec-fetch-site': 'same-origin',
          cookie: cookies,
        },
        body: held!,
      })
    expect((await send(`carnet-signin=browser_${'x'.repeat(43)}`)).status).toBe(403)
    const before = (await sql`select 1 from sessions where membership_id = ${membershipId}`).length
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(cookie)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await sql`select 1 from sessions where membership_id = ${membershipId}`).length - before).toBe(1)
  })

  test('proves again who one is, ten minutes later, and brings back to the page', async () => {
    const { page } = await givenPasskey()
    await page.goto(`${address}/connexion`)
    await showPasskey(page)
    await page.waitForURL(`${address}/coordination`)
    clock.now = new Date(clock.now.getTime() + 11 * 60_000)
    await page.goto(`${address}/compte`)
    await page.getByRole('link', { name: 'Confirmer' }).click()
    await page.getByRole('heading', { name: 'Confirmez que c’est vous' }).waitFor()
    expect(await page.getByLabel('Votre adresse de courriel').count()).toBe(0)
    await showPasskey(page)
    await page.waitForURL(`${address}/compte`)
    await page.getByLabel('Nom de la clé').last().waitFor()
  })
})
