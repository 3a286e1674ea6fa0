import { createHash, createPublicKey, verify } from 'node:crypto'
import { destroyLateRunKeys } from '@carnet/api/books/confirm-receipt.ts'
import { generateBooks } from '@carnet/api/books/generate-books.ts'
import { makeArtefact } from '@carnet/api/books/make-artefact.ts'
import { readTypedCode } from '@carnet/api/books/typed-code.ts'
import { readVoucherText } from '@carnet/api/books/voucher-payload.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { givenBooksWorld, linesOf } from '../../helpers/books-world.ts'

const world = await givenBooksWorld()
const { db, sql, keyring, clock, people, operator, get, post } = world
const { givenAgreed, givenRequested, givenGenerated, boxesOf, artefactOf, plaintextOf, decrypt } = world

async function inProduction() {
  await sql`insert into installation (mode, keyring_id, created_on) values ('production', ${keyring.identity}, '2026-01-01')`
  onTestFinished(async () => void (await sql`delete from installation`))
}

afterAll(async () => {
  expect(await world.countTouchedVouchers()).toBe(0)
})

describe('an order', () => {
  test('is refused when it is not one of an agreed campaign, within its budget, to a printer we can encrypt for', async () => {
    const { id } = await givenAgreed()
    const { ageRecipient } = await givenRequested(id)
    const order = async (change: Record<string, unknown>, as = people.coordinator, campaign = id) =>
      post(`/campaigns/${campaign}/print-runs`, { bookCount: 50, booksPerBox: 50, ageRecipient, ...change }, as)
    expect((await order({ bookCount: 151 })).body).toMatchObject({ code: 'over_budget', facts: { leftBooks: 150 } })
    expect((await order({ ageRecipient: 'age1wrong' })).body.code).toBe('age_recipient_invalid')
    expect((await order({ booksPerBox: 9 })).body.code).toBe('too_few_books_in_a_box')
    expect((await order({ bookCount: 9 })).body.code).toBe('too_few_books_in_a_run')
    expect((await order({}, people.state)).status).toBe(403)
    expect((await order({}, people.coordinator, crypto.randomUUID())).body.code).toBe('campaign_not_found')
    const { body: draft } = await post('/campaigns', world.terms())
    expect((await order({}, people.coordinator, draft.id)).body.code).toBe('campaign_is_draft')
  })

  test('is printed once a funder approved its proof and a second person released it', async () => {
    const { id } = await givenAgreed()
    const run = await givenRequested(id)
    const act = (name: string, as = people.second) => post(`/print-runs/${run.id}/${name}`, undefined, as)
    expect((await act('generation')).body.code).toBe('print_run_is_requested')
    expect((await act('proof-approval')).status).toBe(403)
    expect((await act('proof-approval', people.city)).body.state).toBe('proof_approved')
    expect((await act('proof-approval', people.city)).body.code).toBe('print_run_is_proof_approved')
    expect((await act('generation', people.coordinator)).body.code).toBe('same_person')
    expect((await act('generation', people.state)).status).toBe(403)
    expect((await artefactOf(run.id)).status).toBe(409)
    expect((await act('receipt', people.coordinator)).body.code).toBe('print_run_is_proof_approved')
    expect((await act('generation')).body).toMatchObject({
      state: 'generated',
      firstCover: 1,
      printedLastDay: '2026-06-30',
    })
    expect((await act('generation')).body.code).toBe('print_run_is_generated')
    expect((await get(`/print-runs/${run.id}`, people.state)).body.id).toBe(run.id)
    expect((await get(`/campaigns/${id}/print-runs`)).body.items).toHaveLength(1)
  })

  test('of another funder is not found', async () => {
    const { id } = await givenAgreed()
    const run = await givenRequested(id)
    const stranger = await world.givenFunderMember()
    expect((await post(`/print-runs/${run.id}/proof-approval`, undefined, stranger)).body.code).toBe(
      'print_run_not_found',
    )
    expect((await get(`/print-runs/${run.id}`, stranger)).body.code).toBe('print_run_not_found')
    expect((await get(`/print-runs/${crypto.randomUUID()}`)).body.code).toBe('print_run_not_found')
  })
})

