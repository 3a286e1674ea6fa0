import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { afterwards } from './afterwards.ts'
import { pathOfChromium } from './chromium.ts'

/** A headless Chromium, closed after the file's tests; with a video in place of its camera, or without any. */
export async function launchBrowser(camera?: string): Promise<Browser> {
  const executablePath = pathOfChromium()
  const fake = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']
  const args = ['--no-sandbox', ...(camera ? [...fake, `--use-file-for-fake-video-capture=${camera}`] : [])]
  const browser = await chromium.launch({ executablePath, args })
  afterwards(() => browser.close())
  return browser
}

/** A page of its own, as on a phone in French. An error in it, or one told on its console, fails the test that asks. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 390, height: 844 }, ...options })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    const isOfNetwork = /Failed to load resource/.test(message.text())
    if (message.type() === 'error' && !isOfNetwork) errors.push(message.text())
  })
  return { context, page, errors }
}

/** With PICTURES=folder each screen is also kept as a picture, to be looked at. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' })
}

// Half as long as what the package exports, and so read by each page in two thirds of the time.
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const guidelines = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * No finding of serious or critical impact (WCAG 2.2 A and AA), each told by its rule and place; where asked for, none of moderate
 * impact or against good practice either.
 */
export async function expectAccessible(page: Page, name: string, { isStrict = false } = {}): Promise<void> {
  await page.evaluate(axeSource)
  const asked = isStrict
    ? { tags: [...guidelines, 'best-practice'], impacts: ['moderate', 'serious', 'critical'] }
    : { tags: guidelines, impacts: ['serious', 'critical'] }
  const findings = await page.evaluate(async ({ tags, impacts }) => {
    const run = (globalThis as unknown as { axe: typeof axe }).axe.run
    const { violations } = await run(document, { runOnly: tags, resultTypes: ['violations'] })
    return violations
      .filter(({ impact }) => impacts.includes(impact ?? ''))
      .flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
  }, asked)
  expect.soft(findings, name).toEqual([])
}

/** Every page is looked at in both languages, each at one of the two ends of what screens are; all widths are tried for both. */
export const screens = {
  narrow: { viewport: { width: 320, height: 800 }, colorScheme: 'dark' },
  wide: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
} as const satisfies Record<string, BrowserContextOptions>

/** A page that a reader has before them: no width scrolls sideways, and nothing is said against it. */
export async function expectReadable(page: Page, name: string): Promise<void> {
  const { width: own, height } = page.viewportSize()!
  for (const width of [320, 390, 1280, own]) {
    await page.setViewportSize({ width, height })
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect.soft(beyond, `${name} scrolls sideways at ${width}`).toBeLessThanOrEqual(0)
  }
  await expectAccessible(page, name, { isStrict: true })
  await takePicture(page, name)
}
