import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { mortalBrowser } from './mortal-browser.ts'
import { scanItem } from './phone.ts'
import { chooseService, keptOn, readByHand } from './scanner-driver.ts'
import type { ScannerWorld } from './scanner-world.ts'

const vouchersOfWorkshop = 30
const service = 'Découvrir la souris'
const isWaiting = ({ state }: { state: string }) => state === 'kept' || state === 'sent'

/** Reads one voucher without a network; returns when the screen has promised that it is kept. */
async function keep(page: Page, qr: string): Promise<void> {
  await readByHand(page, qr)
  await page.getByRole('heading', { name: 'Enregistré sur ce téléphone' }).waitFor()
}

/** A phone that is linked and ready to work without a network. */
export async function linkInBasement(world: ScannerWorld, phone: ReturnType<typeof mortalBrowser>): Promise<Page> {
  const page = await phone.start(await world.linkFor(), world.clock.now)
  await page.getByText('Scanner tout de suite').click()
  await page.getByRole('heading', { name: 'Quel service aujourd’hui' }).waitFor()
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  return page
}

/**
 * A workshop of 30 vouchers with the network cut: the browser is killed with SIGKILL right after the promise, as often as asked;
 * then the network comes back, and two of the vouchers were used elsewhere meanwhile. Nothing lost, nothing twice.
 */
export async function workshopInBasement(
  world: ScannerWorld,
  phone: ReturnType<typeof mortalBrowser>,
  first: Page,
  kills: number,
): Promise<Page> {
  let page = first
  const earlier = (await keptOn(page)).length
  const { vouchers } = await world.givenCampaign({ vouchers: vouchersOfWorkshop })
  const before = await world.countRows()
  world.network.turn('cut')
  await chooseService(page, service)
  for (const [at, { qr }] of vouchers.entries()) {
    await keep(page, qr)
    if (at < kills) {
      await phone.kill()
      page = await phone.start(`${world.address}/scanner/`, world.clock.now)
      expect(await keptOn(page)).toHaveLength(earlier + at + 1)
      await chooseService(page, service)
    } else await page.getByRole('button', { name: 'Chèque suivant' }).click()
  }
  const kept = (await keptOn(page)).slice(earlier)
  expect(kept.filter(isWaiting)).toEqual(kept)
  expect(await world.countRows()).toEqual(before)

  for (const voucher of vouchers.slice(3, 5)) await world.phones[1]!.scan(scanItem(voucher))
  world.network.turn('clear')
  await page.goto(`${world.address}/scanner/`)
  await expect.poll(async () => (await keptOn(page)).filter(isWaiting), { timeout: 120_000 }).toEqual([])
  const outcomes = (await keptOn(page)).slice(earlier).map(({ state, reason }) => reason ?? state)
  expect(outcomes).toEqual(vouchers.map((_, at) => (at === 3 || at === 4 ? 'already_used' : 'accepted')))
  expect((await world.countRows()).redemptions).toBe(before.redemptions! + vouchers.length)
  return page
}