describe('a generation', () => {
  test('numbers covers and boxes through the campaign, and ties each voucher to the book of its cover', async () => {
    const { id } = await givenAgreed()
    const first = await givenGenerated(id, 25, 10)
    const second = await givenGenerated(id, 12, 10)
    const told = async (runId: string) =>
      (await boxesOf(runId)).map((box) => [box.number, box.firstCover, box.lastCover])
    expect(await told(first.id)).toEqual([
      [1, 1, 10],
      [2, 11, 25],
    ])
    expect(await told(second.id)).toEqual([[3, 26, 37]])
    const counts = await sql`
      select count(*)::int as vouchers, count(distinct book_id)::int as books from vouchers where campaign_id = ${id}`
    expect(counts).toEqual([{ vouchers: 370, books: 37 }])
    for (const { cover, typed } of linesOf(await plaintextOf(second.id)).filter((_, index) => index % 17 === 0)) {
      const { code } = readTypedCode(typed)
      const [book] = await sql`
        select cover_number from books b join vouchers v on v.book_id = b.id where v.code_mac = ${keyring.codeMac(1, code!)!}`
      expect(book!.cover_number).toBe(cover)
    }
  })

  test('leaves no order of books in the table', async () => {
    const { id } = await givenAgreed()
    await givenGenerated(id, 60, 20)
    const rows = await sql`
      select v.code_mac, b.cover_number from vouchers v join books b on b.id = v.book_id where v.campaign_id = ${id} order by v.ctid`
    const macs = rows.map((row) => row.code_mac)
    expect(macs).toEqual([...macs].sort())
    const neighbours = rows.filter((row, at) => at > 0 && row.cover_number === rows[at - 1]!.cover_number).length
    expect(neighbours).toBeLessThan(40) // One in sixty by chance, ten expected; nine in ten when vouchers lie book by book.
  })

  test('asked for by two people at once, happens once', async () => {
    const { id } = await givenAgreed()
    const run = await givenRequested(id)
    await post(`/print-runs/${run.id}/proof-approval`, undefined, people.state)
    const both = await Promise.all([1, 2].map(() => post(`/print-runs/${run.id}/generation`, undefined, people.second)))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await sql`select count(*)::int from vouchers where campaign_id = ${id}`).toEqual([{ count: 500 }])
  })

  test('that fails half-way leaves nothing, and starts again', async () => {
    const { id } = await givenAgreed()
    const run = await givenRequested(id)
    await post(`/print-runs/${run.id}/proof-approval`, undefined, people.state)
    let sealed = 0
    const failing = {
      ...keyring,
      sealBlockHash: (code: Uint8Array) => {
        if (++sealed > 300) throw new Error('killed')
        return keyring.sealBlockHash(code)
      },
    }
    const as = createContext({ db, keyring: failing, now: () => clock.now, actor: people.second.actor })
    await expect(generateBooks(as, run.id)).rejects.toThrow('killed')
    const left = await sql`select count(*)::int from boxes where campaign_id = ${id}`
    expect(left).toEqual([{ count: 0 }])
    expect((await post(`/print-runs/${run.id}/generation`, undefined, people.second)).body.state).toBe('generated')
  })

  test('draws a code again that another voucher has, and the file follows', async () => {
    const { id } = await givenAgreed()
    const run = await givenRequested(id, 20, 20)
    await post(`/print-runs/${run.id}/proof-approval`, undefined, people.state)
    keyring.createRunKey(run.id, '2026-03-10')
    const other = linesOf(await plaintextOf((await givenGenerated(id)).id))
    const taken = readTypedCode(other[3]!.typed).code!
    const runCode = (runId: string, index: number, attempt = 0) => {
      if (runId === run.id && attempt === 0 && index === 42) return taken
      return keyring.runCode(runId, runId === run.id && attempt === 0 && index === 77 ? 5 : index, attempt)
    }
    const as = createContext({ db, keyring: { ...keyring, runCode }, now: () => clock.now, actor: people.second.actor })
    const generated = await generateBooks(as, run.id)
    const stream = await makeArtefact({ ...as, actor: people.coordinator.actor }, run.id)
    const file = await decrypt(await new Response(stream).arrayBuffer())
    expect(createHash('sha256').update(file).digest()).toEqual(Buffer.from(generated.artefactSha256!))
    expect(new Set(linesOf(file).map(({ typed }) => typed)).size).toBe(200)
    expect(linesOf(file)[42]!.typed).not.toBe(other[3]!.typed)
  })
})

