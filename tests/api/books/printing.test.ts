import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { generateBooks } from '@carnet/api/books/generate-books.ts'
import { isTrainingCode } from '@carnet/api/books/training-code.ts'
import { formatTypedCode, readTypedCode } from '@carnet/api/books/typed-code.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { describe, expect, test } from 'vitest'
import { givenBooksWorld, linesOf } from '../../helpers/books-world.ts'
import { pageReader } from '../../helpers/pages.ts'
import { hasTool } from '../../helpers/paper-pictures.ts'
import { pngOf } from '../../helpers/png.ts'

const world = await givenBooksWorld()
const { app, db, sql, keyring, clock, people, funders, get, post } = world
const { read, send } = pageReader(app)
const [camille, driss] = [people.coordinator, people.second]

const logoOf = (darkness: number) =>
  pngOf({ width: 300, height: 120, at: (x) => (x < 150 ? [darkness, 0, 0] : [255, 255, 255]) })
const ask = (method: string, path: string, as = camille, png?: Uint8Array, type = 'image/png') =>
  app.request(`/api/v1${path}`, {
    method,
    headers: { ...as.headers, ...(png && { 'content-type': type, 'content-length': String(png.length) }) },
    ...(png && { body: Uint8Array.from(png) }),
  })
const bytesOf = async (path: string, as = camille) => Buffer.from(await (await ask('GET', path, as)).arrayBuffer())
const wordsOf = (pdf: Buffer) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' })
const countPictures = (pdf: Buffer) => pdf.toString('latin1').match(/\/Subtype \/Image/g)?.length ?? 0

describe('a logo', () => {
  const path = `/funders/${funders.state.id}/logo`

  test('is kept, shown and taken away by the coordination; its funder sees it, another does not', async () => {
    expect((await ask('GET', path)).status).toBe(404)
    expect((await ask('DELETE', path)).status).toBe(404)
    expect((await ask('PUT', path, people.state, logoOf(0))).status).toBe(403)
    expect((await ask('PUT', path, camille, logoOf(0))).status).toBe(204)
    const shown = await ask('GET', path, people.state)
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect((await ask('GET', path, people.city)).status).toBe(404)
    expect((await ask('PUT', `/funders/${crypto.randomUUID()}/logo`, camille, logoOf(0))).status).toBe(404)
    expect((await ask('DELETE', path)).status).toBe(204)
    expect((await ask('GET', path)).status).toBe(404)
  })

  test('that cannot be printed is refused, in the API and beside its field on the page', async () => {
    const pale = pngOf({ width: 300, height: 100, at: () => [255, 255, 255] })
    expect(await (await ask('PUT', path, camille, pale)).json()).toMatchObject({
      ...{ status: 422, code: 'logo_too_pale', facts: { field: 'logo' } },
    })
    expect((await ask('PUT', path, camille, Buffer.alloc(1_200_000))).status).toBe(413)
    expect((await ask('PUT', path, camille, logoOf(0), 'image/svg+xml')).status).toBe(415)
    const { status, text } = await sendLogo(funders.state.id, pale)
    expect([status, text]).toEqual([422, expect.stringContaining('on ne verrait rien de ce logo')])
    expect((await sendLogo('nobody', logoOf(0))).status).toBe(422)
    expect((await sendLogo(funders.state.id, logoOf(0), people.auditor)).status).toBe(403)
  })

  test('sent by two people at once is one of them', async () => {
    const all = await Promise.all([0, 40, 80].map((darkness) => ask('PUT', path, camille, logoOf(darkness))))
    expect(all.map(({ status }) => status)).toEqual([204, 204, 204])
    const rows = await sql`select count(*)::int from logos where funder_id = ${funders.state.id} and is_current`
    expect(rows).toEqual([{ count: 1 }])
  })

  async function sendLogo(owner: string, png: Uint8Array, as = camille) {
    const form = new FormData()
    form.set('owner', owner)
    form.set('logo', new File([Uint8Array.from(png)], 'logo.png', { type: 'image/png' }))
    const { headers, body } = new Request('http://x', { method: 'POST', body: form })
    const bytes = new Uint8Array(await new Response(body).arrayBuffer())
    const length = { 'content-type': headers.get('content-type')!, 'content-length': String(bytes.length) }
    const reply = await app.request('/coordination/logos', {
      ...{ method: 'POST', headers: { ...as.headers, accept: 'text/html', ...length }, body: bytes },
    })
    return { status: reply.status, text: (await reply.text()).replaceAll('&#39;', '’') }
  }

  test('is sent and taken away on a page without any script', async () => {
    const reply = await sendLogo('scheme', logoOf(0))
    expect(reply.status).toBe(303)
    const { html } = await read('/coordination/logos?fait=logo', camille)
    const [, picture] = /src="([^"]+\.png\?v=[^"]+)" alt="Logo/.exec(html)!
    expect((await read(picture!, people.auditor)).type).toBe('image/png')
    expect((await read(picture!, people.ccas)).status).toBe(403)
    expect((await read('/coordination/logos/nobody.png', camille)).status).toBe(404)
    expect((await read('/coordination/logos', people.auditor)).html).not.toContain('type="file"')
    expect((await send('/coordination/logos/retrait', camille, { owner: 'scheme' })).status).toBe(303)
    expect((await send('/coordination/logos/retrait', camille, { owner: 'scheme' })).status).toBe(404)
  })
})

