import { nextSample } from '@carnet/api/books/box.ts'
import { recordSample } from '@carnet/api/books/record-sample.ts'
import { addPayingAccount } from '@carnet/api/campaigns/add-paying-account.ts'
import { addFunder } from '@carnet/api/funders/add-funder.ts'
import { addPrescriber } from '@carnet/api/prescribers/add-prescriber.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import { createTestApp } from './app.ts'
import { givenMember } from './members.ts'
import { openPeriod } from './scan-world.ts'

type Member = { headers: Record<string, string> }
// biome-ignore lint/suspicious/noExplicitAny: answers are read field by field, and compared.
type Json = any
export type Reply = { status: number; body: Json }

/** The app with its people, two funders, a prescriber, a paying account and an open period; and campaigns as far as asked. */
export async function givenBooksWorld(options: Parameters<typeof createTestApp>[0] = {}) {
  const test = await createTestApp(options)
  const { app, db, sql, keyring, clock } = test
  const operator = createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
  await openPeriod(sql, keyring, 1, '2026-03-01')
  const state = await addFunder(operator, { name: 'État', kind: 'state' })
  const city = await addFunder(operator, { name: 'Ville', kind: 'commune' })
  const ccas = await addPrescriber(operator, { name: 'CCAS' })
  const iban = 'FR7630006000011234567890189'
  const details = { name: 'Compte séquestre', iban, bic: 'AGRIFRPP', holderName: 'Opérateur' }
  const account = await addPayingAccount(operator, details)
  const printer = await generateIdentity()
  const people = {
    coordinator: await givenMember(sql, 'coordinator'),
    second: await givenMember(sql, 'coordinator'),
    finance: await givenMember(sql, 'finance_approver'),
    auditor: await givenMember(sql, 'auditor'),
    state: await givenMember(sql, 'funder', state.id),
    city: await givenMember(sql, 'funder', city.id),
    ccas: await givenMember(sql, 'prescriber', ccas.id),
  }

  const send = async (method: string, path: string, as: Member, body?: unknown): Promise<Reply> => {
    const headers = { ...as.headers, ...(body !== undefined && { 'content-type': 'application/json' }) }
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
    const reply = await app.request(`/api/v1${path}`, init)
    const isJson = reply.headers.get('content-type')?.includes('json')
    return { status: reply.status, body: isJson ? await reply.json() : null }
  }
  const get = (path: string, as: Member = people.coordinator) => send('GET', path, as)
  const post = (path: string, body?: unknown, as: Member = people.coordinator) => send('POST', path, as, body)
  const patch = (path: string, body: unknown, as: Member = people.coordinator) => send('PATCH', path, as, body)

  let names = 0
  const terms = (change: Record<string, unknown> = {}) => ({
    name: `Campagne ${++names}`,
    payingAccountId: account.id,
    faceValueCents: 1000,
    bookSize: 10,
    budgetedBooks: 200,
    startsOn: '2026-03-01',
    endsOn: '2026-06-30',
    targetPublic: 'Personnes éloignées du numérique',
    objectives: 'Autonomie',
    funders: [
      { funderId: state.id, partCents: 350 },
      { funderId: city.id, partCents: 650 },
    ],
    ...change,
  })

  async function givenAgreed(change: Record<string, unknown> = {}): Promise<Json> {
    const { body: draft } = await post('/campaigns', terms(change))
    await post(`/campaigns/${draft.id}/signature`, undefined, people.state)
    return (await post(`/campaigns/${draft.id}/signature`, undefined, people.city)).body
  }

  async function givenFunding(campaignId: string, vouchers: number): Promise<void> {
    for (const [funderId, partCents] of [
      [state.id, 350],
      [city.id, 650],
    ] as const)
      await post(`/campaigns/${campaignId}/fundings`, {
        funderId,
        amountCents: partCents * vouchers,
        reference: `VIR ${crypto.randomUUID()}`,
        proof: 'Relevé 12, ligne 4',
        receivedOn: '2026-03-09',
      })
  }

  async function givenRequested(campaignId: string, bookCount = 50, booksPerBox = 50): Promise<Json> {
    const ageRecipient = await identityToRecipient(printer)
    return (await post(`/campaigns/${campaignId}/print-runs`, { bookCount, booksPerBox, ageRecipient })).body
  }

  async function givenGenerated(campaignId: string, bookCount = 50, booksPerBox = 50): Promise<Json> {
    const run = await givenRequested(campaignId, bookCount, booksPerBox)
    await post(`/print-runs/${run.id}/proof-approval`, undefined, people.state)
    return (await post(`/print-runs/${run.id}/generation`, undefined, people.second)).body
  }

  const boxesOf = async (runId: string): Promise<Json[]> => (await get(`/boxes?printRunId=${runId}`)).body.items

  /** Boxes of a received run, sent to the CCAS and acknowledged by it. */
  async function givenDelivered(campaignId: string, bookCount = 50, booksPerBox = 50): Promise<Json[]> {
    const run = await givenGenerated(campaignId, bookCount, booksPerBox)
    await post(`/print-runs/${run.id}/receipt`)
    const boxes = await boxesOf(run.id)
    for (const { id } of boxes) {
      await post(`/boxes/${id}/dispatch`, { prescriberId: ccas.id })
      await post(`/boxes/${id}/delivery`, undefined, people.ccas)
    }
    return boxesOf(run.id)
  }

  /** One voucher from each third of the box, as a phone would tell. */
  async function givenSample(box: Json): Promise<void> {
    for (let third = 0; third < 3; third++) {
      const { firstCover } = nextSample([box], third)!
      const [codeMac] = await macsOf(box.id, firstCover)
      await operator.transaction((tx) => recordSample(tx, codeMac!))
    }
  }

  const givenActive = async (box: Json): Promise<Json> => {
    await givenSample(box)
    return (await post(`/boxes/${box.id}/activation`)).body
  }

  /** 50 books in one active box, funded twice over. Returns its id. */
  async function givenOpen(change: Record<string, unknown> = {}): Promise<string> {
    const { id } = await givenAgreed(change)
    await givenFunding(id, 1000)
    for (const box of await givenDelivered(id)) await givenActive(box)
    await post(`/campaigns/${id}/opening`)
    return id
  }

  const artefactOf = async (runId: string, as: Member = people.coordinator) =>
    app.request(`/api/v1/print-runs/${runId}/artefact.age`, { headers: as.headers })

  /** The print file as the printer reads it. */
  async function plaintextOf(runId: string): Promise<string> {
    return decrypt(await (await artefactOf(runId)).arrayBuffer())
  }
  async function decrypt(encrypted: ArrayBuffer): Promise<string> {
    const decrypter = new Decrypter()
    decrypter.addIdentity(printer)
    return decrypter.decrypt(new Uint8Array(encrypted), 'text')
  }

  async function macsOf(boxId: string, cover: number): Promise<string[]> {
    const rows = await sql`
      select code_mac from vouchers v join books b on b.id = v.book_id where b.box_id = ${boxId} and b.cover_number = ${cover}`
    return rows.map((row) => row.code_mac.replaceAll('-', ''))
  }

  /** Nobody but sealing ever writes or locks a voucher once it is there. */
  const countTouchedVouchers = async (): Promise<number> => {
    const [row] = await sql`select count(*)::int from vouchers where xmax::text <> '0'`
    return row!.count
  }

  /** By kind, in cents. */
  async function balancesOf(campaignId: string): Promise<Record<string, number>> {
    const rows = await sql`
      select kind, sum(balance_cents)::int as cents from ledger_accounts where campaign_id = ${campaignId} group by kind`
    return Object.fromEntries(rows.map(({ kind, cents }) => [kind, cents]))
  }

  const givenFunderMember = async () => {
    const funder = await addFunder(operator, { name: `Financeur ${++names}`, kind: 'company' })
    return givenMember(sql, 'funder', funder.id)
  }
  const givenPrescriberMember = async () => {
    const prescriber = await addPrescriber(operator, { name: `Prescripteur ${++names}` })
    return givenMember(sql, 'prescriber', prescriber.id)
  }

  const funders = { state, city }
  const build = { terms, givenAgreed, givenFunding, givenRequested, givenGenerated, givenDelivered, givenOpen, boxesOf }
  const boxSteps = { givenSample, givenActive, givenFunderMember, givenPrescriberMember }
  const files = { artefactOf, plaintextOf, decrypt, macsOf, countTouchedVouchers, balancesOf }
  return {
    ...test,
    ...build,
    ...boxSteps,
    ...files,
    operator,
    people,
    funders,
    ccas,
    account,
    printer,
    send,
    get,
    post,
    patch,
  }
}

/** The vouchers of a print file. */
export const linesOf = (file: string) =>
  [...file.matchAll(/^(\d+),(\d+),"(.*)",(.*)\r$/gm)].map(([, cover, place, qr, typed]) => ({
    cover: Number(cover),
    place: Number(place),
    qr: qr!,
    typed: typed!,
  }))
