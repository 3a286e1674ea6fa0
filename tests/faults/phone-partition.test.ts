import { expect, test } from 'vitest'
import { launchBrowser } from '../helpers/browser.ts'
import { keptOn, openScanner, readByHand } from '../helpers/scanner-driver.ts'
import buildScanner from '../helpers/scanner-server.ts'
import { givenScannerWorld } from '../helpers/scanner-world.ts'

const partitionMs = (process.env.FAULTS === 'full' ? 300 : 30) * 1000
const healsWithinMs = 120_000
const waiting = 6
buildScanner()
const world = await givenScannerWorld()
const browser = await launchBrowser()

test(`a partition of ${partitionMs / 1000} s: nothing is green meanwhile, and the phone alone sends all within two minutes of healing`, async () => {
  const { page, errors } = await openScanner(world, browser)
  const before = (await world.countRows()).redemptions!
  world.network.turn('silent')
  const since = Date.now()
  for (let at = 0; at < waiting; at++) {
    await readByHand(page, world.takeVoucher().qr)
    await page.getByRole('heading', { name: 'Enregistré sur ce téléphone' }).waitFor()
    await page.getByRole('button', { name: 'Chèque suivant' }).click()
  }
  while (Date.now() - since < partitionMs) {
    await new Promise((next) => setTimeout(next, 2_000))
    const states = (await keptOn(page)).map(({ state }) => state)
    expect(states.every((state) => state === 'kept' || state === 'sent')).toBe(true)
  }
  expect((await world.countRows()).redemptions).toBe(before)

  // Nobody touches the phone, and no browser says that the network is back: it never knew that it was away.
  world.network.turn('clear')
  const healed = Date.now()
  await expect
    .poll(async () => (await keptOn(page)).filter(({ state }) => state === 'accepted').length, {
      timeout: healsWithinMs,
      interval: 500,
    })
    .toBe(waiting)
  expect((await world.countRows()).redemptions).toBe(before + waiting)
  expect(errors).toEqual([])
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  console.info(
    `partition of ${seconds(healed - since)} s, ${waiting} scans kept: all sent ${seconds(Date.now() - healed)} s after it healed (at most ${seconds(healsWithinMs)})`,
  )
}, 900_000)
