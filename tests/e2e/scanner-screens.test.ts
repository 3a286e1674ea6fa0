import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { expectAccessible, launchBrowser, openPage, takePicture } from '../helpers/browser.ts'
import { filmPaper } from '../helpers/camera-video.ts'
import { makeVoucher } from '../helpers/scan-world.ts'
import { keptOn, openScanner, readByHand, wordsOf } from '../helpers/scanner-driver.ts'
import { givenScannerWorld } from '../helpers/scanner-world.ts'

const world = await givenScannerWorld()
const browser = await launchBrowser()
const variants = [
  ['light', { colorScheme: 'light', viewport: { width: 390, height: 844 } }],
  ['dark', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }],
  ['small', { colorScheme: 'light', viewport: { width: 320, height: 568 } }],
  ['wide', { colorScheme: 'light', viewport: { width: 1280, height: 800 } }],
  ['english', { locale: 'en-GB', colorScheme: 'dark', viewport: { width: 320, height: 568 } }],
] as const satisfies [string, BrowserContextOptions][]

async function look(page: Page, name: string) {
  await page.waitForTimeout(250)
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    `${name} scrolls sideways`,
  ).toBe(true)
  await takePicture(page, name)
  // What lies half under the dock is reached by scrolling: at the end of the page nothing does.
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
  await expectAccessible(page, name)
}

/** What a printer gets of a screen: the receipt alone, black on white. */
async function seePrinted(page: Page, name: string) {
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.ticket').isVisible()).toBe(true)
  for (const part of ['.bar', '.dock', '.picks', '.workshop-lines'])
    expect(await page.locator(part).isVisible(), part).toBe(false)
  await takePicture(page, name)
  await page.emulateMedia({ media: null })
}

/** Letters alone twice as large, as some phones make them: the buttons come after the answer and not over it. */
async function seeLarge(page: Page) {
  const setLetters = (size: string) =>
    page.evaluate((value) => document.documentElement.style.setProperty('font-size', value), size)
  await setLetters('200%')
  const [said, buttons] = [page.locator('.verdict-main'), page.locator('.verdict-dock')]
  const { y, height } = (await said.boundingBox())!
  expect(y + height).toBeLessThanOrEqual((await buttons.boundingBox())!.y + 1)
  await setLetters('')
}

describe.each(variants)('%s', (variant, options) => {
  test('every screen is accessible and fits', async () => {
    const camera = await launchBrowser(filmPaper([{ shows: null, seconds: 1 }]))
    const { page, errors, context } = await openScanner(world, camera, options)
    const see = (name: string) => look(page, `screen-${variant}-${name}`)
    const t = wordsOf(options)
    const press = (name: string) => page.getByRole('button', { name }).first().click()
    await page.getByText(t('scanner.camera.hint')).waitFor()
    await see('camera-empty')
    for (let count = 0; count < 3; count++) {
      await readByHand(page, world.takeVoucher().qr)
      await press(t('scanner.next'))
    }
    await press(t('scanner.undo.line', { rank: 2 }))
    await page.getByText(t('scanner.line.undone.next')).waitFor()
    await context.setOffline(true)
    await readByHand(page, makeVoucher(world.keyring).qr)
    await page.getByRole('heading', { name: t('scanner.verdict.kept') }).waitFor()
    await see('verdict-kept')
    await seeLarge(page)
    await press(t('scanner.next'))
    await see('camera-offline')
    await press(t('scanner.camera.type'))
    await page.getByLabel(t('scanner.code.label')).fill('ND1ZP8P8P0E196')
    await see('code')
    await press(t('scanner.back'))
    await press(t('scanner.workshop.finish'))
    await press(t('scanner.receipt.lines'))
    await see('receipt')
    await seePrinted(page, `screen-${variant}-receipt-printed`)
    await press(t('scanner.tab.todo'))
    await see('todo')
    await press(t('scanner.tab.today'))
    await see('today')
    await page.getByRole('button', { name: t('scanner.tab.scan'), exact: true }).click()
    await see('services')
    await press('Premiers pas')
    await press(t('scanner.service.favourite.add', { title: '' }))
    await see('theme')
    await press(t('scanner.back'))
    await press(t('scanner.service.search.hint'))
    await page.getByRole('searchbox').fill('impots')
    await page.getByText(t('scanner.service.found.one')).waitFor()
    await see('search')
    await press(t('scanner.service.clear'))
    await press(t('scanner.back'))
    await see('services-favourites')
    await press(t('scanner.settings'))
    await see('settings')
    await press(t('scanner.settings.language'))
    const other = wordsOf({ locale: t('scanner.settings') === 'Settings' ? 'fr-FR' : 'en-GB' })
    await page.getByRole('heading', { name: other('scanner.settings') }).waitFor()
    expect(errors).toEqual([])
  })

  test('a phone that is not linked, and one without a camera', async () => {
    const fresh = await openPage(browser, options)
    await fresh.page.goto(`${world.address}/scanner/`)
    const t = wordsOf(options)
    await fresh.page.getByRole('heading', { name: t('scanner.enrol.title') }).waitFor()
    await look(fresh.page, `screen-${variant}-welcome`)
    await fresh.page.goto(`${world.address}/scanner/?demo`)
    await fresh.page.getByRole('heading', { name: t('scanner.demo.title') }).waitFor()
    await look(fresh.page, `screen-${variant}-demo`)
    const { page } = await openScanner(world, browser, options)
    await page.getByText(t('scanner.camera.none')).waitFor()
    await look(page, `screen-${variant}-no-camera`)
  })
})

