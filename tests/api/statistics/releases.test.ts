import { randomUUID } from 'node:crypto'
import { freezeDueReleases, freezeRelease } from '@carnet/api/statistics/freeze-release.ts'
import { describe, expect, test } from 'vitest'
import { givenMember } from '../../helpers/members.ts'
import { pageReader } from '../../helpers/pages.ts'
import { drawUses, givenReleaseWorld, liveMonth, openApp, releaseDays } from '../../helpers/release-world.ts'

const world = await givenReleaseWorld(drawUses(3).filter(({ month }) => month === 0))
const { sql, operator, clock, funder, as } = world
const app = openApp(world)
const { read, send } = pageReader(app)
const coordinator = await givenMember(sql, 'coordinator')
const auditor = await givenMember(sql, 'auditor')
const member = await givenMember(sql, 'funder', funder)
const other = randomUUID()
await sql`insert into funders (id, name, kind, created_on) values (${other}, 'Autre', 'commune', '2026-01-01')`
const stranger = await givenMember(sql, 'funder', other)
const nobody = { headers: {} }

type Body = Record<string, unknown>
async function call(method: string, path: string, { headers } = nobody as { headers: object }, body?: Body) {
  const text = JSON.stringify(body ?? {})
  const reply = await app.request(`/api/v1${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json', 'content-length': String(text.length) },
    ...(method === 'GET' || method === 'DELETE' ? {} : { body: text }),
  })
  const said = await reply.text()
  return { status: reply.status, text: said, json: said.startsWith('{') ? JSON.parse(said) : undefined }
}

const october = '2026-10-01'
test('a month that still receives scans is not published', async () => {
  await expect(freezeRelease(operator, october)).rejects.toMatchObject({ code: 'month_not_closed' })
  await liveMonth(world, 0)
})

test('nor before its day, except in a demo', async () => {
  await expect(freezeRelease(as(coordinator.actor), october)).rejects.toMatchObject({ code: 'too_early' })
  await freezeDueReleases(operator)
  expect((await call('GET', '/releases')).json).toEqual({ items: [], nextCursor: null })
  expect((await read('/donnees', nobody)).text).toContain('Rien n’est encore publié')
})

describe('the page of publications', () => {
  const home = '/coordination/publications'
  const plan = `${home}/2026-10`

  test('tells those who serve the scheme what will be published, and nothing that one reversal would change', async () => {
    expect((await read(home, coordinator)).text).toContain('à partir du 10/11/2026')
    expect((await read(home, nobody)).status).toBe(401)
    expect((await read(home, member)).status).toBe(403)
    const before = await read(plan, coordinator)
    expect(before.text).toContain('Pas avant le 10/11/2026')
    expect(before.html).not.toContain(`action="${plan}"`)
    const [row] = await sql`
      update redemptions set state = 'reversed' where tag = (select tag from redemptions order by tag limit 1) returning tag`
    expect((await read(plan, coordinator)).html).toBe(before.html)
    await sql`update redemptions set state = 'accepted' where tag = ${row!.tag}`
    expect((await send(plan, coordinator)).status).toBe(409)
    expect((await read(`${home}/2026-11`, coordinator)).status).toBe(409)
    expect((await read(`${home}/2026-13`, coordinator)).status).toBe(404)
  })

  test('has a button on the day, for coordinators alone', async () => {
    clock.today = releaseDays[0]
    expect((await read(plan, coordinator)).html).toContain(`action="${plan}"`)
    expect((await read(plan, auditor)).html).not.toContain(`action="${plan}"`)
    expect((await send(plan, auditor)).status).toBe(403)
  })
})

describe('a release', () => {
  test('is frozen once, by many at a time', async () => {
    clock.today = releaseDays[0]
    const all = await Promise.all([
      freezeDueReleases(operator),
      send('/coordination/publications/2026-10', coordinator).then(({ status }) => void expect(status).toBe(303)),
      ...[1, 2, 3].map(() => freezeRelease(as(coordinator.actor), october)),
    ])
    expect(new Set(all.flatMap((release) => release?.id ?? [])).size).toBe(1)
    const page = await read('/coordination/publications', coordinator)
    expect(page.text).toContain('Aucun mois n’attend')
    expect((await read('/coordination/publications/2026-10', coordinator)).text).toContain('Ce mois est publié')
    expect((await sql`select count(*)::int as n from releases`)[0]!.n).toBe(1)
    expect((await sql`select count(*)::int as n from audit_log where action = 'release_frozen'`)[0]!.n).toBe(1)
    const again = await call('POST', '/releases', coordinator, { month: '2026-10-17' })
    expect(again).toMatchObject({ status: 200, json: { month: october, threshold: 11 } })
  })

  test('is not for others to freeze', async () => {
    expect((await call('POST', '/releases', member, { month: october })).status).toBe(403)
    expect((await call('POST', '/releases', nobody, { month: october })).status).toBe(401)
  })

  test('is never changed, not even by the owner of the database', async () => {
    const acts = [
      "update release_cells set value = 5 where status <> 'secret'",
      'delete from release_cells',
      'truncate release_cells',
      'truncate releases cascade',
      "update releases set month = '2026-09-01'",
      'delete from releases',
      "insert into release_cells select id, 'R2_epci_month', 'x', '*', '2026-10', 'rounded', 50 from releases",
    ]
    for (const act of acts) await expect(sql.unsafe(act), act).rejects.toMatchObject({ code: '23514' })
  })

  test('holds every cell that could be, so that being there tells nothing', async () => {
    const { items } = (await call('GET', '/releases')).json
    expect(items[0].tables.map(({ table, span, cells }: Body) => [table, span, cells])).toEqual([
      ['R1_department_service_month', '2026-10', 3 * (20 + 5 + 1)],
      ['R2_epci_month', '2026-10', 5],
    ])
  })

  test('tells what was counted, within five, and nothing below eleven', async () => {
    const { items } = (await call('GET', '/releases')).json
    const { json } = await call('GET', `/releases/${items[0].id}/tables/R1_department_service_month`)
    const [uses] = await sql`
      select count(*)::int as n from redemptions r join venues v on v.id = r.venue_id join communes m on m.code = v.commune_code
       where r.state = 'accepted' and m.department_code = '16' and r.service_code = 'A01' and r.campaign_id in ${sql(world.campaigns.slice(0, 2).map(({ id }) => id))}`
    const cell = json.items.find(({ place, subject }: Body) => place === '16' && subject === 'A01')
    const large: number = uses!.n
    expect(large).toBeGreaterThan(20)
    expect(cell).toMatchObject({ placeName: 'D16', subjectName: 'Service A01', status: 'rounded' })
    expect(Math.abs(cell.value - large)).toBeLessThan(5)
    for (const { status, value, shown } of json.items) {
      expect(['rounded', 'secret']).toContain(status)
      if (status === 'secret') expect([value, shown]).toEqual([null, 'trop peu'])
      else expect([value % 5, value >= 10, shown]).toEqual([0, true, String(value)])
    }
  })

  test('says the same in page, file and API', async () => {
    const { items } = (await call('GET', '/releases')).json
    const path = `/releases/${items[0].id}/tables/R2_epci_month`
    const { json } = await call('GET', path)
    const csv = await call('GET', path, { headers: { accept: 'text/csv' } })
    const file = await app.request('/donnees/2026-10/epci.csv')
    expect(await file.text()).toBe(csv.text)
    const ofPage = await (await app.request('/donnees/2026-10/epci.json')).json()
    const schema = await (await app.request('/donnees/schemas/epci.json')).json()
    expect(csv.text.split('\n')[0]).toBe(schema.fields.map(({ name }: { name: string }) => name).join(','))
    const { text } = await read('/donnees/2026-10/epci', nobody)
    for (const [at, { place, value, shown }] of json.items.entries()) {
      expect(ofPage.items[at]).toMatchObject({ place, value, shown })
      expect(csv.text).toContain(
        `${place},EPCI ${place},*,,${value === null ? 'secret,' : `rounded,${value}`},${shown}`,
      )
      expect(text).toContain(value === null ? 'trop peu' : `environ ${value}`)
    }
  })

  test('is read page by page', async () => {
    const { items } = (await call('GET', '/releases')).json
    const path = `/releases/${items[0].id}/tables/R1_department_service_month`
    const rows: Body[] = []
    for (let cursor = ''; ; ) {
      const { json } = await call('GET', `${path}?limit=7${cursor}`)
      rows.push(...json.items)
      if (json.nextCursor === null) break
      cursor = `&cursor=${encodeURIComponent(json.nextCursor)}`
    }
    expect(new Set(rows.map(({ place, subject }) => `${place} ${subject}`)).size).toBe(78)
    expect((await call('GET', path)).json.items).toEqual(rows)
  })

  test('of another month, another table, is not there', async () => {
    const { items } = (await call('GET', '/releases')).json
    expect((await call('GET', `/releases/${items[0].id}`)).json).toEqual(items[0])
    expect((await call('GET', `/releases/${randomUUID()}`)).json.code).toBe('release_not_found')
    const table = await call('GET', `/releases/${items[0].id}/tables/R5_commune_year`)
    expect(table.json.code).toBe('table_not_found')
    for (const path of ['/donnees/2026-09/epci', '/donnees/2026-10/communes', '/donnees/2026-13/epci'])
      expect((await read(path, nobody)).status, path).toBe(404)
  })

  test('that was wrong is told by a dated note, beside its figures', async () => {
    const { items } = (await call('GET', '/releases')).json
    const path = `/releases/${items[0].id}/revisions`
    const note = 'Un lieu était placé dans la mauvaise commune.'
    expect((await call('POST', path, member, { note })).status).toBe(403)
    expect((await call('POST', path, coordinator, { note })).json).toEqual({ note, revisedOn: releaseDays[0] })
    expect((await call('POST', path, coordinator, { note })).json.code).toBe('revision_noted_today')
    expect((await call('POST', `/releases/${randomUUID()}/revisions`, coordinator, { note })).status).toBe(404)
    expect((await call('GET', '/releases')).json.items[0]).toMatchObject({ ...items[0], revisions: [{ note }] })
    for (const page of ['/donnees', '/donnees/2026-10/epci']) expect((await read(page, nobody)).text).toContain(note)
    for (const act of ['update release_revisions set note = $1', 'delete from release_revisions'])
      await expect(sql.unsafe(act.replace('$1', "'x'"))).rejects.toMatchObject({ code: '23514' })
  })

  test('has its note read over on a page before everybody can read it', async () => {
    const path = '/coordination/publications/2026-10/note'
    const note = 'Deux lieux portaient le nom l’un de l’autre.'
    for (const as of [member, auditor]) expect((await send(path, as, { note, step: 'publish' })).status).toBe(403)
    expect((await read(path, coordinator)).html).toContain('<textarea')
    expect((await send(path, coordinator, { note: 'court', step: 'publish' })).status).toBe(422)
    const reading = await send(path, coordinator, { note, step: 'read' })
    expect(reading.text).toContain(`Note du 10/11/2026 : ${note}`)
    expect((await read('/donnees', nobody)).text).not.toContain(note)
    expect((await send(path, coordinator, { note, step: 'publish' })).text).toContain('écrivez la suivante demain')
    clock.today = '2026-11-12'
    expect((await send(path, coordinator, { note, step: 'publish' })).status).toBe(303)
    for (const page of ['/donnees', '/donnees/2026-10/epci']) expect((await read(page, nobody)).text).toContain(note)
    clock.today = releaseDays[0]
  })
})

describe('a share link', () => {
  const body = { label: 'Le conseil', expiresOn: '2026-11-20' }
  const open = (path: string) => read(path, nobody)

  test('is of the funder, for a year at most', async () => {
    expect((await call('POST', '/share-links', coordinator, body)).status).toBe(403)
    for (const expiresOn of ['2026-11-09', '2027-11-12'])
      expect((await call('POST', '/share-links', member, { ...body, expiresOn })).json.code).toBe('share_link_too_long')
  })

  test('opens until it is stopped, and shows released figures only', async () => {
    const made = await call('POST', '/share-links', member, body)
    expect(made.status).toBe(201)
    const page = await open(made.json.path)
    expect(page.status).toBe(200)
    expect(page.text).toContain('Chiffres publiés de Département')
    expect(page.text).toContain('Les thèmes d’une campagne sont publiés après chaque trimestre')
    const file = await app.request(`${made.json.path}.csv`)
    expect(file.headers.get('cache-control')).toBe('no-store')
    expect(await file.text()).toBe('span,place,place_name,subject,subject_name,status,value,published_on\n')
    const { items } = (await call('GET', '/share-links', member)).json
    expect(items).toEqual([expect.objectContaining({ label: 'Le conseil', funderId: funder, revokedOn: null })])
    expect(JSON.stringify(items)).not.toContain(made.json.path.split('/').at(-1))
    expect((await call('GET', '/share-links', stranger)).json.items).toEqual([])
    expect((await call('DELETE', `/share-links/${made.json.id}`, stranger)).json.code).toBe('share_link_not_found')
    expect((await open(made.json.path)).status).toBe(200)
    const both = await Promise.all([1, 2].map(() => call('DELETE', `/share-links/${made.json.id}`, member)))
    expect(both.map(({ status }) => status).sort()).toEqual([204, 404])
    expect((await open(made.json.path)).status).toBe(404)
    expect((await open('/partage/unknown')).text).toContain('n’ouvre plus')
  })

  test('ends on its day', async () => {
    const { json } = await call('POST', '/share-links', member, body)
    clock.today = '2026-11-20'
    expect((await open(json.path)).status).toBe(200)
    clock.today = '2026-11-21'
    expect((await open(json.path)).status).toBe(404)
    clock.today = releaseDays[0]
  })

  test('is made and stopped on the page of the funder', async () => {
    const made = await send('/financeur/partages', member, { label: 'La presse', expiresOn: '2026-12-01' })
    expect(made.status).toBe(200)
    const path = /\/partage\/[\w-]+/.exec(made.text)![0]
    expect((await open(path)).status).toBe(200)
    const page = await read('/financeur/partages', member)
    expect(page.text).toContain('La presse')
    expect(page.html).not.toContain(path)
    const stop = [...page.html.matchAll(/action="(\/financeur\/partages\/[0-9a-f-]+\/arret)"/g)][0]![1]!
    expect((await send(stop, stranger)).status).toBe(404)
    for (const { json } of [await call('GET', '/share-links', member)])
      for (const { id, revokedOn } of json.items)
        if (!revokedOn) expect((await send(`/financeur/partages/${id}/arret`, member)).status).toBe(303)
    expect((await open(path)).status).toBe(404)
    expect((await send('/financeur/partages', member, { label: '', expiresOn: 'x' })).status).toBe(422)
    expect((await read('/financeur/partages', coordinator)).text).toContain('La presse')
  })
})
