import { readFileSync } from 'node:fs'
import { createContext } from '@carnet/api/shared/context.ts'
import { loadTerritories } from '@carnet/api/territories/load-territories.ts'
import { importVenues } from '@carnet/api/venues/import-venues.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember } from '../../helpers/members.ts'

const seed = readFileSync(new URL('../../../db/seeds/venues-16.csv', import.meta.url), 'utf8')
const { app, db, sql, keyring, clock } = await createTestApp()
const operator = createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
const coordinator = await givenMember(sql, 'coordinator')
const auditor = await givenMember(sql, 'auditor')
type Headers = { headers: Record<string, string> }

const get = async (path: string, { headers }: Headers = { headers: {} }) => app.request(`/api/v1${path}`, { headers })
const post = (path: string, body: unknown, { headers }: Headers = coordinator) => {
  const init = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
  return app.request(`/api/v1${path}`, init)
}
const venueNamed = async (q: string) => (await (await get(`/venues?q=${encodeURIComponent(q)}`)).json()).items[0]

beforeAll(async () => {
  await loadTerritories(operator)
  await importVenues(operator, seed, { commit: true })
})

describe('a qualification', () => {
  const decide = async (id: string, state: string, from?: string, as: Headers = coordinator) =>
    post(`/venues/${id}/qualification`, { state, ...(from && { from }) }, as)

  test('is applied for by the organisation, decided by a coordinator, and dated', async () => {
    const venue = await venueNamed('Médiathèque de Cognac')
    const manager = await givenMember(sql, 'venue_manager', venue.organisationId)
    expect((await decide(venue.id, 'applied', undefined, manager)).status).toBe(201)
    expect((await decide(venue.id, 'qualified', undefined, manager)).status).toBe(403)
    expect((await decide(venue.id, 'under_review')).status).toBe(201)
    expect((await decide(venue.id, 'qualified', '2026-04-01')).status).toBe(201)
    expect((await venueNamed('Médiathèque de Cognac')).qualification).toBe('under_review')
    clock.now = new Date('2026-04-01T09:00:00Z')
    expect((await venueNamed('Médiathèque de Cognac')).qualification).toBe('qualified')
    clock.now = new Date('2026-03-10T09:00:00Z')
  })

  test('is not given without a SIRET', async () => {
    const { id } = await venueNamed('France services Segonzac')
    await decide(id, 'applied')
    await decide(id, 'under_review')
    expect(await (await decide(id, 'qualified')).json()).toMatchObject({ code: 'siret_missing' })
  })

  test('is not applied for by another organisation', async () => {
    const stranger = await givenMember(sql, 'venue_manager', (await venueNamed('APEJ')).organisationId)
    const { id } = await venueNamed('Bibliothèque de Balzac')
    expect((await decide(id, 'applied', undefined, stranger)).status).toBe(404)
  })

  test('of two decisions at once, one is taken', async () => {
    const { id } = await venueNamed('Tiers-lieu La Parenthèse')
    const answers = await Promise.all([decide(id, 'applied'), decide(id, 'applied')])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  })
})

describe('an organisation', () => {
  test('is made by a coordinator, once for a SIRET that can be paid', async () => {
    const laPoste = { legalName: 'La Poste, Angoulême', siret: '356 000 000 62292' }
    expect((await post('/organisations', laPoste)).status).toBe(201)
    expect(await (await post('/organisations', laPoste)).json()).toMatchObject({ code: 'siret_already_known' })
    for (const siret of ['00000000000000', '35600000062293'])
      expect(await (await post('/organisations', { legalName: 'X', siret })).json()).toMatchObject({
        code: 'siret_invalid',
      })
    expect((await post('/organisations', laPoste, auditor)).status).toBe(403)
  })

  test('is listed to those who may know; a venue manager sees its own', async () => {
    const { organisationId } = await venueNamed('APEJ')
    const manager = await givenMember(sql, 'venue_manager', organisationId)
    const other = (await venueNamed('Bibliothèque de Balzac')).organisationId
    expect((await (await get('/organisations?limit=10', auditor)).json()).items).toHaveLength(10)
    expect((await (await get('/organisations?q=33820960400028', auditor)).json()).items).toMatchObject([{ venues: 1 }])
    expect((await (await get('/organisations', manager)).json()).items).toMatchObject([{ id: organisationId }])
    expect((await get(`/organisations/${other}`, manager)).status).toBe(404)
    expect((await get('/organisations')).status).toBe(401)
  })
})

