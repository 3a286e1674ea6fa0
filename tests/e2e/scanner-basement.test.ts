import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { mortalBrowser } from '../helpers/mortal-browser.ts'
import { scanItem } from '../helpers/phone.ts'
import { chooseService, keptOn, readByHand } from '../helpers/scanner-driver.ts'
import { givenScannerWorld } from '../helpers/scanner-world.ts'

const kills = Number(process.env.KILLS ?? 20)
const vouchersOfWorkshop = Math.max(30, Math.min(38, kills + 2))
const world = await givenScannerWorld()
const phone = mortalBrowser()

const isWaiting = ({ state }: { state: string }) => state === 'kept' || state === 'sent'

/** Reads one voucher without a network; returns when the screen has promised that it is kept. */
async function keep(page: Page, qr: string): Promise<void> {
  await readByHand(page, qr)
  await page.getByRole('heading', { name: 'Enregistré sur ce téléphone' }).waitFor()
}

test(`a workshop in a basement: every scan that was promised survives ${kills} crashes, and ends once`, async () => {
  let page = await phone.start(await world.linkFor(), world.clock.now)
  await page.getByText('Scanner tout de suite').click()
  await chooseService(page, 'Découvrir la souris')
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  world.network.turn('cut')

  const before = await world.countRows()
  const vouchers = Array.from({ length: vouchersOfWorkshop }, () => world.takeVoucher())
  for (const [at, { qr }] of vouchers.entries()) {
    await keep(page, qr)
    if (at < kills) {
      await phone.kill()
      page = await phone.start(`${world.address}/scanner/`, world.clock.now)
      expect(await keptOn(page)).toHaveLength(at + 1)
      await chooseService(page, 'Découvrir la souris')
    } else await page.getByRole('button', { name: 'Chèque suivant' }).click()
  }
  const kept = await keptOn(page)
  expect(kept.filter(isWaiting)).toEqual(kept)
  expect(kept.map(({ rank }) => rank)).toEqual(vouchers.map((_, at) => at + 1))
  expect(await world.countRows()).toEqual(before)

  // Two of them were used elsewhere meanwhile.
  for (const voucher of vouchers.slice(3, 5)) await world.phones[1]!.scan(scanItem(voucher))
  world.network.turn('clear')
  await page.goto(`${world.address}/scanner/`)
  await expect.poll(async () => (await keptOn(page)).filter(isWaiting), { timeout: 60_000 }).toEqual([])

  const ended = await keptOn(page)
  const outcomes = ended.map(({ state, reason }) => reason ?? state)
  expect(outcomes).toEqual(vouchers.map((_, at) => (at === 3 || at === 4 ? 'already_used' : 'accepted')))
  expect((await world.countRows()).redemptions).toBe(before.redemptions! + vouchers.length)
  await page.getByRole('button', { name: /À traiter/ }).click()
  await page.getByText('Refusés').waitFor()
  expect(await page.locator('.todo').count()).toBe(2)
}, 600_000)
