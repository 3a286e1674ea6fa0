import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { expectAccessible, launchBrowser, openPage, takePicture } from '../helpers/browser.ts'
import { writeCameraVideo } from '../helpers/fake-camera.ts'
import { makeVoucher } from '../helpers/scan-world.ts'
import { openScanner, readByHand } from '../helpers/scanner-driver.ts'
import { givenScannerWorld } from '../helpers/scanner-world.ts'

const world = await givenScannerWorld()
const browser = await launchBrowser()
const variants = [
  ['light', { colorScheme: 'light', viewport: { width: 390, height: 844 } }],
  ['dark', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }],
  ['small', { colorScheme: 'light', viewport: { width: 320, height: 568 } }],
  ['wide', { colorScheme: 'light', viewport: { width: 1280, height: 800 } }],
] as const

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

describe.each(variants)('%s', (variant, options) => {
  test('every screen is accessible and fits', async () => {
    const camera = await launchBrowser(writeCameraVideo([{ text: null, seconds: 1 }]))
    const { page, errors, context } = await openScanner(world, camera, options)
    const see = (name: string) => look(page, `screen-${variant}-${name}`)
    await page.getByText('Le carré noir et blanc dans le cadre').waitFor()
    await see('camera-empty')
    for (let count = 0; count < 3; count++) {
      await readByHand(page, world.takeVoucher().qr)
      await page.getByRole('button', { name: 'Chèque suivant' }).click()
    }
    await page.getByRole('button', { name: 'Annuler le chèque 2' }).click()
    await page.getByText('Le chèque peut resservir').waitFor()
    await context.setOffline(true)
    await readByHand(page, makeVoucher(world.keyring).qr)
    await page.getByRole('heading', { name: 'Enregistré sur ce téléphone' }).waitFor()
    await see('verdict-kept')
    await page.getByRole('button', { name: 'Chèque suivant' }).click()
    await see('camera-offline')
    await page.getByRole('button', { name: 'Taper le code' }).click()
    await page.getByLabel('Code du chèque').fill('ND1ZP8P8P0E196')
    await see('code')
    await page.getByRole('button', { name: 'Revenir' }).click()
    await page.getByRole('button', { name: 'Terminer l’atelier' }).click()
    await page.getByRole('button', { name: 'Voir ou annuler' }).click()
    await see('receipt')
    await page.getByRole('button', { name: /À traiter/ }).click()
    await see('todo')
    await page.getByRole('button', { name: 'Aujourd’hui' }).click()
    await see('today')
    await page.getByRole('button', { name: 'Scanner', exact: true }).click()
    await see('services')
    await page.getByRole('button', { name: 'Premiers pas' }).click()
    await page.getByRole('button', { name: 'Ajouter aux favoris' }).first().click()
    await see('theme')
    await page.getByRole('button', { name: 'Revenir' }).click()
    await page.getByRole('button', { name: 'Chercher' }).click()
    await page.getByRole('searchbox').fill('impots')
    await page.getByText('1 service dans votre lieu').waitFor()
    await see('search')
    await page.getByRole('button', { name: 'Effacer' }).click()
    await page.getByRole('button', { name: 'Revenir' }).click()
    await see('services-favourites')
    await page.getByRole('button', { name: 'Réglages' }).click()
    await see('settings')
    await page.getByRole('button', { name: /English/ }).click()
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
    await see('settings-english')
    expect(errors).toEqual([])
  })

  test('a phone that is not linked, and one without a camera', async () => {
    const fresh = await openPage(browser, options)
    await fresh.page.goto(`${world.address}/scanner/`)
    await fresh.page.getByRole('heading', { name: 'Relier ce téléphone' }).waitFor()
    await look(fresh.page, `screen-${variant}-welcome`)
    await fresh.page.goto(`${world.address}/scanner/?demo`)
    await fresh.page.getByRole('heading', { name: 'Choisir un lieu' }).waitFor()
    await look(fresh.page, `screen-${variant}-demo`)
    const { page } = await openScanner(world, browser, options)
    await page.getByText('Pas de caméra sur cet appareil').waitFor()
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
  await tabTo('Taper le code')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Taper le code' }).waitFor()
  await page.keyboard.type(world.takeVoucher().typed.replaceAll('-', ''))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Accepté' }).waitFor()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Chèque suivant')
  await page.keyboard.press('Enter')
  await tabTo('Terminer l’atelier')
  await page.keyboard.press('Enter')
  await page.getByText('1 chèque accepté').waitFor()
})

test('a phone that the server no longer knows keeps its scans, is linked again, and sends them', async () => {
  const { page } = await openScanner(world, browser)
  await world.sql`update devices set state = 'revoked' where public_key is not null`
  world.clock.now = new Date(world.clock.now.getTime() + 60_000)
  await readByHand(page, world.takeVoucher().qr)
  await page.getByRole('heading', { name: 'Enregistré sur ce téléphone' }).waitFor()
  await page.getByRole('button', { name: 'Chèque suivant' }).click()
  await page.getByText('Votre chèque est gardé').waitFor()
  await takePicture(page, 'screen-light-link-again')
  const before = await world.countRows()
  // From elsewhere: a link that only changes the hash would be followed without loading the page.
  await page.goto('about:blank')
  await page.goto(await world.linkFor())
  await expect
    .poll(async () => (await world.countRows()).redemptions, { timeout: 30_000 })
    .toBe(before.redemptions! + 1)
})
