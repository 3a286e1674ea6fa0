/**
 * The scanner's budgets on a phone of five years ago: Chromium with a processor four times slower and a slow 4G network, against the
 * demo that runs at CARNET (http://localhost:8080). Usage: CARNET=… node --import tsx tests/bench/scanner.ts
 */
import { chromium, type Page } from 'playwright-core'
import { pathOfChromium } from '../helpers/chromium.ts'

const address = process.env.CARNET ?? 'http://localhost:8080'
const slow4G = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
}
const median = (list: number[]) => [...list].sort((a, b) => a - b)[list.length >> 1]!
const rounds = 5

type Demo = { venues: { enrolmentToken: string }[]; vouchers: { active: { qr: string }[] } }

/** A fresh phone: nothing cached, nothing linked. */
async function freshPage(): Promise<{ page: Page; close: () => Promise<void>; restore: () => Promise<void> }> {
  const browser = await chromium.launch({ executablePath: pathOfChromium(), args: ['--no-sandbox'] })
  const page = await (await browser.newContext({ locale: 'fr-FR', viewport: { width: 390, height: 844 } })).newPage()
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', slow4G)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const restore = async () => {
    await session.send('Network.emulateNetworkConditions', {
      ...slow4G,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    })
  }
  return { page, close: () => browser.close(), restore }
}

async function firstLoad() {
  const { page, close } = await freshPage()
  const sizes: number[] = []
  page.on('response', async (response) => {
    if (response.url().endsWith('.js')) sizes.push(Number((await response.allHeaders())['content-length'] ?? 0))
  })
  // By the page's own clock, at the first frame with its button: what the harness needs to see it is not the phone's time.
  // A text: a function of ours would bring the names that our loader gives to its functions.
  await page.addInitScript(`
    requestAnimationFrame(function look() {
      if ([...document.querySelectorAll('button')].some((button) => /Scanner le carré/.test(button.textContent)))
        globalThis.readyAt = performance.now()
      else requestAnimationFrame(look)
    })`)
  await page.goto(`${address}/scanner/`)
  await page.getByRole('button', { name: /Scanner le carré/ }).waitFor()
  const ms = await page.evaluate(async () => {
    await new Promise(requestAnimationFrame)
    return (globalThis as unknown as { readyAt: number }).readyAt
  })
  await close()
  return { ms, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}

async function offlineVerdicts(): Promise<number[]> {
  const demo: Demo = await (await fetch(`${address}/api/v1/demo`)).json()
  const { page, close, restore } = await freshPage()
  await restore()
  await page.goto(`${address}/scanner/#token=${demo.venues[0]!.enrolmentToken}`)
  await page.getByText('Scanner tout de suite').click()
  await page.locator('.themes button').first().click()
  await page.locator('.pick').first().click()
  await page.getByRole('heading', { name: 'Scanner un chèque' }).waitFor({ state: 'attached' })
  await page.context().setOffline(true)
  const delays: number[] = []
  for (const { qr } of demo.vouchers.active.slice(-10)) {
    delays.push(
      await page.evaluate(async (line) => {
        const start = performance.now()
        for (const key of [...line, 'Enter']) dispatchEvent(new KeyboardEvent('keydown', { key }))
        while (!document.querySelector('#verdict-title')) await new Promise((next) => requestAnimationFrame(next))
        return performance.now() - start
      }, qr),
    )
    await page.getByRole('button', { name: /Chèque suivant|Scanner un autre/ }).click()
  }
  await close()
  return delays
}

const loads = []
for (let round = 0; round < rounds; round++) loads.push(await firstLoad())
const delays = await offlineVerdicts()
console.log('processor 4 × slower, slow 4G (1.6 Mbit/s, 150 ms)')
console.log(`JavaScript before the camera opens: ${(loads[0]!.bytes / 1000).toFixed(1)} kB compressed (at most 100)`)
console.log(`interactive after: ${Math.round(median(loads.map(({ ms }) => ms)))} ms (at most 2000)`)
console.log(
  `offline verdict after the code: ${Math.round(median(delays))} ms, slowest ${Math.round(Math.max(...delays))} (at most 300)`,
)
