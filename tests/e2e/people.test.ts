import { foundScheme } from '@carnet/api/demo/found-scheme.ts'
import { listen } from '@carnet/api/serve.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, expect, test, vi } from 'vitest'
import { createTestApp } from '../helpers/app.ts'
import { expectAccessible, launchBrowser, openPage, takePicture } from '../helpers/browser.ts'
import { freePort } from '../helpers/command.ts'
import { givenMember, givenSession } from '../helpers/members.ts'
import { enrolPhone } from '../helpers/phone.ts'

const port = await freePort()
const address = `http://localhost:${port}`
const { app, db, sql, keyring, clock } = await createTestApp({ publicUrl: address })
// A browser forgets a cookie whose end is past for it.
clock.now = new Date()
await foundScheme(createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } }))
afterAll(await listen(app.fetch, port))
const browser = await launchBrowser()

const soon = {
  createdAt: clock.now,
  authenticatedAt: clock.now,
  seenAt: clock.now,
  expiresAt: new Date(Date.now() + 3.6e6),
}
const { membershipId } = await givenMember(sql, 'coordinator')
const coordinatorSession = await givenSession(sql, membershipId, soon)

/** A person with a browser of their own; no page of this file needs a script. */
async function givenPerson(session?: string, options: BrowserContextOptions = {}): Promise<Page> {
  const { page, context } = await openPage(browser, { javaScriptEnabled: false, ...options })
  if (session) await context.addCookies([{ name: 'carnet-session', value: session, url: address }])
  return page
}
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
async function fill(page: Page, answers: Record<string, string>) {
  for (const [label, value] of Object.entries(answers)) await page.getByLabel(label, { exact: true }).fill(value)
}

/** The newest code for an address, from the mailbox of the demo, other than those read before. */
async function codeFor(email: string, before: readonly string[] = []): Promise<string> {
  const page = await givenPerson()
  const pattern = new RegExp(`${email}.*?\\b(\\d{8})\\b`, 'g')
  const newest = async () => {
    await page.goto(`${address}/demo/courriels`)
    const text = ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
    return [...text.matchAll(pattern)].map(([, code]) => code!).find((code) => !before.includes(code))
  }
  const code = await vi.waitUntil(newest, { timeout: 60_000, interval: 500 })
  await page.context().close()
  return code!
}

async function signIn(page: Page, email: string, before: readonly string[] = []): Promise<string> {
  await page.goto(`${address}/connexion`)
  await fill(page, { 'Votre adresse de courriel': email })
  await press(page, 'Recevoir un code')
  const code = await codeFor(email, before)
  await fill(page, { 'Code de huit chiffres': code })
  await press(page, 'Entrer')
  return code
}

async function look(page: Page, name: string): Promise<void> {
  expect(await page.title(), name).not.toContain('ne peut pas')
  await takePicture(page, `people-${name}`)
}

test('a structure applies, confirms its address, is accepted, signs in, gives its bank account and links a phone', async () => {
  const email = 'awa.diop@halles.example'
  const applicant = await givenPerson()
  await applicant.goto(`${address}/devenir-lieu`)
  await press(applicant, 'Envoyer la demande')
  expect(await applicant.getByRole('alert').textContent()).toContain('SIRET')
  await fill(applicant, {
    SIRET: '732 829 320 00074',
    'Nom de la structure': 'Association des Halles',
    'Nom du lieu': 'Tiers-lieu des Halles',
    Adresse: '3 place des Halles',
    'Code postal': '16000',
    Commune: 'Angoulême',
    Lundi: '9h-12h, 14h-17h30',
    'Prénom et nom': 'Awa Diop',
    'Adresse de courriel': email,
  })
  await press(applicant, 'Envoyer la demande')
  await look(applicant, 'code')
  const code = await codeFor(email)
  await fill(applicant, { Code: code })
  await press(applicant, 'Confirmer la demande')
  await look(applicant, 'waiting')

  const coordinator = await givenPerson(coordinatorSession, { viewport: { width: 1280, height: 900 } })
  await coordinator.goto(`${address}/coordination/candidatures`)
  await coordinator.getByRole('link', { name: 'Tiers-lieu des Halles' }).click()
  await look(coordinator, 'application')
  await press(coordinator, 'Accepter et qualifier')
  await coordinator.getByText('Acceptée').first().waitFor()

  await applicant.goto(`${address}/devenir-lieu/suivi`)
  await applicant.getByText('Demande acceptée').waitFor()
  await signIn(applicant, email, [code])
  await applicant.waitForURL(`${address}/lieu`)
  await look(applicant, 'first-day')
  await applicant.getByRole('link', { name: 'Donner un compte' }).click()
  await fill(applicant, { IBAN: 'FR14 2004 1010 0505 0001 3M02 606', BIC: 'PSSTFRPPPAR' })
  await applicant
    .getByLabel('Relevé d’identité bancaire (RIB)')
    .setInputFiles({ name: 'rib.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') })
  await look(applicant, 'bank')
  await press(applicant, 'Envoyer pour vérification')
  await applicant.getByText('En cours de vérification').first().waitFor()

  await applicant.goto(`${address}/lieu/telephones`)
  await press(applicant, 'Ajouter un téléphone')
  const link = await applicant.getByRole('link', { name: 'Ouvrir le scanner ici' }).getAttribute('href')
  const { bundle } = await enrolPhone(app, link!.split('token=')[1]!, 'Accueil')
  expect(bundle.venues).toHaveLength(1)
  await applicant.goto(`${address}/lieu/telephones`)
  await applicant.getByText('À jour').first().waitFor()
  await look(applicant, 'phones')
})

