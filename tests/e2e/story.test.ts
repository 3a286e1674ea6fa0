import { readFileSync } from 'node:fs'
import { slot, slotAt } from '@carnet/api/books/pdf/draw-sheet.ts'
import { readWithWasm } from '@carnet/api/books/pdf/symbol-readers.ts'
import { listen } from '@carnet/api/serve.ts'
import { loadTerritories } from '@carnet/api/territories/load-territories.ts'
import { afterAll, expect, test } from 'vitest'
import { validateBankFile } from '../helpers/bank-schema.ts'
import { givenBooksWorld, linesOf } from '../helpers/books-world.ts'
import { launchBrowser, openPage, takePicture } from '../helpers/browser.ts'
import { filmPaper } from '../helpers/camera-video.ts'
import { freePort } from '../helpers/command.ts'
import { startWatch } from '../helpers/left-behind.ts'
import { partOf, withPages } from '../helpers/paper-pictures.ts'
import { enrolPhone } from '../helpers/phone.ts'

const port = await freePort()
const address = `http://localhost:${port}`
const world = await givenBooksWorld({ publicUrl: address })
const { app, clock, people, get, post } = world
const close = await listen(app.fetch, port)
afterAll(close)

const dpi = 200
const seed = (name: string) => readFileSync(new URL(`../../db/seeds/${name}`, import.meta.url), 'utf8')
const { coordinator, second, finance, state, ccas } = people

async function sendCsv(path: string, file: string) {
  const headers = { ...coordinator.headers, 'content-type': 'text/csv' }
  return (await app.request(`/api/v1${path}`, { method: 'POST', headers, body: seed(file) })).json()
}

