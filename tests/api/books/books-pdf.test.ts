import { execFileSync } from 'node:child_process'
import { slot, slotAt } from '@carnet/api/books/pdf/draw-sheet.ts'
import { type Picture, readWithWasm, readWithZxing } from '@carnet/api/books/pdf/symbol-readers.ts'
import { readTypedCode } from '@carnet/api/books/typed-code.ts'
import { readVoucherText } from '@carnet/api/books/voucher-payload.ts'
import { setLogo } from '@carnet/api/funders/set-logo.ts'
import { RobustQRReader } from '@carnet/scanner-pwa/camera/robust-reader.ts'
import { BinaryBitmap, HybridBinarizer, RGBLuminanceSource } from '@zxing/library'
import { describe, expect, onTestFinished, test } from 'vitest'
import { givenBooksWorld, linesOf } from '../../helpers/books-world.ts'
import { hasTool, partOf, readWithZbar, withPages } from '../../helpers/paper-pictures.ts'
import { photocopyOf } from '../../helpers/photocopy.ts'
import { pngOf } from '../../helpers/png.ts'

/** The vouchers of so many first pages are photocopied, too. */
const photocopied = 8

const world = await givenBooksWorld()
const { app, sql, keyring, people, get, post } = world

const pdfOf = (runId: string, as = people.coordinator) =>
  app.request(`/api/v1/print-runs/${runId}/books.pdf`, { headers: as.headers })
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())
const wordsOf = (pdf: Buffer) =>
  execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' }).split('\f')

async function asInstallation(mode: 'demo' | 'production') {
  await sql`insert into installation (mode, keyring_id, created_on) values (${mode}, ${keyring.identity}, '2026-01-01')`
  onTestFinished(async () => void (await sql`delete from installation`))
}

/** The scanner's reader of last resort, which runs on every phone. */
function readWithScanner({ pixels, width, height }: Picture): string {
  const source = new RGBLuminanceSource(pixels, width, height)
  return new RobustQRReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText()
}

describe('twenty books on paper', async () => {
  const ink = pngOf({ width: 400, height: 200 })
  for (const owner of [world.funders.state.id, world.funders.city.id, null]) await setLogo(world.operator, owner, ink)
  const { id } = await world.givenAgreed()
  const run = await world.givenGenerated(id, 20, 10)
  const response = await pdfOf(run.id)
  const pdf = await bytesOf(response)
  const lines = linesOf(await world.plaintextOf(run.id))
  const bookOf = (page: number) => lines.filter(({ cover }) => cover === page / 2 + 1)
  const hasPoppler = hasTool('pdftoppm')
  const { body: campaign } = await get(`/campaigns/${id}`)

  test('are a PDF, the same byte for byte each time', async () => {
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect((await bytesOf(await pdfOf(run.id))).equals(pdf)).toBe(true)
  })

  test.each([150, 300])('every voucher is read by every reader at %i dpi', { timeout: 300_000 }, async (dpi) => {
    if (!hasPoppler) return
    const hasZbar = hasTool('zbarimg')
    const readByStock = new Set<string>()
    const copies: string[] = []
    await withPages(pdf, dpi, async (pages) => {
      expect(pages).toHaveLength(40)
      for (const [at, page] of pages.entries()) {
        const isCover = at % 2 === 0
        const expected = isCover ? ['http://localhost:8080/ou'] : bookOf(at - 1).map(({ qr }) => qr)
        expect((await readWithWasm(page, 20)).sort()).toEqual([...expected].sort())
        const slips = isCover ? [page] : expected.map((_, place) => partOf(page, dpi, { ...slotAt(place), ...slot }))
        const cover = `CODE-128:${String(campaign.number).padStart(4, '0')}${String(at / 2 + 1).padStart(6, '0')}`
        const seen = [...(isCover ? [cover] : []), ...expected.map((text) => `QR-Code:${text}`)].sort()
        if (hasZbar) expect(readWithZbar(slips)).toEqual(seen)
        if (hasZbar && dpi === 300 && !isCover && at < photocopied)
          copies.push(...readWithZbar(slips.map((slip, place) => photocopyOf(slip, at * 10 + place))))
        for (const [place, text] of isCover ? [] : expected.entries()) {
          expect(readWithScanner(slips[place]!), `page ${at + 1}, voucher ${place + 1}`).toBe(text)
          if (readWithZxing(slips[place]!) === text) readByStock.add(text)
        }
      }
      // It takes the data of one perfect picture in thirty for a fourth corner: a camera shows it the next, a picture does not.
      expect(readByStock.size).toBeGreaterThan(180)
      if (hasZbar && dpi === 300) expect(new Set(copies).size).toBe(5 * photocopied)
    })
  })

  test('say in words what the codes say, and no voucher says of which book it is', () => {
    if (!hasPoppler) return
    for (const [at, words] of wordsOf(pdf).slice(0, 40).entries()) {
      if (at % 2 === 0) {
        expect(words).toContain(`${String(campaign.number).padStart(4, '0')}-${String(at / 2 + 1).padStart(6, '0')}`)
        expect(words).toContain('30 juin 2026')
        expect(words).toContain(campaign.name)
      } else {
        expect(words.match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}/g)).toEqual(
          bookOf(at - 1).map(({ typed }) => typed),
        )
        expect(words).not.toMatch(/\d{4}-\d{6}/)
      }
    }
  })

  test('carry their fonts, and print the code 24 mm wide', async () => {
    if (!hasPoppler) return
    const fonts = execFileSync('pdffonts', ['-'], { input: pdf, encoding: 'utf8' }).trim().split('\n').slice(2)
    expect(fonts).toHaveLength(3)
    for (const font of fonts) expect(font).toMatch(/Atkinson.* yes yes yes/)
    withPages(pdf, 300, ([, sheet]) => {
      const { x, y } = slotAt(0)
      const line = partOf(sheet!, 300, { x: x + 60, y: y + 5, width: 36, height: 1 })
      const dark = [...line.pixels.subarray(0, line.width)].flatMap((level, column) => (level < 128 ? [column] : []))
      expect(((dark.at(-1)! - dark[0]! + 1) * 25.4) / 300).toBeCloseTo(24, 0)
    })
  })
})

