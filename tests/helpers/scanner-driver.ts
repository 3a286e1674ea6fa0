import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openPage } from './browser.ts'
import type { ScannerWorld } from './scanner-world.ts'

/** A phone of the world's first venue, linked by its manager's link, its camera open for the first service. */
export async function openScanner(
  world: ScannerWorld,
  browser: Browser,
  options: BrowserContextOptions & { service?: string; decoder?: string } = {},
) {
  const { service = 'Découvrir la souris', decoder, ...context } = options
  const opened = await openPage(browser, context)
  const { page } = opened
  await page.clock.setSystemTime(world.clock.now)
  const link = await world.linkFor()
  await page.goto(decoder ? link.replace('/scanner/', `/scanner/?decoder=${decoder}`) : link)
  await page.getByText('Scanner tout de suite').click()
  await chooseService(page, service)
  return opened
}

export async function chooseService(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Premiers pas' }).click()
  await page.getByRole('button', { name: title }).first().click()
  await page.getByRole('heading', { name: 'Scanner un chèque' }).waitFor({ state: 'attached' })
}

/** As a hardware reader does it: fast, and with Enter. */
export async function readByHand(page: Page, text: string): Promise<void> {
  await page.evaluate((line) => {
    for (const key of [...line, 'Enter']) dispatchEvent(new KeyboardEvent('keydown', { key }))
  }, text)
}

export const verdictOf = (page: Page) => page.locator('#verdict-title')