/** The catalogue, and the places of a département: one of them is qualified, and its organisation can be paid. */
async function givenVenue() {
  await loadTerritories(world.operator)
  const catalogue = await sendCsv('/catalogue/versions', 'catalogue-129.csv')
  await post(`/catalogue/versions/${catalogue.id}/publication`, { from: '2026-03-01' })
  await sendCsv('/venues/imports?commit=true', 'venues-16.csv')
  const venue = (await get('/venues?q=biblioth')).body.items[0]
  await post(`/venues/${venue.id}/qualification`, { state: 'applied', from: '2026-03-01' })
  await post(`/venues/${venue.id}/qualification`, { state: 'under_review', from: '2026-03-01' })
  await post(`/venues/${venue.id}/qualification`, { state: 'qualified', from: '2026-03-01' }, second)
  const account = { iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPP', holderName: 'Médiathèque & Cie' }
  const accounts = `/organisations/${venue.organisationId}/bank-accounts`
  const { body: submitted } = await post(accounts, account)
  const { body: verified } = await post(`${accounts}/${submitted.id}/verification`, { isRight: true }, finance)
  expect(verified.state).toBe('verified')
  return venue
}

/** An order of 100 books, released by two people and printed: the sheets as a desk scanner sees them. */
async function printBooks(campaignId: string) {
  const run = await world.givenGenerated(campaignId, 100, 50)
  const response = await app.request(`/api/v1/print-runs/${run.id}/books.pdf`, { headers: coordinator.headers })
  const pdf = new Uint8Array(await response.arrayBuffer())
  const sheets = withPages(pdf, dpi, (pages) => pages.filter((_, at) => at % 2 === 1))
  expect(sheets).toHaveLength(100)
  const vouchers = linesOf(await world.plaintextOf(run.id))
  await post(`/print-runs/${run.id}/receipt`)
  return {
    run,
    vouchers,
    slipOf: (cover: number, place: number) => partOf(sheets[cover - 1]!, dpi, { ...slotAt(place), ...slot }),
  }
}

test('a voucher comes out of a printer, is read by a camera, paid to its venue and told to its funder', {
  timeout: 240_000,
}, async () => {
  const venue = await givenVenue()
  const { id: campaignId } = await world.givenAgreed()
  await world.givenFunding(campaignId, 1000)
  const { run, vouchers, slipOf } = await printBooks(campaignId)

  // Both sides acknowledge the boxes; a phone reads the sample off the paper.
  const { body: forSamples } = await post(`/venues/${venue.id}/enrolment-tokens`)
  const { phone } = await enrolPhone(app, forSamples.token)
  for (const { id } of await world.boxesOf(run.id)) {
    await post(`/boxes/${id}/dispatch`, { prescriberId: world.ccas.id })
    await post(`/boxes/${id}/delivery`, undefined, ccas)
    for (let sample = 0; sample < 3; sample++) {
      const box = (await world.boxesOf(run.id)).find((one) => one.id === id)
      const [code] = await readWithWasm(slipOf(box.nextSample.firstCover, sample))
      expect(await phone.check({ code, sample: true })).toMatchObject({ body: { sample: { isCounted: true } } })
    }
    expect((await post(`/boxes/${id}/activation`)).body.state).toBe('active')
  }
  expect((await post(`/campaigns/${campaignId}/opening`)).body.state).toBe('open')

  const findLeftBehind = await startWatch({ sql: world.sql, vouchers })

  // The mediator's phone, linked by a QR or a link, sees the paper.
  const film = filmPaper([
    { shows: slipOf(7, 4), seconds: 2 },
    { shows: null, seconds: 1.5 },
  ])
  const { body: forPhone } = await post(`/venues/${venue.id}/enrolment-tokens`)
  const { page, errors } = await openPage(await launchBrowser(film))
  await page.clock.setSystemTime(clock.now)
  await page.goto(`${address}/scanner/#token=${forPhone.token}`)
  await page.getByText('Scanner tout de suite').click()
  await page.getByRole('button', { name: 'Premiers pas' }).first().click()
  await page.getByRole('button', { name: 'souris' }).first().click()
  await page.getByRole('heading', { name: 'Accepté' }).waitFor()
  await takePicture(page, 'story-accepted')
  expect(errors).toEqual([])

  // The venue sees at once what it will be paid.
  const { body: running } = await get(`/statements?organisationId=${venue.organisationId}`)
  expect(running.items).toMatchObject([{ state: 'open', voucherCount: 1, totalCents: 1000 }])

  // The funder sees it the next morning, not before.
  const view = { width: 1280, height: 900 }
  const { page: report } = await openPage(page.context().browser()!, {
    extraHTTPHeaders: state.headers,
    viewport: view,
  })
  const used = /Utilisé\D*10\s€\s*1 chèque/
  const reportText = async () => {
    await report.goto(`${address}/financeur/campagnes/${campaignId}`)
    return report.locator('main').textContent()
  }
  expect(await reportText()).not.toMatch(used)
  clock.now = new Date('2026-03-11T06:00:00Z')
  expect(await reportText()).toMatch(used)
  await takePicture(report, 'story-funder')

  // The month ends, its statement is frozen, and the bank is asked for exactly this money.
  clock.now = new Date('2026-04-01T08:00:00Z')
  expect((await post('/periods/1/closing')).body.state).toBe('closed')
  clock.now = new Date('2026-04-10T08:00:00Z')
  expect((await post('/periods/1/freezing')).body.state).toBe('frozen')
  const { body: draft } = await post('/payment-batches', {})
  const { body: frozen } = await post(`/payment-batches/${draft.id}/freezing`)
  await post(`/payment-batches/${draft.id}/approval`, { sha256: frozen.sha256 }, finance)
  expect((await post(`/payment-batches/${draft.id}/export`, undefined, finance)).body.state).toBe('exported')
  const file = await (
    await app.request(`/api/v1/payment-batches/${draft.id}/pain.001.xml`, { headers: finance.headers })
  ).text()
  expect(file).toContain('<CtrlSum>10.00</CtrlSum>')
  expect(file).toContain('<InstdAmt Ccy="EUR">10.00</InstdAmt>')
  expect(file).toContain('<Nm>Mediatheque + Cie</Nm>')
  expect(validateBankFile(file, '09') ?? []).toEqual([])
  expect((await get('/ledger/invariants')).body.ok).toBe(true)

  // Nothing of all this touched a voucher, nor is any code, scan or phone in what was printed and logged.
  expect(vouchers).toHaveLength(1000)
  expect(await findLeftBehind()).toEqual([])
})
