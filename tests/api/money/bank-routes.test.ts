import { createHash, randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { camt } from '../../helpers/bank-files.ts'
import { givenMember } from '../../helpers/members.ts'
import { pageReader } from '../../helpers/pages.ts'
import { givenPagesWorld } from '../../helpers/pages-world.ts'

const world = await givenPagesWorld()
const { app, sql } = world
const { read, send } = pageReader(app)
const coordinator = await givenMember(sql, 'coordinator')
const approver = await givenMember(sql, 'finance_approver')
const campaign = await world.givenOpenCampaign()
const { funderId } = campaign.parts[0]!
type Headers = Record<string, string>

const upload = (bytes: Uint8Array, headers: Headers = coordinator.headers) =>
  app.request('/api/v1/bank-files', {
    method: 'POST',
    body: Buffer.from(bytes),
    headers: { ...headers, 'content-type': 'application/xml', 'content-length': String(bytes.length) },
  })
const post = (path: string, body: object, headers: Headers = approver.headers) => {
  const text = JSON.stringify(body)
  const more = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }
  return app.request(`/api/v1${path}`, { method: 'POST', body: text, headers: { ...headers, ...more } })
}
const list = async (path: string, headers: Headers = coordinator.headers) =>
  (await (await app.request(`/api/v1${path}`, { headers })).json()).items
const file = camt([
  { direction: 'DBIT', cents: 1250, reference: 'U1' },
  { direction: 'CRDT', cents: 700, text: 'subvention' },
  { direction: 'CRDT', cents: 800, text: 'subvention bis' },
  { direction: 'CRDT', cents: 900, text: 'subvention ter' },
])
let fileId = ''

beforeAll(async () => {
  const response = await upload(file)
  expect(response.status).toBe(200)
  fileId = (await response.json()).id
})

test('a file is told line by line, and is the same file when it comes again', async () => {
  const again = await (await upload(file, approver.headers)).json()
  expect(again).toMatchObject({ id: fileId, isNew: false, sha256: createHash('sha256').update(file).digest('hex') })
  const report = await (await app.request(`/api/v1/bank-files/${fileId}`, { headers: coordinator.headers })).json()
  expect(report.lines.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
    'open',
    'suspense',
    'suspense',
    'suspense',
  ])
  expect(await list('/bank-files')).toMatchObject([{ id: fileId, lines: 4, open: 1 }])
  expect(await (await upload(Buffer.from('<a/>'))).json()).toMatchObject({ code: 'bank_file_unknown' })
})

test('an open line is closed once, by an approver', async () => {
  const path = `/bank-files/${fileId}/lines/1/settlement`
  const body = { settlement: 'frais de tenue de compte', isPosted: false }
  expect((await post(path, body, coordinator.headers)).status).toBe(403)
  const both = await Promise.all([post(path, body), post(path, body)])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(await list('/bank-lines')).toEqual([])
})

test('a program gives no file, closes no line and attributes no money', async () => {
  const [receipt] = await list('/receipts')
  for (const response of [
    await upload(file, coordinator.bearer),
    await post(`/bank-files/${fileId}/lines/1/settlement`, { settlement: 'frais', isPosted: false }, approver.bearer),
    await post(`/receipts/${receipt.id}/attribution`, { to: 'reserve' }, approver.bearer),
  ])
    expect([response.status, (await response.json()).code]).toEqual([403, 'session_needed'])
})

test('money in suspense is attributed once, by the API or on the page', async () => {
  const [one, two, three] = await list('/receipts')
  const path = `/receipts/${one.id}/attribution`
  const body = { to: 'funder', campaignId: campaign.id, funderId }
  const both = await Promise.all([post(path, body), post(path, body)])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])

  const page = await read('/coordination/banque', coordinator)
  const choice = `funder.${campaign.id}.${funderId}`
  expect(page.html).toContain(`value="${choice}"`)
  expect((await read('/coordination/banque', await givenMember(sql, 'auditor'))).html).not.toContain(choice)
  expect((await send(`/coordination/banque/recu/${two.id}`, coordinator, { owner: 'autre' })).status).toBe(422)
  expect((await send(`/coordination/banque/recu/${two.id}`, coordinator, { owner: choice })).status).toBe(303)

  // Of two calls the money is for the one that is chosen, not for the oldest.
  const calls = `/campaigns/${campaign.id}/funding-calls`
  const call = async () => (await post(calls, { funderId, amountCents: 1000 }, coordinator.headers)).json()
  const [older, newer] = [await call(), await call()]
  const of = (id: string) => post(`/receipts/${three.id}/attribution`, { to: 'call', callId: id })
  expect(await (await of(randomUUID())).json()).toMatchObject({ code: 'funding_call_not_found' })
  const offered = (await read('/coordination/banque', coordinator)).html
  expect(offered).toContain(`value="call.${older.id}"`)
  expect((await send(`/coordination/banque/recu/${three.id}`, coordinator, { owner: `call.${newer.id}` })).status).toBe(
    303,
  )
  expect(await list(calls)).toContainEqual(expect.objectContaining({ id: newer.id, receivedCents: three.amountCents }))

  expect(await list('/receipts')).toEqual([])
  const rows = await sql`select funder_id, state from receipts order by amount_cents`
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { funder_id: funderId, state: 'attributed' },
    { funder_id: funderId, state: 'attributed' },
    { funder_id: funderId, state: 'attributed' },
  ])
  await world.expectSoundMoney()
})