test('the keyboard alone does it all', async () => {
  const { page } = await openScanner(world, browser)
  const tabTo = async (name: string) => {
    for (let count = 0; count < 40; count++) {
      const focused = await page.evaluate(() => {
        const element = document.activeElement
        return element === document.body ? '' : (element?.textContent ?? '')
      })
      if (focused.includes(name)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`the keyboard never reaches ${name}`)
  }
  const press = async (name: string) => {
    await tabTo(name)
    await page.keyboard.press('Enter')
  }
  const typeVoucher = async () => {
    await press('Taper le code')
    await page.getByRole('heading', { name: 'Taper le code' }).waitFor()
    await page.keyboard.type(world.takeVoucher().typed.replaceAll('-', ''))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Accepté' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Chèque suivant')
  }
  await typeVoucher()
  await page.keyboard.press('Enter')
  await typeVoucher()
  await press('Annuler ce chèque')
  await page.getByText('Chèque 2 annulé').waitFor({ state: 'attached' })
  await press('Terminer l’atelier')
  await page.getByText('1 chèque accepté').waitFor()

  // Another service for what was done: chosen by its first letters, and nothing happens before it is confirmed.
  await press('Ce n’était pas ce service')
  await page.keyboard.press('Tab')
  await tabTo('Envoyer un courriel')
  await page.keyboard.type('Env')
  expect(await world.sql`select from redemptions where service_code = 'A03'`).toHaveLength(0)
  await press('Corriger')
  await expect
    .poll(async () => (await world.sql`select from redemptions where service_code = 'A03'`).length, { timeout: 30_000 })
    .toBe(1)
  await page.getByText('Service corrigé').waitFor({ state: 'attached' })
  await press('Nouvel atelier')
  await page.getByRole('heading', { name: 'Quel service aujourd’hui' }).waitFor()
})

