import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember } from '../../helpers/members.ts'

const csv = readFileSync(new URL('../../../db/seeds/catalogue-129.csv', import.meta.url), 'utf8')
const [header, ...lines] = csv.trim().split('\n')
/** The same catalogue, with C11 retired in favour of C12. */
const withoutTwitter = [
  `${header},retired_on,replaced_by`,
  ...lines.map((line) => (line.startsWith('C11,') ? `${line},2026-10-01,C12` : `${line},,`)),
].join('\n')

const { app, sql, clock } = await createTestApp()
const coordinator = await givenMember(sql, 'coordinator')
const funder = await givenMember(sql, 'auditor')

const get = (path: string) => app.request(`/api/v1${path}`)
const draft = (body: string, { headers } = coordinator) =>
  app.request('/api/v1/catalogue/versions', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'text/csv' },
    body,
  })
const publish = (id: string, from: string, { headers } = coordinator) =>
  app.request(`/api/v1/catalogue/versions/${id}/publication`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ from }),
  })
const drafted = async (body: string): Promise<{ id: string; number: number }> => (await draft(body)).json()

describe('before a catalogue is published', () => {
  test('there is none to read', async () => {
    const response = await get('/catalogue')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'catalogue_not_published' })
  })
})

describe('the published catalogue', () => {
  let first: { id: string; number: number }

  beforeAll(async () => {
    first = await drafted(csv)
    expect((await publish(first.id, '2026-01-01')).status).toBe(200)
  })

  test('has 129 services in 12 themes', async () => {
    const catalogue = await (await get('/catalogue')).json()
    expect(catalogue).toMatchObject({ total: 129, version: { number: first.number, publishedFrom: '2026-01-01' } })
    expect(catalogue.services).toHaveLength(129)
    expect(catalogue.themes).toHaveLength(12)
    expect(catalogue.themes[0]).toEqual({
      code: 'A',
      title: "Premiers pas avec l'ordinateur et internet",
      services: 15,
    })
  })

  test('is found by plain words, within a theme if asked', async () => {
    const codesOf = async (query: string) =>
      (await (await get(`/catalogue?${query}`)).json()).services.map((service: { code: string }) => service.code)
    expect((await codesOf('q=mdp+oubli%C3%A9'))[0]).toBe('G06')
    expect((await codesOf('q=p%C3%B4le+emploi'))[0]).toBe('E03')
    expect(await codesOf('q=photos&theme=k')).toEqual(['K04', 'K05', 'K06'])
    expect(await codesOf('theme=L')).toHaveLength(6)
    expect(await codesOf('q=zzz')).toEqual([])
  })

  test('a search too long is refused', async () => {
    expect((await get(`/catalogue?q=${'a'.repeat(201)}`)).status).toBe(422)
  })

  test('a next version takes over on its first day, and says what changed', async () => {
    const next = await drafted(csv.replace('Facebook : découverte', 'Facebook : premiers pas'))
    expect((await publish(next.id, '2026-09-01')).status).toBe(200)
    expect(await (await get(`/catalogue/versions/${first.id}/diff/${next.id}`)).json()).toEqual({
      added: [],
      retired: [],
      changed: ['C07'],
    })
    expect((await (await get('/catalogue')).json()).version).toMatchObject({
      number: first.number,
      state: 'superseded',
    })
    clock.now = new Date('2026-09-01T00:00:00+02:00')
    expect((await (await get('/catalogue')).json()).version).toMatchObject({ number: next.number, state: 'published' })
    clock.now = new Date('2026-03-10T09:00:00Z')
  })

  test('a version that loses a service is not published', async () => {
    const shorter = await drafted(csv.trim().split('\n').slice(0, -1).join('\n'))
    const response = await publish(shorter.id, '2027-01-01')
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ code: 'service_lost', facts: { code: 'M07' } })
  })

  test('a service is retired with the one that replaces it, which is found in its place', async () => {
    const next = await drafted(withoutTwitter)
    expect((await publish(next.id, '2026-10-01')).status).toBe(200)
    clock.now = new Date('2026-10-01T10:00:00Z')
    const found = (await (await get('/catalogue?q=twitter')).json()).services
    expect(found.map((service: { code: string }) => service.code)).toEqual(['C12'])
    const listed = (await (await get('/catalogue?theme=C')).json()).services
    expect(listed.find((service: { code: string }) => service.code === 'C11')).toMatchObject({
      retiredOn: '2026-10-01',
      replacedBy: 'C12',
    })
    clock.now = new Date('2026-03-10T09:00:00Z')
    const back = await drafted(csv)
    expect(await (await publish(back.id, '2026-12-01')).json()).toMatchObject({ code: 'service_back_from_retirement' })
  })

  test('a version is published once, and after the one before it', async () => {
    const early = await drafted(withoutTwitter)
    expect(await (await publish(early.id, '2026-10-01')).json()).toMatchObject({ code: 'catalogue_starts_too_early' })
    const answers = await Promise.all([publish(early.id, '2027-01-01'), publish(early.id, '2027-01-01')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('of two drafts published at once, one is published after the other or refused', async () => {
    const [one, two] = [await drafted(withoutTwitter), await drafted(withoutTwitter)]
    await Promise.all([publish(one.id, '2028-01-01'), publish(two.id, '2028-01-01')])
    expect(await sql`select count(*)::int as count from catalogue_versions where state = 'published'`).toEqual([
      { count: 1 },
    ])
  })
})

test('of two first versions published at once, one is in force and the other is not', async () => {
  const fresh = await createTestApp()
  const { headers } = await givenMember(fresh.sql, 'coordinator')
  const post = (path: string, type: string, body: string) =>
    fresh.app.request(`/api/v1/catalogue/versions${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
      body,
    })
  const ids: string[] = [
    (await (await post('', 'text/csv', csv)).json()).id,
    (await (await post('', 'text/csv', csv)).json()).id,
  ]
  // Connections are opened before the race: the first of two would win it otherwise.
  await Promise.all(Array.from({ length: 6 }, () => fresh.app.request('/api/v1/catalogue/versions')))
  await Promise.all(
    ids.map((id, index) => post(`/${id}/publication`, 'application/json', `{"from":"2026-0${index + 4}-01"}`)),
  )
  const published = await fresh.sql`select 1 from catalogue_versions where state = 'published'`
  expect(published).toHaveLength(1)
})

describe('the versions', () => {
  test('are listed, newest first', async () => {
    const { items } = await (await get('/catalogue/versions')).json()
    const numbers = items.map((version: { number: number }) => version.number)
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
    const { services } = await (await get(`/catalogue/versions/${items.at(-1).id}`)).json()
    expect(services).toHaveLength(129)
  })

  test('a draft is read by those who work on it, and by nobody else', async () => {
    const { id } = await drafted(csv)
    const listed = async (headers = {}) =>
      (await (await app.request('/api/v1/catalogue/versions', { headers })).json()).items.map(
        (version: { id: string }) => version.id,
      )
    const read = async (path: string, headers = {}) =>
      (await app.request(`/api/v1/catalogue/versions/${path}`, { headers })).status
    const [current] = (await listed()) as string[]
    expect(await listed()).not.toContain(id)
    expect(await listed(coordinator.headers)).toContain(id)
    expect(await read(id)).toBe(404)
    expect(await read(id, coordinator.headers)).toBe(200)
    expect(await read(`${current}/diff/${id}`)).toBe(404)
    expect(await read(`${current}/diff/${id}`, coordinator.headers)).toBe(200)
  })

  test('a copy is a draft, written service by service until it is published', async () => {
    const [original] = (await (await get('/catalogue/versions')).json()).items
    const response = await app.request(`/api/v1/catalogue/versions?copyOf=${original.id}`, {
      method: 'POST',
      headers: coordinator.headers,
    })
    expect(response.status).toBe(201)
    const copy = await response.json()
    const put = async (code: string, change: object, id: string = copy.id) => {
      const answer = await app.request(`/api/v1/catalogue/versions/${id}/services/${code}`, {
        method: 'PUT',
        headers: { ...coordinator.headers, 'content-type': 'application/json' },
        body: JSON.stringify({
          ...{ theme: 'A', title: 'Brancher un ordinateur', description: 'Les câbles et les prises.' },
          ...{ level: 'decouverte', nationalService: 'Maîtrise des outils numériques du quotidien' },
          ...{ durationMinutes: 60, provenance: 'carnet', ...change },
        }),
      })
      const { status } = answer
      return { status, ...(await answer.json()) }
    }
    expect(await put('A90', {})).toMatchObject({ status: 200, code: 'A90', retiredOn: null })
    expect(await put('A90', { title: 'Brancher une imprimante' })).toMatchObject({ title: 'Brancher une imprimante' })
    const { added } = await (
      await app.request(`/api/v1/catalogue/versions/${original.id}/diff/${copy.id}`, { headers: coordinator.headers })
    ).json()
    expect(added).toEqual(['A90'])
    expect(await put('A91', { title: 'Brancher une imprimante' })).toMatchObject({ code: 'catalogue_value_repeated' })
    expect(await put('B91', {})).toMatchObject({ status: 422, code: 'catalogue_theme_wrong' })
    expect(await put('Z91', { theme: 'Z' })).toMatchObject({ status: 422, code: 'catalogue_theme_wrong' })
    expect(await put('A91', { retiredOn: '2031-01-01', replacedBy: 'A99' })).toMatchObject({
      code: 'replacement_unknown',
    })
    expect(await put('A91', {}, original.id)).toMatchObject({ status: 409 })

    const themeTitle = 'Réparer'
    expect(await put('Z01', { theme: 'Z', themeTitle, title: 'Changer un écran' })).toMatchObject({ status: 200 })
    expect(await put('Z02', { theme: 'Z', title: 'Changer une batterie' })).toMatchObject({ status: 200 })
    for (const other of ['A', 'Y'])
      expect(await put(`${other}95`, { theme: other, themeTitle, title: other })).toMatchObject({
        code: 'catalogue_theme_wrong',
      })
  })

  test('a draft is thrown away by a coordinator, what was published never', async () => {
    const remove = async (id: string, headers: HeadersInit = coordinator.headers) =>
      (await app.request(`/api/v1/catalogue/versions/${id}`, { method: 'DELETE', headers })).status
    const [published] = await sql`select id from catalogue_versions where state = 'published'`
    expect(await remove(published!.id)).toBe(409)
    const { id } = await drafted(csv)
    expect(await remove(id, funder.headers)).toBe(403)
    expect(await remove(id)).toBe(204)
    expect(await remove(id)).toBe(404)
    expect(await sql`select from catalogue_services where version_id = ${id}`).toEqual([])
    expect((await sql`select from services where code = 'C11'`).length).toBe(1)
  })

  test('of a draft thrown away and published at once, one happens', async () => {
    const { id } = await drafted(withoutTwitter)
    const [removal, publication] = await Promise.all([
      app.request(`/api/v1/catalogue/versions/${id}`, { method: 'DELETE', headers: coordinator.headers }),
      publish(id, '2032-01-01'),
    ])
    const rows = await sql`select state from catalogue_versions where id = ${id}`
    expect([removal.status, publication.status, rows.length]).toEqual(rows.length === 0 ? [204, 404, 0] : [409, 200, 1])
  })

  test('a file whose service is replaced by an unknown one is refused', async () => {
    const response = await draft(withoutTwitter.replace('2026-10-01,C12', '2026-10-01,C99'))
    expect(await response.json()).toMatchObject({
      code: 'replacement_unknown',
      facts: { column: 'replaced_by', value: 'C99' },
    })
  })

  test('a wrong file is refused with its cell', async () => {
    const response = await draft(csv.replace(',90,', ',many,'))
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({
      code: 'catalogue_cell_invalid',
      facts: { row: 2, column: 'typical_duration_minutes' },
    })
  })

  test('only a coordinator makes and publishes them', async () => {
    const id = (await drafted(csv)).id
    expect((await draft(csv, funder)).status).toBe(403)
    expect((await publish(id, '2030-01-01', funder)).status).toBe(403)
    expect((await draft(csv, { ...funder, headers: {} as never })).status).toBe(401)
    expect((await get('/catalogue/versions/8f2e6f0a-3f0e-4a55-9d8a-0d6b0b6a1c11')).status).toBe(404)
  })

  test('what was done is in the audit log', async () => {
    const lines = await sql`select distinct action, person_id from audit_log order by action`
    expect(lines.map(({ action }) => action)).toEqual([
      ...['catalogue_copied', 'catalogue_draft_deleted', 'catalogue_drafted', 'catalogue_published'],
      'catalogue_service_written',
    ])
    expect(lines.every((line) => line.person_id === coordinator.personId)).toBe(true)
  })
})