describe('a file of books', () => {
  test('is for the coordinator, of a run that was generated', async () => {
    const { id } = await world.givenAgreed()
    const run = await world.givenRequested(id)
    expect(await (await pdfOf(run.id)).json()).toMatchObject({ code: 'print_run_is_requested' })
    expect((await pdfOf(run.id, people.state)).status).toBe(403)
    expect((await pdfOf(crypto.randomUUID())).status).toBe(404)
  })

  test('is made no more once its receipt is confirmed, but in the demo it is, with the same bytes', async () => {
    const { id } = await world.givenAgreed()
    const [real, shown] = [await world.givenGenerated(id, 10, 10), await world.givenGenerated(id, 10, 10)]
    await asInstallation('production')
    await post(`/print-runs/${real.id}/receipt`)
    expect(await (await pdfOf(real.id)).json()).toMatchObject({ code: 'receipt_confirmed' })
    await sql`delete from installation`
    await asInstallation('demo')
    expect(await (await pdfOf(real.id)).json()).toMatchObject({ code: 'run_key_gone' })
    const before = await bytesOf(await pdfOf(shown.id))
    await post(`/print-runs/${shown.id}/receipt`)
    expect((await bytesOf(await pdfOf(shown.id))).equals(before)).toBe(true)
  })

  test('tells how far it is, and whoever gives up stops the work', async () => {
    const { id } = await world.givenAgreed({ budgetedBooks: 200 })
    const run = await world.givenGenerated(id, 150, 50)
    const printing = async () => (await get(`/print-runs/${run.id}`)).body.printing
    expect(await printing()).toBeNull()
    const reader = (await pdfOf(run.id)).body!.getReader()
    await reader.read()
    await reader.read()
    const { doneBooks, totalBooks } = await printing()
    expect(totalBooks).toBe(150)
    expect(doneBooks).toBeGreaterThan(0)
    expect(doneBooks).toBeLessThan(150)
    await reader.cancel()
    await expect.poll(printing).toBeNull()
  })

  test('holds as many sheets as its books need', async () => {
    if (!hasTool('pdftoppm')) return
    const { id } = await world.givenAgreed({ bookSize: 12 })
    const run = await world.givenGenerated(id, 10, 10)
    const words = wordsOf(await bytesOf(await pdfOf(run.id)))
    const counts = words
      .slice(0, 3)
      .map((page) => (page.match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}/g) ?? []).length)
    expect(counts).toEqual([0, 10, 2])
    expect(words[0]).toContain('12 chèques')
  })
})

test('anybody prints training vouchers: they are read, and they count nowhere', async () => {
  const pdf = await bytesOf(await app.request('/api/v1/training-vouchers.pdf'))
  if (!hasTool('pdftoppm')) return
  const [words] = wordsOf(pdf)
  expect(words).toContain('Entraînement')
  expect(words).toContain('Chèque K')
  const texts = await withPages(pdf, 150, ([page]) => readWithWasm(page!, 20))
  const vouchers = texts.map((text) => readVoucherText(text)!)
  expect(vouchers).toHaveLength(10)
  expect(vouchers.every(({ isTraining }) => isTraining)).toBe(true)
  const typed = words!.match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}/g)!
  expect(typed.map((text) => readTypedCode(text).code)).toEqual(
    expect.arrayContaining(vouchers.map(({ code }) => new Uint8Array(code))),
  )
})