test('a scanner that the server no longer reads keeps its scans, is updated by its user, and sends them', async () => {
  const { page, context } = await openScanner(world, browser)
  const outdated = { status: 426, json: { code: 'scanner_outdated', title: '', status: 426 } }
  await context.route('**/device/scans', (route) => route.fulfill(outdated))
  const before = await world.countRows()
  await readByHand(page, world.takeVoucher().qr)
  await page.getByRole('heading', { name: 'Enregistré sur ce téléphone' }).waitFor()
  await page.getByRole('button', { name: 'Chèque suivant' }).click()
  await page.getByText('Ce lecteur est trop ancien').waitFor()
  await page.getByText('Votre chèque en attente reste sur ce téléphone').waitFor()
  await look(page, 'screen-light-update-needed')
  expect(await world.countRows()).toEqual(before)
  await context.unroute('**/device/scans')
  await page.getByRole('button', { name: 'Mettre à jour' }).click()
  await expect
    .poll(async () => (await world.countRows()).redemptions, { timeout: 30_000 })
    .toBe(before.redemptions! + 1)
  await page.getByRole('heading', { name: 'Quel service aujourd’hui' }).waitFor()
  await page.getByText('Ce lecteur est trop ancien').waitFor({ state: 'hidden' })
})

test('a new build waits for the end of the workshop and for a person; then every tab starts anew, with its queue', async () => {
  const { page, context } = await openScanner(world, browser)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  const other = await context.newPage()
  await other.goto(`${world.address}/scanner/`)
  await other.getByRole('heading', { name: 'Quel service aujourd’hui' }).waitFor()
  await other.evaluate(() => Object.assign(globalThis, { isFormer: true }))
  await page.evaluate(async () => {
    const scope = { scope: '/scanner/' }
    const registration = await navigator.serviceWorker.register('/scanner/service-worker.js?next', scope)
    while (!registration.waiting) await new Promise((next) => setTimeout(next, 50))
  })
  await readByHand(page, world.takeVoucher().qr)
  await page.getByRole('button', { name: 'Chèque suivant' }).click()
  expect(await page.getByText('Une nouvelle version est prête').count()).toBe(0)
  await page.getByRole('button', { name: 'Service · changer' }).click()
  await page.getByText('Une nouvelle version est prête').waitFor()
  await takePicture(page, 'screen-light-update-ready')
  await page.getByRole('button', { name: 'Mettre à jour' }).click()
  const isFormer = () => other.evaluate(() => 'isFormer' in globalThis).catch(() => true)
  await expect.poll(isFormer, { timeout: 30_000 }).toBe(false)
  await expect.poll(() => keptOn(page).catch(() => []), { timeout: 30_000 }).toHaveLength(1)
})

test.each(['revoked', 'expired'])(
  'a phone whose link is %s keeps its scans, is linked again, and sends them',
  async (how) => {
    const { page } = await openScanner(world, browser)
    if (how === 'revoked') await world.sql`update devices set state = 'revoked' where public_key is not null`
    else await world.sql`update devices set expires_on = '2026-03-09' where public_key is not null`
    world.clock.now = new Date(world.clock.now.getTime() + 60_000)
    await readByHand(page, world.takeVoucher().qr)
    await page.getByRole('heading', { name: 'Enregistré sur ce téléphone' }).waitFor()
    await page.getByRole('button', { name: 'Chèque suivant' }).click()
    await page.getByText('Votre chèque est gardé').waitFor()
    await takePicture(page, 'screen-light-link-again')
    // Twelve people wait: the workshop goes on.
    await readByHand(page, world.takeVoucher().qr)
    await page.getByRole('heading', { name: 'Enregistré sur ce téléphone' }).waitFor()
    await page.getByText('Continuez', { exact: false }).waitFor()
    await takePicture(page, 'screen-light-unlinked-verdict')
    const before = await world.countRows()
    // From elsewhere: a link that only changes the hash would be followed without loading the page.
    await page.goto('about:blank')
    await page.goto(await world.linkFor())
    await expect
      .poll(async () => (await world.countRows()).redemptions, { timeout: 30_000 })
      .toBe(before.redemptions! + 2)
  },
)

test('a check of a box that waits for it is one of its sample', async () => {
  const { page } = await openScanner(world, browser)
  const inBox = await world.givenCampaign({ boxState: 'delivered' })
  await page.getByRole('button', { name: 'Vérifier seulement' }).click()
  await readByHand(page, inBox.vouchers[0]!.qr)
  await page.getByRole('heading', { name: /Échantillon.*1 sur 3/ }).waitFor()
})
