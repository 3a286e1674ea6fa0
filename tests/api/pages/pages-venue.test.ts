import { describe, expect, test } from 'vitest'
import { givenMember } from '../../helpers/members.ts'
import { givenScans } from '../../helpers/money-world.ts'
import { pageReader } from '../../helpers/pages.ts'
import { givenPagesWorld } from '../../helpers/pages-world.ts'

const world = await givenPagesWorld()
const { app, sql, first, second, manager, otherManager, givenOpenCampaign, givenStatement } = world
const { read, send } = pageReader(app)
const campaign = await givenOpenCampaign()
const frozen = await givenStatement(campaign, first, 7)
await givenScans(world, campaign, first, { count: 3, periodId: frozen + 1 })
const statement = `/lieu/bordereaux/${frozen}.${first.id}`
const insertPhone = async (organisationId: string, label: string, pending = 0) => {
  const [phone] =
    await sql`insert into devices (organisation_id, label, token_hash, enrolled_on, last_seen_on, expires_on)
    values (${organisationId}, ${label}, sha256(convert_to(${label}, 'UTF8')), '2026-03-01', '2026-03-09', '2026-06-07') returning id`
  if (pending > 0)
    await sql`insert into device_progress (device_id, acked_seq, gaps, pending, said_on) values (${phone!.id}, 1, '{}', ${pending}, '2026-03-09')`
  return phone!.id as string
}
const sameOrigin = { 'sec-fetch-site': 'same-origin' }