describe('the paper of a run', () => {
  test('is what it was when it was ordered, to the byte, whatever changes afterwards', async () => {
    await ask('PUT', `/funders/${funders.state.id}/logo`, camille, logoOf(0))
    await ask('PUT', '/scheme/logo', camille, logoOf(20))
    const { id } = await world.givenAgreed()
    const order = { bookCount: 10, booksPerBox: 10, coverText: '  Bonne\nvisite | à tous ! ' }
    const { body: run } = await post(`/campaigns/${id}/print-runs`, order)
    expect(run).toMatchObject({ coverText: 'Bonne visite à tous !', ageRecipient: null })
    const proof = await bytesOf(`/print-runs/${run.id}/proof.pdf`, people.state)
    await post(`/print-runs/${run.id}/proof-approval`, undefined, people.state)
    await post(`/print-runs/${run.id}/generation`, undefined, driss)
    const books = await bytesOf(`/print-runs/${run.id}/books.pdf`)
    // Two logos, once each, on ten covers and a hundred vouchers.
    expect([countPictures(proof), countPictures(books)]).toEqual([2, 2])

    await ask('PUT', `/funders/${funders.state.id}/logo`, camille, logoOf(90))
    await ask('DELETE', '/scheme/logo')
    await world.patch(`/funders/${funders.city.id}`, { name: 'Ville Nouvelle' })
    expect((await bytesOf(`/print-runs/${run.id}/books.pdf`)).equals(books)).toBe(true)
    expect((await ask('GET', `/print-runs/${run.id}/artefact.age`)).status).toBe(409)
    const { body: next } = await post(`/campaigns/${id}/print-runs`, order)
    const nextProof = await bytesOf(`/print-runs/${next.id}/proof.pdf`)
    expect(countPictures(nextProof)).toBe(1)
    await world.patch(`/funders/${funders.city.id}`, { name: 'Ville' })
    if (!hasTool('pdftoppm')) return
    expect(wordsOf(books)).toContain('Bonne visite à tous !')
    expect(wordsOf(nextProof)).toContain('Ville Nouvelle')
  })

  test('is proved with training codes, to those who read the campaign', async () => {
    const { id } = await world.givenAgreed()
    const run = await world.givenRequested(id, 10, 10)
    const proof = await bytesOf(`/print-runs/${run.id}/proof.pdf`, people.city)
    expect((await bytesOf(`/print-runs/${run.id}/proof.pdf`)).equals(proof)).toBe(true)
    const stranger = await world.givenFunderMember()
    expect((await ask('GET', `/print-runs/${run.id}/proof.pdf`, stranger)).status).toBe(404)
    expect((await ask('GET', `/print-runs/${run.id}/proof.pdf`, people.ccas)).status).toBe(403)
    if (!hasTool('pdftoppm')) return
    const typed = wordsOf(proof).match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}/g)!
    expect(typed.map((text) => isTrainingCode(readTypedCode(text).code!))).toEqual(Array(10).fill(true))
    expect(wordsOf(proof)).toContain('-000000')
  })

  test('bears no text that is too long', async () => {
    const { id } = await world.givenAgreed()
    const order = { bookCount: 10, booksPerBox: 10, coverText: 'x'.repeat(121) }
    const { body } = await post(`/campaigns/${id}/print-runs`, order)
    expect(body).toMatchObject({ code: 'cover_text_too_long', facts: { field: 'coverText' } })
  })
})

