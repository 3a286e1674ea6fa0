import { type Translate, translate } from '@carnet/api/shared/messages.ts'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openPage } from './browser.ts'
import type { ScannerWorld } from './scanner-world.ts'

/** What a phone of that language says. */
export const wordsOf = ({ locale = 'fr-FR' }: BrowserContextOptions): Translate =>
  translate(locale.startsWith('en') ? 'en' : 'fr')

/** A phone of the world's first venue, linked by its manager's link, its camera open for the first service. */
export async function openScanner(
  world: ScannerWorld,
  browser: Browser,
  options: BrowserContextOptions & { service?: string; decoder?: string } = {},
) {
  const { service = 'Découvrir la souris', decoder, ...context } = options
  const opened = await openPage(browser, context)
  const { page } = opened
  const t = wordsOf(context)
  await page.clock.setSystemTime(world.clock.now)
  const link = await world.linkFor()
  await page.goto(decoder ? link.replace('/scanner/', `/scanner/?decoder=${decoder}`) : link)
  await page.getByText(t('scanner.linked.go')).click()
  await chooseService(page, service, t)
  return opened
}

export async function chooseService(page: Page, title: string, t = translate('fr')): Promise<void> {
  await page.getByRole('button', { name: 'Premiers pas' }).click()
  await page.getByRole('button', { name: title }).first().click()
  await page.getByRole('heading', { name: t('scanner.camera.title') }).waitFor({ state: 'attached' })
}

/** As a hardware reader does it: fast, and with Enter. It is listened to as long as the camera's screen stands. */
export async function readByHand(page: Page, text: string): Promise<void> {
  await page.locator('.camera h1').waitFor({ state: 'attached' })
  await page.evaluate((line) => {
    // Made at once, dispatched after: a key's time is that of its making, however slow this machine is.
    const keys = [...line, 'Enter'].map((key) => new KeyboardEvent('keydown', { key }))
    for (const key of keys) dispatchEvent(key)
  }, text)
}

export const verdictOf = (page: Page) => page.locator('#verdict-title')

type KeptRow = { scanId: string; rank: number; state: string; reason?: string; day: string }

/** What the phone itself holds, in order: read from its own memory, not from its screen. */
export const keptOn = (page: Page): Promise<KeptRow[]> =>
  page.evaluate(async () => {
    type Row = { scanId: string; order: number; rank: number; state: string; day: string; answer: { reason?: string } }
    const db = await new Promise<IDBDatabase>((found, fail) => {
      const asked = indexedDB.open('carnet-scanner')
      asked.onsuccess = () => found(asked.result)
      asked.onerror = () => fail(asked.error)
    })
    const rows = await new Promise<Row[]>((found, fail) => {
      const asked = db.transaction('scans').objectStore('scans').getAll()
      asked.onsuccess = () => found(asked.result)
      asked.onerror = () => fail(asked.error)
    })
    db.close()
    rows.sort((a, b) => a.order - b.order)
    return rows.map(({ scanId, rank, state, day, answer: { reason } }) => ({
      scanId,
      rank,
      day,
      state,
      ...(reason && { reason }),
    }))
  })