describe('the pages of a venue', () => {
  test('are for its manager; anybody else reads who may', async () => {
    const coordinator = await givenMember(sql, 'coordinator')
    for (const path of [
      '/lieu',
      '/lieu/bordereaux',
      '/lieu/calendrier',
      '/lieu/calendrier.ics',
      statement,
      `${statement}/bordereau.pdf`,
      '/lieu/bordereaux.csv',
      '/lieu/telephones/x/retrait',
    ]) {
      const stranger = await read(path, { headers: {} })
      expect([stranger.status, stranger.text], path).toEqual([401, expect.stringContaining('Connectez-vous')])
      expect((await read(path, coordinator)).status, path).toBe(403)
    }
    expect((await send('/lieu/telephones', coordinator)).status).toBe(403)
  })

  test('tell a year of payments, on bank days, with no amount', async () => {
    const { text } = await read('/lieu/calendrier', manager)
    expect(text).toMatch(/mars 2026 .*vendredi 03\/04\/2026 .*mardi 07\/04\/2026/)
    const reply = await app.request('/lieu/calendrier.ics', { headers: manager.headers })
    const file = await reply.text()
    expect(reply.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(file).toContain(
      'DTSTART;VALUE=DATE:20260407\r\nDTEND;VALUE=DATE:20260408\r\nSUMMARY:Versement des accompagnements de mars 2026',
    )
    expect(file).not.toContain('€')
  })

  test('show nothing of another organisation', async () => {
    for (const path of [statement, `${statement}/bordereau.csv`, `${statement}/bordereau.pdf`])
      expect((await read(path, otherManager)).status, path).toBe(404)
    expect((await read('/lieu', otherManager)).text).not.toContain('70,00')
    const phone = await insertPhone(first.id, 'Accueil 1')
    expect((await read(`/lieu/telephones/${phone}/retrait`, otherManager)).status).toBe(404)
    expect((await send(`/lieu/telephones/${phone}/retrait`, otherManager)).status).toBe(404)
    expect((await send('/lieu/telephones', otherManager, { venue: first.venueId })).status).toBe(404)
  })

  test('take no write from another site', async () => {
    expect(
      (await send('/lieu/telephones', { headers: { cookie: 'carnet-session=x', 'sec-fetch-site': 'cross-site' } }))
        .status,
    ).toBe(403)
  })
})

describe('home', () => {
  test('says when and how much is paid, and the month so far, as the API counts it', async () => {
    const { text, html, status } = await read('/lieu', manager)
    expect(status).toBe(200)
    expect(text).toContain('70,00 €')
    expect(text).toContain('7 accompagnements, mars')
    expect(text).toContain('sur le compte finissant par 0189')
    expect(text).toContain('3 accompagnements à ce jour')
    expect(text).toContain('30,00 €')
    expect(html).not.toContain('FR7630006000011234567890189')
    expect(Buffer.byteLength(html)).toBeLessThan(30_000)
    const api = await (await app.request('/api/v1/statements', { headers: manager.headers })).json()
    expect(JSON.stringify(api)).toContain('"totalCents":7000')
  })

  test('of an organisation that has no scan says how to begin', async () => {
    const { text } = await read('/lieu', otherManager)
    expect(text).toContain('Aucun versement en attente')
    expect(text).toContain('Aucun téléphone encore')
  })

  test('says that money waits for an account, and that it stays owed', async () => {
    const poor = await givenMember(sql, 'venue_manager', world.third.id)
    await givenScans(world, campaign, world.third, { count: 2, periodId: frozen + 1 })
    await sql`update bank_accounts set state = 'superseded', valid_until = '2026-03-01' where organisation_id = ${world.third.id}`
    const { text } = await read('/lieu', poor)
    expect(text).toContain('Compte bancaire à vérifier')
    expect(text).toContain('La somme vous reste due')
  })

  test('tells what phones still owe', async () => {
    await insertPhone(first.id, 'Bus numérique', 6)
    const { text } = await read('/lieu', manager)
    expect(text).toContain('6 gardés en sûreté')
    expect(text).toContain('gardent encore 6 accompagnements')
  })
})

describe('a statement', () => {
  test('reads the same on the page, in the file and on paper', async () => {
    const { text } = await read(statement, manager)
    expect(text).toMatch(/Bordereau (de|d’) ?\S+ 2026/)
    expect(text).toContain('Lieu 1')
    expect(text).toContain('70,00 €')
    const csv = await app.request(`${statement}/bordereau.csv`, { headers: manager.headers })
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/)
    expect(await csv.text()).toMatch(/;7;70,00\n$/)
    const pdf = await app.request(`${statement}/bordereau.pdf`, { headers: manager.headers })
    const bytes = Buffer.from(await pdf.arrayBuffer())
    expect([pdf.headers.get('content-type'), bytes.subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-'])
    const again = await app.request(`${statement}/bordereau.pdf`, { headers: manager.headers })
    expect(Buffer.from(await again.arrayBuffer()).equals(bytes)).toBe(true)
    const id = statement.slice('/lieu/bordereaux/'.length)
    const byApi = await app.request(`/api/v1/statements/${id}.pdf`, { headers: manager.headers })
    expect(Buffer.from(await byApi.arrayBuffer()).equals(bytes)).toBe(true)
    const english = await app.request(`/api/v1/statements/${id}.pdf?lang=en`, { headers: manager.headers })
    expect(Buffer.from(await english.arrayBuffer()).equals(bytes)).toBe(false)
    expect((await app.request('/api/v1/statements/x.pdf', { headers: manager.headers })).status).toBe(404)
    expect(bytes.length).toBeLessThan(60_000)
  })

  test('is found in the list, which sorts, searches and is a file too', async () => {
    const { text, html } = await read('/lieu/bordereaux?tri=-montant', manager)
    expect(text.indexOf('70,00')).toBeLessThan(text.indexOf('30,00'))
    expect(html).toContain('aria-sort="descending"')
    expect((await read('/lieu/bordereaux?q=rien', manager)).text).toContain('Aucun résultat pour « rien »')
    const csv = await (await app.request('/lieu/bordereaux.csv', { headers: manager.headers })).text()
    expect(csv.trim().split('\n')).toHaveLength(3)
  })

  test('that is none is not found', async () => {
    for (const path of ['/lieu/bordereaux/x', '/lieu/bordereaux/1.x/bordereau.pdf', `/lieu/bordereaux/99.${first.id}`])
      expect((await read(path, manager)).status, path).toBe(404)
  })
})

describe('a phone', () => {
  test('is added by a code that is shown once and works', async () => {
    const reply = await app.request('/lieu/telephones', {
      method: 'POST',
      headers: {
        ...manager.headers,
        ...sameOrigin,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': '43',
      },
      body: `venue=${first.venueId}`,
    })
    expect(reply.status).toBe(200)
    const html = await reply.text()
    expect(html).toContain('<svg')
    const token = /#token=([\w-]{22})"/.exec(html)![1]!
    const enrolled = await app.request('/api/v1/device/enrolments', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, label: 'Accueil' }),
    })
    expect(enrolled.status).toBe(201)
    expect((await read('/lieu', manager)).text).toContain('Accueil')
    expect(reply.headers.get('cache-control')).toBe('no-store')
  })

  test('is cut at once, after a page that says what happens', async () => {
    const phone = await insertPhone(first.id, 'Perdu', 2)
    expect((await read(`/lieu/telephones/${phone}/retrait`, manager)).text).toContain('Il garde 2 accompagnements')
    expect(await send(`/lieu/telephones/${phone}/retrait`, manager)).toMatchObject({
      status: 303,
      location: '/lieu/telephones',
    })
    expect((await read('/lieu', manager)).text).not.toContain('Perdu')
    expect((await sql`select state from devices where id = ${phone}`)[0]).toEqual({ state: 'revoked' })
  })

  test('that does not exist is not found, whatever its name', async () => {
    for (const id of ['x', '00000000-0000-4000-8000-000000000000', second.id])
      expect((await read(`/lieu/telephones/${id}/retrait`, manager)).status).toBe(404)
    expect((await send('/lieu/telephones', manager, { venue: 'x' })).status).toBe(404)
  })
})