describe('codes', () => {
  async function givenApproved(bookCount = 200) {
    const { id } = await world.givenAgreed({ budgetedBooks: bookCount })
    const run = await world.givenRequested(id, bookCount, 50)
    await post(`/print-runs/${run.id}/proof-approval`, undefined, people.state)
    return run
  }
  const progressOf = async (runId: string) => (await get(`/print-runs/${runId}`)).body.generating

  test('are made with progress; stopped or cut off half-way they leave nothing, and are the same the next time', async () => {
    const run = await givenApproved()
    expect((await post(`/print-runs/${run.id}/generation/cancellation`)).body.code).toBe('generation_not_running')
    const stopped = post(`/print-runs/${run.id}/generation`, undefined, driss)
    await expect.poll(() => progressOf(run.id), { interval: 1 }).toMatchObject({ totalVouchers: 2000 })
    expect((await post(`/print-runs/${run.id}/generation/cancellation`)).status).toBe(200)
    expect((await stopped).body.code).toBe('generation_cancelled')
    expect(await progressOf(run.id)).toBeNull()

    // As a process that is killed in the middle of its transaction: the bench kills one.
    let sealed = 0
    const sealBlockHash = (code: Uint8Array) => {
      if (++sealed === 1000) throw new Error('killed')
      return keyring.sealBlockHash(code)
    }
    const doomed = createContext({
      db,
      keyring: { ...keyring, sealBlockHash },
      now: () => clock.now,
      actor: driss.actor,
    })
    await expect(generateBooks(doomed, run.id)).rejects.toThrow('killed')
    expect(await progressOf(run.id)).toBeNull()
    expect(await sql`select count(*)::int from boxes where print_run_id = ${run.id}`).toEqual([{ count: 0 }])

    const { body: generated } = await post(`/print-runs/${run.id}/generation`, undefined, driss)
    const file = await world.plaintextOf(run.id)
    expect(createHash('sha256').update(file).digest('hex')).toBe(generated.artefactSha256)
    const known = linesOf(file).map((_, index) => formatTypedCode(keyring.runCode(run.id, index)!))
    expect(linesOf(file).map(({ typed }) => typed)).toEqual(known)
  })

  test('are printed from any box on, as in the whole file', async () => {
    const { id } = await world.givenAgreed()
    const run = await world.givenGenerated(id, 20, 10)
    const part = (query: string) => ask('GET', `/print-runs/${run.id}/books.pdf?${query}`)
    for (const query of ['firstCover=0', 'lastCover=21', 'firstCover=12&lastCover=11'])
      expect((await part(query)).status, query).toBe(422)
    expect(await (await part('firstCover=21')).json()).toMatchObject({
      code: 'covers_not_of_run',
      facts: { lastCover: 20 },
    })
    const half = Buffer.from(await (await part('firstCover=11')).arrayBuffer())
    expect(Buffer.from(await (await part('firstCover=11&lastCover=20')).arrayBuffer()).equals(half)).toBe(true)
    if (!hasTool('pdftoppm')) return
    const typed = (pdf: Buffer) => wordsOf(pdf).match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}/g)
    expect(typed(half)).toEqual(typed(await bytesOf(`/print-runs/${run.id}/books.pdf`))!.slice(100))
  })
})