describe('the print file', () => {
  test('is read by the printer alone, and each of its texts is a voucher of the table', async () => {
    const { id, number } = await givenAgreed()
    const run = await givenGenerated(id)
    const file = await plaintextOf(run.id)
    const lines = linesOf(file)
    expect(lines).toHaveLength(500)
    const publicKey = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: keyring.listPublicKeys()[0]!.publicKey },
      format: 'jwk',
    })
    const context = Buffer.from('pn-cheque-v1\0')
    const macs: string[] = []
    for (const [index, { qr, typed, cover, place }] of lines.entries()) {
      const voucher = readVoucherText(qr)!
      expect(voucher).toMatchObject({
        campaignNumber: number,
        faceValueEuros: 10,
        lastDay: '2026-06-30',
        isTraining: false,
      })
      expect(readTypedCode(typed)).toEqual({ code: voucher.code })
      expect(verify(null, Buffer.concat([context, voucher.signedBytes]), publicKey, voucher.signature)).toBe(true)
      expect([cover, place]).toEqual([run.firstCover + Math.floor(index / 10), (index % 10) + 1])
      macs.push(keyring.codeMac(voucher.kid, voucher.code)!)
    }
    const [known] = await sql`select count(*)::int from vouchers where code_mac = any(${macs}::uuid[])`
    expect(known!.count).toBe(500)
    expect(createHash('sha256').update(file).digest('hex')).toBe(run.artefactSha256)
    const [line] =
      await sql`select details from audit_log where action = 'print_run_generated' order by seq desc limit 1`
    expect(line!.details.sha256).toBe(run.artefactSha256)
  })

  test('is made again with the same text and other bytes, by coordinators only', async () => {
    const { id } = await givenAgreed()
    const run = await givenGenerated(id, 20, 20)
    expect(await plaintextOf(run.id)).toBe(await plaintextOf(run.id))
    const bytes = async () => Buffer.from(await (await artefactOf(run.id)).arrayBuffer())
    expect((await bytes()).equals(await bytes())).toBe(false)
    expect((await artefactOf(run.id, people.state)).status).toBe(403)
    expect((await artefactOf(run.id)).headers.get('cache-control')).toBe('no-store')
  })

  test('is gone once its receipt is confirmed by who asked for it', async () => {
    await inProduction()
    const { id } = await givenAgreed()
    const run = await givenGenerated(id)
    expect((await post(`/print-runs/${run.id}/receipt`, undefined, people.second)).body.code).toBe('not_the_requester')
    expect((await post(`/print-runs/${run.id}/receipt`)).body.receiptConfirmedOn).toBe('2026-03-10')
    expect((await post(`/print-runs/${run.id}/receipt`)).status).toBe(200)
    expect(await (await artefactOf(run.id)).json()).toMatchObject({ code: 'receipt_confirmed' })
    expect(keyring.hasRunKey(run.id)).toBe(false)
  })

  test('is gone after seven days without an answer', async () => {
    const { id } = await givenAgreed()
    const run = await givenGenerated(id)
    clock.now = new Date('2026-03-18T09:00:00Z')
    onTestFinished(() => {
      clock.now = new Date('2026-03-10T09:00:00Z')
    })
    expect(await destroyLateRunKeys(operator)).toEqual(expect.arrayContaining([run.id]))
    expect(await (await artefactOf(run.id)).json()).toMatchObject({ code: 'run_key_gone' })
  })

  test('stays in the demo', async () => {
    await sql`insert into installation (mode, keyring_id, created_on) values ('demo', ${keyring.identity}, '2026-01-01')`
    onTestFinished(async () => void (await sql`delete from installation`))
    const { id } = await givenAgreed()
    const run = await givenGenerated(id)
    await post(`/print-runs/${run.id}/receipt`)
    expect(keyring.hasRunKey(run.id)).toBe(true)
    expect(await destroyLateRunKeys(operator)).toEqual([])
  })
})
