import { createApp } from '@carnet/api/app.ts'
import { createScanning } from '@carnet/api/scanning.ts'
import { afterAll, expect, test } from 'vitest'
import { camt } from '../../helpers/bank-files.ts'
import { givenMember } from '../../helpers/members.ts'
import { pageReader } from '../../helpers/pages.ts'
import { givenPayoutWorld } from '../../helpers/payout-world.ts'

const world = await givenPayoutWorld()
const { sql, url, db, keyring, clock } = world
const now = () => clock.now
const scanning = createScanning({ url, prepare: true, db, keyring, now, mode: 'demo', generation: keyring.generation })
afterAll(scanning.close)
const app = createApp({ db, keyring, now, mode: 'demo', scanning: scanning.parts, publicUrl: 'http://localhost:8080' })
const { read } = pageReader(app)
const coordinator = await givenMember(sql, 'coordinator')
const approver = await givenMember(sql, 'finance_approver')
const auditor = await givenMember(sql, 'auditor')

const upload = async (bytes: Uint8Array, as = coordinator) => {
  const form = new FormData()
  form.set('file', new File([Buffer.from(bytes)], 'relevé <mars>.xml', { type: 'text/xml' }))
  const request = new Request('http://localhost:8080/coordination/banque', { method: 'POST', body: form })
  const body = new Uint8Array(await request.arrayBuffer())
  return app.request('/coordination/banque', {
    method: 'POST',
    body,
    headers: {
      ...as.headers,
      'content-type': request.headers.get('content-type')!,
      'content-length': String(body.length),
      accept: 'text/html',
    },
  })
}

test('a file of the bank is given on a page, read line by line, and what is left open is closed', async () => {
  const given = await upload(
    camt([
      { direction: 'DBIT', cents: 1250, reference: 'U1' },
      { direction: 'CRDT', cents: 700, text: 'merci' },
    ]),
  )
  expect(given.status).toBe(303)
  const report = await read(given.headers.get('location')!, auditor)
  expect(report.html).toContain('débit que rien n’annonçait')
  expect(report.html).toContain('Reçu, à attribuer')
  expect(report.html).not.toContain('<mars>')
  const home = await read('/coordination/banque', approver)
  expect(home.html).toContain('Clore cette ligne')
  expect((await read('/coordination/banque', auditor)).html).not.toMatch(/<form method="post" action="\/coordination/)
  expect((await upload(new TextEncoder().encode('<a>'))).status).toBe(422)
  expect((await read('/coordination/banque', { headers: {} })).status).toBe(401)
})

test('everybody reads whether the money is there, in both languages, and what the bank says of it', async () => {
  const everybody = { headers: {} }
  const page = await read('/transparence', everybody)
  expect([page.status, page.text]).toEqual([200, expect.stringContaining('Les premiers paraissent le 10/04/2026')])
  clock.now = new Date('2026-04-10T09:00:00Z')
  const books = await read('/transparence', everybody)
  for (const told of ['Montants au soir du 09/04/2026', 'Hors campagne', 'Non rapproché'])
    expect(books.text).toContain(told)
  expect(books.html).toMatch(/<rect x="0.0" y="2" width="918.0"/)
  const csv = await read('/transparence.csv?au=2026-04-09', everybody)
  expect([csv.status, csv.type]).toEqual([200, 'text/csv; charset=utf-8'])
  expect(csv.html).toContain('on;account;campaign;bankCents')
  expect((await read('/transparence/arretes.csv', everybody)).html).toMatch(/\r?\n2026-04-09;\d+;/)
  expect((await read('/transparence?lang=en', everybody)).text).toContain('In the bank')
})
