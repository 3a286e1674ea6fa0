import { expect, test } from 'vitest'
import { givenMember } from '../../helpers/members.ts'
import { pageReader } from '../../helpers/pages.ts'
import { givenPagesWorld } from '../../helpers/pages-world.ts'

const world = await givenPagesWorld()
const { app, sql, first, manager, otherManager } = world
const { read } = pageReader(app)
const coordinator = await givenMember(sql, 'coordinator')
const approver = await givenMember(sql, 'finance_approver')
const auditor = await givenMember(sql, 'auditor')
const account = { iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPP', holderName: 'L’Atelier' }
const accounts = `/api/v1/organisations/${first.id}/bank-accounts`
const pdf = Buffer.from('%PDF-1.7 le RIB')

type Member = { headers: Record<string, string> }
const give = async (as: Member = manager): Promise<string> => {
  const body = JSON.stringify(account)
  const headers = { ...as.headers, 'content-type': 'application/json', 'content-length': String(body.length) }
  return (await (await app.request(accounts, { method: 'POST', body, headers })).json()).id
}
const put = (id: string, bytes: Buffer, as: Member = manager, type = 'application/pdf') =>
  app.request(`${accounts}/${id}/document`, {
    method: 'PUT',
    body: new Uint8Array(bytes),
    headers: { ...as.headers, 'content-type': type, 'content-length': String(bytes.length) },
  })
const get = (id: string, as: Member) => app.request(`${accounts}/${id}/document`, { headers: as.headers })
const codeOf = async (response: Response) => (await response.json()).code

test('the bank’s paper is read by who pays and by its own organisation, and by nobody else', async () => {
  const id = await give()
  expect((await get(id, manager)).status).toBe(404)
  expect((await put(id, pdf)).status).toBe(204)
  for (const reader of [manager, coordinator, approver]) {
    const response = await get(id, reader)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="compte-bancaire.pdf"')
    expect(await response.text()).toBe(String(pdf))
  }
  expect((await get(id, auditor)).status).toBe(403)
  expect((await get(id, otherManager)).status).toBe(404)
  expect((await put(id, pdf, otherManager)).status).toBe(404)
  expect((await put(id, pdf, { headers: manager.bearer })).status).toBe(403)
})

test('the database itself shows it to no other organisation', async () => {
  const shown = async (tenant: string) =>
    sql.begin(async (tx) => {
      await tx`select set_config('role', 'carnet_app', true), set_config('carnet.role', 'venue_manager', true),
        set_config('carnet.tenant', ${tenant}, true), set_config('carnet.person', '', true)`
      return (await tx`select from bank_account_documents`).length
    })
  expect(await shown(first.id)).toBe(1)
  expect(await shown(world.second.id)).toBe(0)
})

test('what it is, its first bytes say: a PDF, PNG or JPEG of 2 MB at most, once', async () => {
  const id = await give()
  expect(await codeOf(await put(id, Buffer.from('<html>')))).toBe('document_unreadable')
  expect((await put(id, Buffer.from('<svg/>'), manager, 'image/svg+xml')).status).toBe(415)
  const large = Buffer.concat([pdf, Buffer.alloc(2 * 1024 * 1024)])
  expect(await codeOf(await put(id, large))).toBe('document_too_large')
  const png = Buffer.from('89504e470d0a1a0a00', 'hex')
  const twice = await Promise.all([put(id, png, manager, 'image/png'), put(id, png, manager, 'image/png')])
  expect(twice.map(({ status }) => status).sort()).toEqual([204, 409])
  expect(await codeOf(await put(id, pdf))).toBe('document_exists')
  await sql`update bank_accounts set state = 'rejected' where id = ${id}`
  expect(await codeOf(await put(id, pdf))).toBe('bank_account_is_rejected')
})

const send = async (bytes: Buffer, iban = account.iban) => {
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...account, iban })) form.set(name, value)
  form.set('document', new File([new Uint8Array(bytes)], 'rib.exe'))
  const request = new Request('http://localhost:8080/', { method: 'POST', body: form })
  const body = new Uint8Array(await request.arrayBuffer())
  const type = { 'content-type': request.headers.get('content-type')!, 'content-length': String(body.length) }
  const headers = { ...manager.headers, ...type, accept: 'text/html' }
  return app.request('/lieu/compte-bancaire/envoi', { method: 'POST', body, headers })
}

test('it is given on the venue’s page with the account, or nothing is kept', async () => {
  const countAccounts = async () => (await sql`select from bank_accounts where organisation_id = ${first.id}`).length
  const before = await countAccounts()
  const refused = await send(Buffer.from(''))
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('un PDF, un PNG ou un JPEG')])
  expect(await countAccounts()).toBe(before)
  expect((await send(pdf)).status).toBe(303)
  expect(await countAccounts()).toBe(before + 1)
  expect((await read('/lieu/compte-bancaire', manager)).text).toContain('Lire le document')
  expect((await read('/coordination/attente/bank_account', coordinator)).text).toContain('Lire le document')
})

test('another SIRET is another payee: its account waits for its verification again, its paper with it', async () => {
  const change = (siret: string) => {
    const body = JSON.stringify({ siret })
    const headers = {
      ...coordinator.headers,
      'content-type': 'application/json',
      'content-length': String(body.length),
    }
    return app.request(`/api/v1/organisations/${first.id}`, { method: 'PATCH', body, headers })
  }
  const [verified] =
    await sql`select id, iban from bank_accounts where organisation_id = ${first.id} and state = 'verified'`
  await sql`insert into bank_account_documents values (${verified!.id}, 'application/pdf', ${pdf}, ${manager.personId}, '2026-03-01')`
  expect((await change('73282932000074')).status).toBe(200)
  const [row] = await sql`select state, valid_until from bank_accounts where id = ${verified!.id}`
  expect(row!.state).toBe('superseded')
  const again =
    await sql`select k.id, d.content from bank_accounts k join bank_account_documents d on d.bank_account_id = k.id
    where k.organisation_id = ${first.id} and k.state = 'submitted' and k.submitted_by = ${coordinator.personId}`
  expect(again.map(({ content }) => String(content))).toEqual([String(pdf)])

  // Verified and doubted on one day: it was never paid, and leaves no day behind.
  const decide = async () => {
    const body = JSON.stringify({ isRight: true })
    const headers = { ...approver.headers, 'content-type': 'application/json', 'content-length': String(body.length) }
    return app.request(`${accounts}/${again[0]!.id}/verification`, { method: 'POST', body, headers })
  }
  expect((await decide()).status).toBe(200)
  expect((await change('73282932000074')).status).toBe(200)
  expect((await sql`select from bank_accounts where id = ${again[0]!.id} and state = 'verified'`).length).toBe(1)
  expect((await change('55208131766522')).status).toBe(200)
  const [second] = await sql`select state, valid_from from bank_accounts where id = ${again[0]!.id}`
  expect(second).toEqual({ state: 'rejected', valid_from: null })
})