describe('the pages of printing', () => {
  test('lead from the order to the receipt, each step by whom it belongs to', async () => {
    const { id, name } = await world.givenAgreed()
    const form = { campaignId: id, bookCount: '20', booksPerBox: '10', coverText: '', ageRecipient: '' }
    const order = (change: Record<string, string>, as = camille) =>
      send('/coordination/impressions/commande', as, { ...form, ...change })
    expect((await read('/coordination/impressions/commande', camille)).text).toContain(name)
    for (const [change, says] of [
      [{ bookCount: 'vingt' }, 'Écrivez un nombre entier'],
      [{ bookCount: '900' }, 'Nombre de carnets –'],
      [{ booksPerBox: '2' }, 'Carnets par colis –'],
      [{ ageRecipient: 'age1wrong' }, 'Clé publique de l’imprimeur –'],
      [{ campaignId: 'x' }, 'Campagne –'],
    ] as const) {
      const refused = await order(change)
      expect([refused.status, refused.text]).toEqual([422, expect.stringContaining(says)])
    }
    expect((await order({}, people.auditor)).status).toBe(403)
    const { location } = await order({ coverText: 'Bonjour' })
    const run = location!.split('/').at(-1)!
    expect((await read(location!, camille)).text).toContain('L’épreuve attend le financeur')
    const home = `/financeur/campagnes/${id}`
    expect((await read(`${home}/commandes`, people.state)).html).toContain(`/api/v1/print-runs/${run}/proof.pdf`)
    await send(`${home}/tirages/${run}/bon-a-tirer`, people.state)
    expect((await read(location!, camille)).html).not.toContain(`${location}/codes`)
    expect((await send(`${location}/codes`, camille)).status).toBe(403)
    expect((await read(location!, driss)).html).toContain(`${location}/codes`)
    expect((await send(`${location}/arret`, driss)).status).toBe(409)
    expect((await send(`${location}/codes`, driss)).status).toBe(303)
    await expect
      .poll(async () => (await read(location!, camille)).html, { timeout: 60_000 })
      .toContain('books.pdf?firstCover=11&amp;lastCover=20')
    expect((await read(location!, people.auditor)).html).not.toMatch(/books\.pdf|method="post" action="\/coordination/)
    expect((await send(`${location}/accuse`, driss)).status).toBe(403)
    expect((await send(`${location}/accuse`, camille)).status).toBe(303)
    expect((await read(location!, camille)).text).toContain('Reçu')
    const list = await read('/coordination/impressions', people.auditor)
    expect(list.text).toContain('Codes créés')
    expect(list.html).not.toContain('/coordination/impressions/commande')
    expect((await read('/coordination/impressions.csv', people.auditor)).html).toContain(run)
    expect((await read(`${location}/annulation`, camille)).text).toMatch(/ne vaudront jamais rien, soit .* €/)
    expect((await read(`${location}/annulation`, people.auditor)).status).toBe(403)
    expect((await send(`${location}/annulation`, camille)).location).toBe(`${location}?fait=tirage-annule`)
    expect((await send(`${location}/annulation`, camille)).status).toBe(422)
    expect((await read(location!, camille)).text).toContain('Tirage annulé')
  })
})

describe('the letter that goes with books', () => {
  test('is of a place that exists, for those who read the campaign', async () => {
    const { id } = await world.givenAgreed()
    const letter = (place: string, as = camille) => ask('GET', `/campaigns/${id}/letter.pdf?place=${place}`, as)
    expect(await (await letter('Nulle-part')).json()).toMatchObject({
      code: 'place_unknown',
      facts: { field: 'place' },
    })
    expect((await letter('x', people.ccas)).status).toBe(404)
  })
})
