import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { launchBrowser, openPage } from '../helpers/browser.ts'
import type { Weather } from '../helpers/rough-network.ts'
import { chooseService, keptOn, openScanner, readByHand, verdictOf } from '../helpers/scanner-driver.ts'
import { givenScannerWorld } from '../helpers/scanner-world.ts'

const world = await givenScannerWorld()
const browser = await launchBrowser()
beforeEach(() => world.network.turn('clear'))
const states = async (page: Page) => (await keptOn(page)).map(({ reason, state }) => reason ?? state)
/** As when the network comes back; then what the phone holds. */
const sendNow = async (page: Page) => {
  await page.evaluate(() => void dispatchEvent(new Event('online')))
  return states(page)
}
const nextVoucher = (page: Page) => page.getByRole('button', { name: 'Chèque suivant' }).click()

/** Never green without the server's word: grey, or "not verified yet". */
async function expectPromiseOnly(page: Page): Promise<void> {
  await page.getByRole('heading', { name: /Enregistré sur ce téléphone|Pas encore vérifié/ }).waitFor()
}

describe('no weather ends a scan', () => {
  const kinds: [string, Weather][] = [
    ['a network that is cut', 'cut'],
    ['a connection that never answers', 'silent'],
    ['the page of a hotel', 'portal'],
    ...[401, 404, 409, 413, 422, 426, 429, 500, 503].map((status): [string, Weather] => [
      `${status} of a proxy`,
      status,
    ]),
  ]
  test('each kind keeps the scan, and clear weather sends it', async () => {
    const { page } = await openScanner(world, browser)
    const before = (await world.countRows()).redemptions!
    for (const [at, [name, weather]] of kinds.entries()) {
      world.network.turn(weather)
      await readByHand(page, world.takeVoucher().qr)
      await expectPromiseOnly(page)
      expect(await states(page), name).toEqual([...Array(at).fill('accepted'), expect.stringMatching(/kept|sent/)])
      await nextVoucher(page)
      expect(await page.getByText('n’est plus relié').count(), name).toBe(0)
      world.network.turn('clear')
      await expect.poll(() => sendNow(page), { timeout: 60_000, message: name }).toEqual(Array(at + 1).fill('accepted'))
    }
    expect((await world.countRows()).redemptions).toBe(before + kinds.length)
  })

  test('an undoing that meets a 404 of a proxy is told later', async () => {
    const { page } = await openScanner(world, browser)
    await readByHand(page, world.takeVoucher().qr)
    await page.getByRole('heading', { name: 'Accepté' }).waitFor()
    world.network.turn(404)
    await page.getByRole('button', { name: 'Annuler ce chèque' }).click()
    await page.getByText('Changement en attente du réseau').first().waitFor()
    world.network.turn('clear')
    await sendNow(page)
    await expect.poll(() => states(page), { timeout: 60_000 }).toEqual(['undone'])
  })
})

test('with 30 % of loss and 800 ms each way, and a partition in the middle, all is sent within two minutes of healing', async () => {
  const { page } = await openScanner(world, browser)
  world.network.turn({ loss: 0.3, delayMs: 800 })
  for (let count = 0; count < 4; count++) {
    await readByHand(page, world.takeVoucher().qr)
    await verdictOf(page).waitFor()
    if ((await verdictOf(page).textContent()) === 'Accepté') expect(await states(page)).toContain('accepted')
    await nextVoucher(page)
    if (count === 1) world.network.turn('cut')
    if (count === 2) world.network.turn({ loss: 0.3, delayMs: 800 })
  }
  const healed = Date.now()
  await expect.poll(() => sendNow(page), { timeout: 120_000, interval: 3_000 }).toEqual(Array(4).fill('accepted'))
  console.info(`30 % loss, 800 ms: sent ${Math.round((Date.now() - healed) / 1000)} s after the partition`)
  world.network.turn('clear')
})

test('a network slower than two seconds counts as none, and the answer comes all the same', async () => {
  const { page } = await openScanner(world, browser)
  world.network.turn({ loss: 0, delayMs: 1_500 })
  await readByHand(page, world.takeVoucher().qr)
  await page.getByRole('heading', { name: 'Enregistré sur ce téléphone' }).waitFor()
  await page.getByText('Hors ligne').first().waitFor()
  await page.getByRole('heading', { name: 'Accepté' }).waitFor()
  world.network.turn('clear')
})

describe.each([-400, 400])('a clock that is %i days wrong', (days) => {
  test('never refuses an upload: the day of use is the server’s', async () => {
    const { page } = await openPage(browser)
    await page.clock.setSystemTime(new Date(world.clock.now.getTime() + days * 86_400_000))
    await page.goto(await world.linkFor())
    await page.getByText('Scanner tout de suite').click()
    await chooseService(page, 'Découvrir la souris')
    await readByHand(page, world.takeVoucher().qr)
    await page.getByRole('heading', { name: 'Accepté' }).waitFor()
    expect(await states(page)).toEqual(['accepted'])
    // An empty battery: the clock starts again years ago, far from any network. No date on this phone refuses anything.
    await page.context().setOffline(true)
    await nextVoucher(page)
    await page.clock.setSystemTime(new Date(world.clock.now.getTime() + (days - 800) * 86_400_000))
    await readByHand(page, world.takeVoucher().qr)
    await page.getByRole('heading', { name: 'Pas encore vérifié' }).waitFor()
    await nextVoucher(page)
    await page.getByRole('button', { name: 'Service · changer' }).click()
    await page.getByText('La date de ce téléphone a changé').waitFor()
    await page.context().setOffline(false)
    await expect.poll(() => sendNow(page), { timeout: 60_000 }).toEqual(['accepted', 'accepted'])
    await page.getByText('La date de ce téléphone a changé').waitFor({ state: 'hidden' })
    const [row] = await world.sql<{ days: string[] }[]>`select array_agg(distinct day::text) as days from redemptions`
    expect(row!.days).toEqual(['2026-03-10'])
  })
})

test('a restore: the phone tells again what was accepted, undone and corrected, and it comes to the same', async () => {
  const { page } = await openScanner(world, browser)
  for (let count = 0; count < 3; count++) {
    await readByHand(page, world.takeVoucher().qr)
    await page.getByRole('heading', { name: 'Accepté' }).waitFor()
    await nextVoucher(page)
  }
  await page.getByRole('button', { name: 'Annuler le chèque 2' }).click()
  await expect.poll(() => states(page)).toEqual(['accepted', 'undone', 'accepted'])
  const ids = (await keptOn(page)).map(({ scanId }) => scanId)
  // What was undone comes back as withdrawn: nobody is paid for it, and its voucher is free, as before.
  const story = () => world.sql`select r.tag::text, r.service_code, r.day::text from redemptions r
    where state = 'accepted' order by tag`
  const before = [...(await story())]

  // What the phone was told is gone: a backup of this morning, and a generation of its own.
  await world.sql`delete from redemptions where tag in (select tag from scan_receipts where scan_id = any(${ids}::uuid[]))`
  await world.sql`delete from scan_receipts where scan_id = any(${ids}::uuid[])`
  world.keyring.replaceGeneration()

  // A phone with nothing to send learns of it when it reads its rules again: at its next start, or within the hour.
  await page.reload()
  await expect.poll(async () => [...(await story())], { timeout: 60_000 }).toEqual(before)
  await expect.poll(() => states(page), { timeout: 30_000 }).toEqual(['accepted', 'withdrawn', 'accepted'])
})
