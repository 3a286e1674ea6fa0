/**
 * `npm run pictures` takes the pictures of README.md again, from a demo that runs at CARNET (http://localhost:8080). It scans a
 * voucher of that demo. Needs Chromium, and pdftoppm and pdftotext of poppler-utils.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { slot, slotAt } from '@carnet/api/books/pdf/draw-sheet.ts'
import { type Browser, chromium, type Page } from 'playwright-core'
import { pathOfChromium } from '../helpers/chromium.ts'

const carnet = process.env.CARNET ?? 'http://localhost:8080'
const pictures = fileURLToPath(new URL('../../docs/pictures/', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'carnet-pictures-'))
const dpi = 160

type Account = { role: string; organisation: string | null; signInUrl: string; apiToken: string }
type Demo = {
  accounts: Account[]
  campaigns: { id: string }[]
  venues: { name: string; enrolmentToken: string }[]
  vouchers: { active: { typed: string; campaignId: string }[] }
}
const demo: Demo = await (await fetch(`${carnet}/api/v1/demo`)).json()
const accountOf = (role: string) => demo.accounts.find((account) => account.role === role)!

const launch = (camera?: string): Promise<Browser> => {
  const fake = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']
  const args = [
    '--no-sandbox',
    '--lang=fr-FR',
    ...(camera ? [...fake, `--use-file-for-fake-video-capture=${camera}`] : []),
  ]
  return chromium.launch({ executablePath: pathOfChromium(), args })
}

async function open(browser: Browser, width: number, height: number): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width, height } })
  const page = await context.newPage()
  page.setDefaultTimeout(120_000)
  return page
}

async function takePages(browser: Browser) {
  const pages = [
    ['start', '/', undefined, 1180],
    ['ou', '/ou?commune=Angoul%C3%AAme+(16000)', undefined, 1000],
    ['funder', `/financeur/campagnes/${demo.campaigns[0]!.id}`, 'funder', 1300],
    ['venue', '/lieu', 'venue_manager', 1300],
    ['coordinator', '/coordination', 'coordinator', 1300],
  ] as const
  for (const [name, path, role, height] of pages) {
    const page = await open(browser, 1280, height)
    if (role) await page.goto(carnet + new URL(accountOf(role).signInUrl).pathname)
    await page.goto(carnet + path)
    await page.screenshot({ path: `${pictures}${name}.png` })
    await page.context().close()
  }
}

/** The books that a voucher of the demo is in, as a printer gets them, and the text of each page. */
async function fetchBooks({ typed, campaignId }: { typed: string; campaignId: string }) {
  const headers = { authorization: `Bearer ${accountOf('coordinator').apiToken}` }
  const runs = await (await fetch(`${carnet}/api/v1/campaigns/${campaignId}/print-runs`, { headers })).json()
  for (const { id } of runs.items) {
    const pdf = await fetch(`${carnet}/api/v1/print-runs/${id}/books.pdf`, { headers })
    if (!pdf.ok) continue
    const file = join(work, 'books.pdf')
    writeFileSync(file, Buffer.from(await pdf.arrayBuffer()))
    const pages = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).split('\f')
    if (pages.some((text) => text.includes(typed))) return { file, pages }
  }
  throw new Error(`No books hold ${typed}`)
}
type Books = Awaited<ReturnType<typeof fetchBooks>>

const print = ({ file: books }: Books, page: number, name: string, part: string[] = []) => {
  const file = join(work, name)
  const scale = ['-r', String(dpi), '-f', String(page), '-singlefile', '-png']
  execFileSync('pdftoppm', [...scale, ...part, books, file])
  return `data:image/png;base64,${readFileSync(`${file}.png`).toString('base64')}`
}

/** A voucher cut from the sheet it is printed on: found by its typed code. */
function cutOut(books: Books, typed: string): string {
  const page = books.pages.findIndex((text) => text.includes(typed))
  const place = books.pages[page]!.match(/\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{2}\b/g)!.indexOf(typed)
  const { x, y } = slotAt(place)
  const [left, top, width, height] = [x, y, slot.width, slot.height].map((mm) => String(Math.round((mm * dpi) / 25.4)))
  return print(books, page + 1, typed, ['-x', left!, '-y', top!, '-W', width!, '-H', height!])
}

const html = (body: string, style: string) =>
  `<style>body{margin:0;height:100vh;overflow:hidden;display:flex;align-items:center;justify-content:center;${style}}</style>${body}`

async function takePaper(browser: Browser, books: Books) {
  const page = await open(browser, 960, 372)
  const sheet = 'box-shadow:0 2px 10px #0003'
  const [cover, vouchers] = [print(books, 1, 'cover'), print(books, 2, 'sheet')]
  await page.setContent(
    html(
      `<img src="${cover}" width="472" style="${sheet}"><div style="height:334px;overflow:hidden;${sheet}"><img src="${vouchers}" width="432"></div>`,
      'background:#efe6d8;gap:20px',
    ),
  )
  await page.screenshot({ path: `${pictures}paper.png` })
}

/** What the camera sees: a voucher over a table. It never leaves the picture, so it is scanned once. */
async function film(browser: Browser, voucher: string): Promise<string> {
  const page = await open(browser, 480, 640)
  const style = 'width:900px;flex:none;transform:translate(-275px,90px) rotate(-4deg)'
  await page.setContent(html(`<img src="${voucher}" style="${style}">`, 'background:#7a5c43'))
  const frame = await page.screenshot({ type: 'jpeg', quality: 90 })
  const file = join(work, 'camera.mjpeg')
  writeFileSync(file, Buffer.concat(Array<Buffer>(30).fill(frame)))
  return file
}

async function takeScanner(camera: string) {
  const browser = await launch(camera)
  const page = await open(browser, 390, 844)
  const take = (name: string) => page.screenshot({ path: `${pictures}scanner-${name}.png`, animations: 'disabled' })
  const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click()
  await page.goto(`${carnet}/scanner/#token=${demo.venues[0]!.enrolmentToken}`)
  await page.getByText('Scanner tout de suite').click()
  await press('Premiers pas')
  await press(/^Ajouter aux favoris/)
  await press('Revenir')
  await page.getByRole('heading', { name: 'Favoris' }).waitFor()
  await take('services')
  await press('souris')
  await page.getByRole('heading', { name: 'Accepté' }).waitFor()
  await take('accepted')
  await press('Chèque suivant')
  await page.waitForTimeout(500)
  await take('camera')
  await press('Terminer l’atelier')
  await page.getByRole('heading', { name: 'Atelier terminé' }).waitFor()
  await take('receipt')
  await browser.close()
}

try {
  const browser = await launch()
  await takePages(browser)
  const books = await fetchBooks(demo.vouchers.active[0]!)
  await takePaper(browser, books)
  const camera = await film(browser, cutOut(books, demo.vouchers.active[0]!.typed))
  await browser.close()
  await takeScanner(camera)
} finally {
  rmSync(work, { recursive: true, force: true })
}
