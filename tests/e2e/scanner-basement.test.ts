import { expect, test } from 'vitest'
import { linkInBasement, workshopInBasement } from '../helpers/basement.ts'
import { mortalBrowser } from '../helpers/mortal-browser.ts'
import { givenScannerWorld } from '../helpers/scanner-world.ts'

const world = await givenScannerWorld()
const phone = mortalBrowser()

test('a workshop in a basement: every scan that was promised survives 20 crashes, and ends once', async () => {
  const page = await workshopInBasement(world, phone, await linkInBasement(world, phone), 20)
  await page.getByRole('button', { name: /À traiter/ }).click()
  await page.getByText('Refusés').waitFor()
  expect(await page.locator('.todo').count()).toBe(2)
}, 600_000)
