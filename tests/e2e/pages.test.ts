import { listen } from '@carnet/api/serve.ts'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { expectReadable, launchBrowser, openPage, screens } from '../helpers/browser.ts'
import { freePort } from '../helpers/command.ts'
import { watchWhatIsLeft } from '../helpers/left-behind.ts'
import { givenSession } from '../helpers/members.ts'
import { givenScans } from '../helpers/money-world.ts'
import { givenPagesWorld } from '../helpers/pages-world.ts'

const port = await freePort()
const address = `http://localhost:${port}`
const world = await givenPagesWorld(address)
afterAll(await listen(world.app.fetch, port))
const campaign = await world.givenOpenCampaign()
const period = await world.givenStatement(campaign, world.first, 7)
await givenScans(world, campaign, world.first, { count: 3, periodId: period + 1 })
// Of its scans the owner wrote the rows; its pages are read by browsers.
await watchWhatIsLeft({ sql: world.sql, vouchers: [] })
const browser = await launchBrowser()

const sessionToken = await givenSession(world.sql, world.manager.membershipId)

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const { page, context } = await openPage(browser, options)
  await context.addCookies([{ name: 'carnet-session', value: sessionToken, url: address }])
  return page
}

const paths = {
  start: '/',
  where: '/ou?commune=Angoul%C3%AAme+(16000)',
  communes: '/ou',
  catalogue: '/catalogue?q=mot+de+passe',
  privacy: '/confidentialite',
  method: '/methode',
  data: '/donnees',
  dataset: '/donnees/jeux/voucher_uses_epci',
  register: '/donnees/jeux/venues',
  venue: '/lieu',
  statements: '/lieu/bordereaux',
  statement: `/lieu/bordereaux/${period}.${world.first.id}`,
  missing: '/nowhere',
}

describe.each([
  ['fr', screens.narrow],
  ['en', screens.wide],
] as const)('in %s', (lang, screen) => {
  test('every page of everybody fits every screen and is accessible', { timeout: 600_000 }, async () => {
    const page = await open(screen)
    for (const [name, path] of Object.entries(paths)) {
      await page.goto(`${address}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
      await expectReadable(page, `page-${name}-${lang}`)
    }
  })
})

describe('by the keyboard alone', () => {
  test('the first stop skips to the content, and a search is asked and read', async () => {
    const page = await open({ viewport: { width: 1280, height: 900 } })
    await page.goto(`${address}/ou`)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Aller au contenu')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('place')
    await page.keyboard.type('angouleme')
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: 'Angoulême' }).waitFor()
  })

  test('every stop of a page shows where it is', async () => {
    const page = await open({ viewport: { width: 1280, height: 900 } })
    await page.goto(`${address}/lieu`)
    const stops = await page.locator('a[href], button, select, input, summary').count()
    for (let stop = 0; stop < stops; stop += 1) {
      await page.keyboard.press('Tab')
      const outline = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement!)
        return `${style.outlineStyle} ${style.outlineWidth}`
      })
      expect(outline, `stop ${stop}`).toBe('solid 3px')
    }
  })
})

describe('without JavaScript', () => {
  test('a venue is found, a phone is added and a session is ended', async () => {
    const page = await open({ javaScriptEnabled: false })
    await page.goto(`${address}/ou`)
    await page.getByLabel('Votre commune ou code postal').fill('16000')
    await page.getByRole('button', { name: 'Chercher' }).click()
    await page
      .getByRole('heading', { name: /Angoulême/ })
      .first()
      .waitFor()
    await page.goto(`${address}/lieu`)
    await page.getByRole('button', { name: 'Ajouter un téléphone' }).click()
    await page.getByRole('img', { name: 'Code QR à scanner avec le téléphone' }).waitFor()
    await page.goto(`${address}/lieu`)
    await page.getByRole('button', { name: /Fermer la session/ }).click()
    expect(page.url()).toBe(`${address}/`)
    await page.goto(`${address}/lieu`)
    await page.getByRole('heading', { name: 'Connectez-vous d’abord' }).waitFor()
  })
})