const send = (method: 'POST' | 'PATCH', path: string, body: unknown, { headers } = coordinator) =>
  app.request(`/api/v1${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

test('an organisation changes its name, its SIRET and its VAT status by a coordinator alone', async () => {
  const { organisationId } = await venueNamed('Bibliothèque de Balzac')
  const path = `/organisations/${organisationId}`
  const change = { legalName: 'Commune de Balzac', vatStatus: 'exempt' }
  expect(await (await send('PATCH', path, change)).json()).toMatchObject(change)
  expect(await (await send('PATCH', path, { siret: '33820960400028' })).json()).toMatchObject({
    code: 'siret_already_known',
  })
  expect(await (await send('PATCH', path, { siret: '1' })).json()).toMatchObject({ code: 'siret_invalid' })
  const manager = await givenMember(sql, 'venue_manager', organisationId)
  expect((await send('PATCH', path, { vatStatus: 'subject' }, manager)).status).toBe(403)
})

describe('a venue written by hand', () => {
  const standardRow = {
    ...{ nom: 'Médiabus', commune: 'Angoulême', code_postal: '16000', adresse: '1 place du marché' },
    ...{ latitude: '45.65', longitude: '0.16', itinerance: 'Itinérant' },
  }

  test('is added by a coordinator, found and exported like any other', async () => {
    const { organisationId } = await venueNamed('APEJ')
    const response = await send('POST', '/venues', { organisationId, standardRow })
    expect(response.status).toBe(201)
    const venue = await response.json()
    expect(venue).toMatchObject({ organisationId, name: 'Médiabus', communeCode: '16015', qualification: null })
    expect(venue.standardRow).toMatchObject({ pivot: '33820960400028', itinerance: 'Itinérant' })
    expect(await venueNamed('Médiabus')).toMatchObject({ id: venue.id })
    expect(await (await get('/venues.csv')).text()).toContain('Médiabus')
  })

  test('tells which columns are wrong', async () => {
    const { organisationId } = await venueNamed('APEJ')
    const wrong = { ...standardRow, code_postal: '16', latitude: '100', commune: 'Nulle-Part' }
    expect(await (await send('POST', '/venues', { organisationId, standardRow: wrong })).json()).toMatchObject({
      ...{ code: 'venue_columns_wrong', facts: { columns: ['code_postal', 'latitude', 'commune'] } },
    })
    const stranger = { ...standardRow, pivot: '33820960400028' }
    expect((await send('POST', '/venues', { organisationId, standardRow: stranger })).status).toBe(422)
  })

  test('is changed by its organisation too, and what it does not say stays', async () => {
    await sql`insert into services values ('A01'), ('A02')`
    const before = await venueNamed('APEJ')
    const manager = await givenMember(sql, 'venue_manager', before.organisationId)
    const path = `/venues/${before.id}`
    const change = { standardRow: { horaires: 'Mo-Fr 09:00-12:00' }, services: ['A01', 'A02', 'A01'] }
    const response = await send('PATCH', path, change, manager)
    expect(await response.json()).toMatchObject({ ...before, openingHours: 'Mo-Fr 09:00-12:00' })
    const offered = () =>
      sql`select offers_all_services, array(select service_code from venue_services s where s.venue_id = v.id order by 1) as codes
        from venues v where id = ${before.id}`
    expect(await offered()).toEqual([{ offers_all_services: false, codes: ['A01', 'A02'] }])
    expect(await (await send('PATCH', path, { services: ['Z99'] }, manager)).json()).toMatchObject({
      code: 'service_unknown',
    })
    expect((await send('PATCH', path, { services: null }, manager)).status).toBe(200)
    expect(await offered()).toEqual([{ offers_all_services: true, codes: [] }])
  })
})

test('a manager does not move its venue to where a campaign pays, nor before the eyes of people; the coordination does', async () => {
  const before = await venueNamed('Bibliothèque de Balzac')
  const manager = await givenMember(sql, 'venue_manager', before.organisationId)
  const move = (standardRow: Record<string, string>, as = manager) =>
    send('PATCH', `/venues/${before.id}`, { standardRow }, as)
  const cognac = { commune: 'Cognac', code_postal: '16100', code_insee: '16102' }
  const refused = await move({ ...cognac, nom: 'Médiathèque' })
  expect(await refused.json()).toMatchObject({ code: 'venue_place_decided', facts: { columns: Object.keys(cognac) } })
  expect(await (await move({ latitude: '45.65', longitude: '' })).json()).toMatchObject({ code: 'venue_place_decided' })
  expect(await venueNamed(before.name)).toEqual(before)
  const { standardRow } = await (await get(`/venues/${before.id}`)).json()
  const same = Object.fromEntries(Object.keys(cognac).map((name) => [name, ` ${standardRow[name] ?? ''} `]))
  expect((await move({ ...same, adresse: '2 rue Neuve' })).status).toBe(200)
  expect(await (await move(cognac, coordinator)).json()).toMatchObject({ communeCode: '16102' })
})

describe('a bank account', () => {
  const account = { iban: 'FR76 3000 6000 0112 3456 7890 189', bic: 'AGRIFRPP', holderName: 'APEJ' }
  const secondAccount = { ...account, iban: 'FR14 2004 1010 0505 0001 3M02 606', bic: 'PSSTFRPPPAR' }
  let organisationId: string
  let manager: Awaited<ReturnType<typeof givenMember>>
  let approver: Awaited<ReturnType<typeof givenMember>>

  const submit = async (body: unknown, as: Headers = manager) =>
    post(`/organisations/${organisationId}/bank-accounts`, body, as)
  const submitted = async (body = account): Promise<string> => (await (await submit(body)).json()).id
  const verify = (accountId: string, body: unknown = { isRight: true }, as: Headers = approver) =>
    post(`/organisations/${organisationId}/bank-accounts/${accountId}/verification`, body, as)
  const accounts = async () => (await (await get(`/organisations/${organisationId}`, manager)).json()).bankAccounts

  beforeAll(async () => {
    organisationId = (await venueNamed('APEJ')).organisationId
    manager = await givenMember(sql, 'venue_manager', organisationId)
    approver = await givenMember(sql, 'finance_approver')
  })

  test('is given by the organisation and shown by its two ends', async () => {
    expect(await (await submit(account)).json()).toMatchObject({
      iban: 'FR76 **** 0189',
      state: 'submitted',
      validFrom: null,
    })
    expect(await (await submit({ ...account, iban: `${account.iban.slice(0, -1)}8` })).json()).toMatchObject({
      code: 'iban_invalid',
    })
    const stranger = await givenMember(
      sql,
      'venue_manager',
      (await venueNamed('Bibliothèque de Balzac')).organisationId,
    )
    expect((await submit(account, stranger)).status).toBe(404)
    expect((await submit(account, approver)).status).toBe(403)
  })

  test('is verified by another person, from a day on', async () => {
    const given = await (await submit(account, coordinator)).json()
    expect(await (await verify(given.id, { isRight: true }, coordinator)).json()).toMatchObject({ code: 'same_person' })
    expect((await verify(given.id, { isRight: true }, manager)).status).toBe(403)
    const verified = await verify(given.id, { isRight: true, from: '2026-03-01' })
    expect(await verified.json()).toMatchObject({ state: 'verified', validFrom: '2026-03-01', validUntil: null })
    expect(await (await verify(given.id)).json()).toMatchObject({ code: 'bank_account_is_verified' })
  })

  test('ends the day before the next one starts', async () => {
    const next = await submitted(secondAccount)
    expect(await (await verify(next, { isRight: true, from: '2026-03-01' })).json()).toMatchObject({
      code: 'bank_account_starts_too_early',
    })
    expect((await verify(next, { isRight: true, from: '2026-04-01' })).status).toBe(200)
    expect((await accounts()).filter(({ state }: { state: string }) => state !== 'submitted')).toMatchObject([
      { iban: 'FR14 **** 2606', state: 'verified', validFrom: '2026-04-01' },
      { iban: 'FR76 **** 0189', state: 'superseded', validUntil: '2026-03-31' },
    ])
  })

  test('one is verified at a time, whoever is quicker', async () => {
    const [one, two] = [await submitted(), await submitted(secondAccount)]
    const from = '2026-06-01'
    const answers = await Promise.all([verify(one, { isRight: true, from }), verify(two, { isRight: true, from })])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await accounts()).filter(({ state }: { state: string }) => state === 'verified')).toHaveLength(1)
  })

  test('a first one is verified once, whoever is quicker', async () => {
    const other = (await venueNamed('Bibliothèque de Balzac')).organisationId
    const path = `/organisations/${other}/bank-accounts`
    const give = async (body: typeof account) => (await (await post(path, body)).json()).id
    const ids = [await give(account), await give(secondAccount)]
    const answers = await Promise.all(ids.map((id) => post(`${path}/${id}/verification`, { isRight: true }, approver)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('that is wrong is rejected, and the one before it stays', async () => {
    const wrong = await submitted()
    expect(await (await verify(wrong, { isRight: false })).json()).toMatchObject({ state: 'rejected', validFrom: null })
    expect((await accounts()).filter(({ state }: { state: string }) => state === 'verified')).toHaveLength(1)
  })

  test('is never written whole in the audit log', async () => {
    const lines = await sql`select action, details::text as details from audit_log where action like 'bank_account_%'`
    expect(new Set(lines.map(({ action }) => action))).toEqual(
      new Set(['bank_account_submitted', 'bank_account_verified', 'bank_account_rejected']),
    )
    expect(lines.some(({ details }) => details.includes('3000600001'))).toBe(false)
  })
})
