import { randomUUID } from 'node:crypto'
import { createContext } from '@carnet/api/shared/context.ts'
import { addDays } from '@carnet/api/shared/days.ts'
import { importFacts } from '@carnet/api/territories/import-facts.ts'
import { expect, test } from 'vitest'
import { givenMember } from '../../helpers/members.ts'
import { pageReader } from '../../helpers/pages.ts'
import { givenPagesWorld } from '../../helpers/pages-world.ts'

const world = await givenPagesWorld()
const { sql, app, db, keyring, clock, manager, otherManager, first } = world
const { read, send } = pageReader(app)
const coordinator = await givenMember(sql, 'coordinator')
const auditor = await givenMember(sql, 'auditor')
const [known] = await sql`select id from venues where name = 'APEJ'`
const home = `/coordination/lieux/${known!.id}`
const [own] =
  await sql`update venues set organisation_id = ${first.id} where name = 'Médiathèque de Cognac' returning id`
const sheet = {
  ...{ nom: 'APEJ', adresse: '72 rue de Pons', complement_adresse: '', telephone: '05 45 11 22 33' },
  ...{ courriels: 'accueil@apej.example', site_web: '', prise_rdv: '', presentation_resume: 'Des ateliers.' },
  ...{
    hoursMo: '9h-12h, 14h-17h30',
    hoursTu: '',
    hoursWe: '',
    hoursTh: '',
    hoursFr: '9h-12h',
    hoursSa: '',
    hoursSu: '',
  },
}

test('a venue has a page; the auditor reads it, the coordinator decides', async () => {
  const listed = await read('/coordination/lieux?q=APEJ', coordinator)
  expect(listed.html).toContain(`href="${home}"`)
  const page = await read(home, coordinator)
  expect(page.text).toMatch(/Structure payée .*Quartier prioritaire \(QPV\) chiffres non importés/)
  const shown = await read(home, auditor)
  expect(shown.html).not.toContain(`action="${home}`)
  for (const path of [`${home}/fiche`, `${home}/services`]) expect((await read(path, auditor)).status).toBe(403)
  for (const path of [`${home}/fiche`, `${home}/services`, `${home}/qualification`])
    expect((await send(path, auditor, {})).status, path).toBe(403)
  expect((await read('/coordination/lieux/8f2e6f0a-3f0e-4a55-9d8a-0d6b0b6a1c11', coordinator)).status).toBe(404)

  const decide = (state: string, from: string) => send(`${home}/qualification`, coordinator, { state, from })
  const day = clock.now.toISOString().slice(0, 10)
  expect((await decide('applied', '')).text).toContain('Écrivez un jour')
  expect((await decide('lost', day)).text).toContain('Choisissez un état')
  const before = (
    await sql`select state from venue_qualifications where venue_id = ${known!.id} and valid_until is null`
  )[0]
  const [next, refused] = before ? ['suspended', 'applied'] : ['applied', 'suspended']
  expect((await decide(refused!, day)).status).toBe(422)
  expect((await decide(next!, day)).location).toBe(`${home}?fait=decision`)
  expect((await read(`${home}?fait=decision`, coordinator)).text).toContain('La décision est enregistrée.')
})