test('a funder is invited, invites a colleague, and the colleague who leaves is out at once', async () => {
  const coordinator = await givenPerson(coordinatorSession, { viewport: { width: 1280, height: 900 } })
  await coordinator.goto(`${address}/coordination/structures/nouvelle`)
  await fill(coordinator, {
    'Nom de la structure': 'Ville de Cognac',
    'Prénom et nom': 'Léa Martin',
    'Adresse de courriel': 'lea@cognac.example',
  })
  await press(coordinator, 'Créer et inviter')
  await coordinator.getByText('Structure créée, invitation envoyée').waitFor()
  await look(coordinator, 'structures')

  const lea = await givenPerson()
  await signIn(lea, 'lea@cognac.example')
  await lea.waitForURL(`${address}/financeur`)
  await lea.goto(`${address}/equipe`)
  await fill(lea, { 'Prénom et nom': 'Paul Roy', 'Adresse de courriel': 'paul@cognac.example' })
  await press(lea, 'Envoyer l’invitation')
  await lea.getByText('Invitation envoyée').waitFor()
  await expectAccessible(await withScripts(lea), 'people of a funder')

  const paul = await givenPerson()
  await signIn(paul, 'paul@cognac.example')
  await paul.waitForURL(`${address}/financeur`)
  await lea.goto(`${address}/equipe`)
  await lea.getByRole('link', { name: 'Fermer l’accès de Paul Roy' }).click()
  await look(lea, 'leave')
  await press(lea, 'Fermer cet accès')
  await lea.getByText('Accès fermé').waitFor()
  await look(lea, 'left')
  expect((await paul.goto(`${address}/financeur`))?.status() === 401 || paul.url().includes('/connexion')).toBe(true)

  await lea.getByRole('link', { name: 'Fermer l’accès de Léa Martin' }).click()
  await press(lea, 'Fermer cet accès')
  await lea.getByText('La coordination est prévenue').waitFor()
})

test('a prescriber receives access, enters, and links the phone that hands books out', async () => {
  const coordinator = await givenPerson(coordinatorSession)
  await coordinator.goto(`${address}/coordination/structures/nouvelle`)
  await coordinator.getByLabel('Remettre des carnets aux personnes').check()
  await fill(coordinator, {
    'Nom de la structure': 'Maison des solidarités',
    'Prénom et nom': 'Inès Petit',
    'Adresse de courriel': 'ines@solidarites.example',
  })
  await press(coordinator, 'Créer et inviter')
  await coordinator.getByText('Structure créée, invitation envoyée').waitFor()

  const ines = await givenPerson()
  await signIn(ines, 'ines@solidarites.example')
  await ines.waitForURL(`${address}/prescripteur`)
  await look(ines, 'prescriber')
  await ines.goto(`${address}/prescripteur/telephones`)
  await press(ines, 'Ajouter un téléphone')
  const link = await ines.getByRole('link', { name: 'Ouvrir le scanner ici' }).getAttribute('href')
  await enrolPhone(app, link!.split('token=')[1]!, 'Bureau')
  await ines.goto(`${address}/prescripteur/telephones`)
  await ines.getByText('Bureau').first().waitFor()
  await look(ines, 'prescriber-phones')
  // Nothing of the others is theirs.
  for (const path of ['/lieu', '/financeur', '/coordination'])
    expect([403, 404]).toContain((await ines.goto(`${address}${path}`))?.status())
})

/** The same page in a browser with scripts, which the accessibility checker needs. */
async function withScripts(page: Page): Promise<Page> {
  const { page: scripted, context } = await openPage(browser)
  await context.addCookies(await page.context().cookies())
  await scripted.goto(page.url())
  return scripted
}
