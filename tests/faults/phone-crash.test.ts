import { test } from 'vitest'
import { linkInBasement, workshopInBasement } from '../helpers/basement.ts'
import { mortalBrowser } from '../helpers/mortal-browser.ts'
import buildScanner from '../helpers/scanner-server.ts'
import { givenScannerWorld } from '../helpers/scanner-world.ts'

/** 20 crashes each: 200 in the long form. */
const workshops = process.env.FAULTS === 'full' ? 10 : 1
buildScanner()
const world = await givenScannerWorld()
const phone = mortalBrowser()

test(`${workshops * 20} crashes of a phone right after its promise lose no scan`, async () => {
  const since = performance.now()
  let page = await linkInBasement(world, phone)
  for (let round = 1; round <= workshops; round++) {
    page = await workshopInBasement(world, phone, page, 20)
    console.info(`${round * 20} of ${workshops * 20} crashes, ${round * 30} scans promised: none lost, none twice`)
  }
  const minutes = (performance.now() - since) / 60_000
  console.info(`${workshops * 20} crashes in ${minutes.toFixed(1)} min: every promise was kept, once`)
}, 3_600_000)