test('venues that wait are qualified many at once; one that cannot be is named', async () => {
  const path = '/coordination/lieux/a-qualifier'
  const rows = await sql`
    select v.id, v.name, v.organisation_id from venues v
    where not exists (select from venue_qualifications q where q.venue_id = v.id) order by v.name`
  const [payable, other, unpayable] = rows as unknown as { id: string; name: string; organisation_id: string }[]
  for (const [venue, siret] of [
    [payable!, '99999010000011'],
    [other!, '99999020000019'],
    [unpayable!, null],
  ] as const)
    await sql`update organisations set siret = ${siret} where id = ${venue.organisation_id}`
  const queue = await read(`${path}?tous=1&etat=none`, coordinator)
  expect(queue.html).toMatch(new RegExp(`value="${payable!.id}" form="qualifier" checked`))
  expect((await read(path, auditor)).html).not.toContain('checkbox')
  const from = clock.now.toISOString().slice(0, 10)
  expect((await send(path, auditor, { venues: payable!.id, from })).status).toBe(403)
  expect((await send(path, coordinator, { venues: 'rubbish', from })).text).toContain('Cochez au moins un lieu')
  expect((await send(path, coordinator, { venues: payable!.id, from: '2026-02-30' })).text).toContain('Écrivez un jour')
  const some = await send(path, coordinator, [
    ['venues', payable!.id],
    ['venues', unpayable!.id],
    ['from', from],
  ])
  expect(some.status).toBe(422)
  expect(some.text).toMatch(new RegExp(`${unpayable!.name} – .*SIRET`))
  expect(some.text).not.toContain(payable!.name)
  expect(some.text).toContain('Lieux qualifiés : 1. Refusés : 1')
  const many = Array.from({ length: 51 }, () => ['venues', randomUUID()] as [string, string])
  expect((await send(path, coordinator, [...many, ['from', from]])).text).toContain('Cinquante lieux à la fois')
  const twice = await Promise.all([1, 2].map(() => send(path, coordinator, { venues: other!.id, from })))
  expect(twice.map(({ status }) => status)).toContain(303)
  const steps = await sql`select state from venue_qualifications where venue_id = ${other!.id} order by state`
  expect(steps.map(({ state }) => state)).toEqual(expect.arrayContaining(['applied', 'under_review', 'qualified']))
  expect(await sql`select from venue_qualifications where venue_id = ${unpayable!.id}`).toHaveLength(0)

  // From a later day on it is qualified all the same, and waits for nobody.
  const [later] = rows.slice(3) as unknown as { id: string; name: string; organisation_id: string }[]
  await sql`update organisations set siret = '99999030200013' where id = ${later!.organisation_id}`
  const next = addDays(from, 20)
  expect((await send(path, coordinator, { venues: later!.id, from: next })).status).toBe(303)
  expect((await read(`${path}?q=${encodeURIComponent(later!.name)}`, coordinator)).html).not.toContain(later!.id)
})

test('its sheet is edited by the coordination, and shown as people read it', async () => {
  const wrong = await send(`${home}/fiche`, coordinator, { ...sheet, hoursMo: 'le matin', nom: '' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('Horaires')
  const refused = await send(`${home}/fiche`, coordinator, { ...sheet, telephone: '12', nom: '' })
  expect(refused.status).toBe(422)
  expect(refused.text.match(/Le standard national n’accepte pas/g)).toHaveLength(4)
  expect((await send(`${home}/fiche`, coordinator, sheet)).location).toBe(`${home}?fait=fiche`)
  const [row] = await sql`select opening_hours, standard_row from venues where id = ${known!.id}`
  expect(row).toMatchObject({
    opening_hours: 'Mo 09:00-12:00,14:00-17:30; Fr 09:00-12:00',
    standard_row: { telephone: '+33545112233', presentation_resume: 'Des ateliers.' },
  })
  const again = await read(`${home}/fiche`, coordinator)
  for (const value of ['05 45 11 22 33', '9h-12h, 14h-17h30']) expect(again.html).toContain(`value="${value}"`)
  expect((await read(home, coordinator)).text).toContain('Lundi, 9 h – 12 h et 14 h – 17 h 30')
})

test('hours that say more than a week stay until a line is typed', async () => {
  await sql`update venues set opening_hours = 'Jul-Aug off; Mo 09:00-12:00',
    standard_row = standard_row || '{"horaires": "Jul-Aug off; Mo 09:00-12:00"}' where id = ${known!.id}`
  const empty = { ...sheet, hoursMo: '', hoursFr: '' }
  expect((await read(`${home}/fiche`, coordinator)).text).toContain('Jul-Aug off; Mo 09:00-12:00')
  await send(`${home}/fiche`, coordinator, empty)
  const hours = async () => (await sql`select opening_hours from venues where id = ${known!.id}`)[0]!.opening_hours
  expect(await hours()).toBe('Jul-Aug off; Mo 09:00-12:00')
  await send(`${home}/fiche`, coordinator, { ...empty, hoursTu: '10h-12h' })
  expect(await hours()).toBe('Tu 10:00-12:00')
})

test('its services are chosen by the coordination', async () => {
  const path = `${home}/services`
  expect((await send(path, coordinator, { which: 'some', act: 'save' })).text).toContain('Cochez au moins un service')
  expect((await send(path, coordinator, { which: 'some', q: 'impots', act: 'search' })).text).toContain('Déclarer')
  const saved = await send(path, coordinator, { which: 'some', service: 'D05', act: 'save' })
  expect(saved.location).toBe(`${path}?fait=services`)
  expect((await read(home, coordinator)).text).toMatch(/Services proposés .* D05 /)
})

test('where it stands is told from official figures', async () => {
  const operator = createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
  const [venue] =
    await sql`select latitude as y, longitude as x, commune_code as code from venues where id = ${known!.id}`
  const { x, y, code } = venue as unknown as { x: number; y: number; code: string }
  const around = [
    [x - 0.01, y - 0.01],
    [x + 0.01, y - 0.01],
    [x + 0.01, y + 0.01],
    [x - 0.01, y + 0.01],
    [x - 0.01, y - 0.01],
  ]
  const district = { type: 'Feature', properties: { code_qp: 'QN01601M', lib_qp: 'Crouin', insee_com: code } }
  const geojson = { features: [{ ...district, geometry: { type: 'Polygon', coordinates: [around] } }] }
  await importFacts(operator, 'qpv', Buffer.from(JSON.stringify(geojson)))
  await importFacts(operator, 'frr', Buffer.from(`codgeo;libgeo;codefrr\n${code};Cognac;2\n`))
  const head = 'code,nom,no_thd_coverage_rate,no_4g_coverage_rate,poverty_rate,older_65_rate,nscol15p_rate'
  await importFacts(operator, 'fragility', Buffer.from(`${head}\n${code},Cognac,6,6.5,8,4,5\n`))
  const { text } = await read(home, coordinator)
  expect(text).toContain('dans un QPV Crouin QN01601M')
  expect(text).toContain('commune classée, motif 2')
  expect(text).toContain('5,9 sur 10 dans la commune')
  await sql`delete from venue_qualifications where venue_id = ${known!.id}`
  await sql`insert into venue_qualifications (venue_id, state, valid_from) values (${known!.id}, 'qualified', '2026-01-01')`
  const country = await read('/coordination/territoires?q=charente', auditor)
  expect(country.text).toMatch(
    /Charente 16 \d+ un pour [\d ]+ habitants [\d ]+ 5,9 [1-9]\d* QPV du territoire : 1 1 sur 3\d\d/,
  )
  const within = await read('/coordination/territoires?departement=16', coordinator)
  expect(within.text).toMatch(
    /Grand Cognac 200070514 \d+ un pour [\d ]+ habitants [\d ]+ 5,9 [1-9]\d* QPV du territoire : 1 1 sur 5\d/,
  )
  expect((await read('/coordination/territoires?departement=99', coordinator)).status).toBe(404)
  const csv = await app.request('/coordination/territoires.csv?departement=16', { headers: coordinator.headers })
  expect(await csv.text()).toMatch(/^code;name;venues.*\n(.*\n)*200070514;CA du Grand Cognac;\d+;\d+;5.9;[1-9]/)
  const map = await app.request('/coordination/territoires/carte.svg', { headers: coordinator.headers })
  expect((await map.text()).match(/<path/g)).toHaveLength(96)
  expect((await read('/coordination/territoires', manager)).status).toBe(403)
  await sql`update venues set latitude = latitude + 1 where id = ${known!.id}`
  expect((await read(home, coordinator)).text).toContain('hors QPV ; quartiers prioritaires de la commune : 1')
})

test('a venue manager edits the sheets of its own venues, and no other', async () => {
  const [row] = await sql`select name, address from venues where id = ${own!.id}`
  const page = await read(`/lieu/fiche?lieu=${own!.id}`, manager)
  expect(page.text).toContain(row!.name)
  const saved = await send('/lieu/fiche', manager, { ...sheet, nom: row!.name, adresse: row!.address, lieu: own!.id })
  expect(saved.location).toBe(`/lieu/fiche?lieu=${own!.id}&fait=fiche`)
  expect((await read(saved.location!, manager)).text).toContain('La fiche est enregistrée.')
  expect((await send('/lieu/fiche', otherManager, { ...sheet, lieu: own!.id })).status).toBe(404)
  expect((await read(`/lieu/fiche?lieu=${own!.id}`, otherManager)).status).toBe(404)
  expect((await read('/lieu/fiche', coordinator)).status).toBe(403)
  const [after] = await sql`select opening_hours from venues where id = ${own!.id}`
  expect(after!.opening_hours).toBe('Mo 09:00-12:00,14:00-17:30; Fr 09:00-12:00')
})
