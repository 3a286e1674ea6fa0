import { readFileSync } from 'node:fs'
import { createContext } from '@carnet/api/shared/context.ts'
import { loadTerritories } from '@carnet/api/territories/load-territories.ts'
import { readStandardCsv, writeStandardCsv } from '@carnet/api/venues/national-standard.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { createTestApp } from '../helpers/app.ts'
import { givenMember } from '../helpers/members.ts'

const seed = readFileSync(new URL('../../db/seeds/venues-16.csv', import.meta.url), 'utf8')
const { app, db, sql, keyring, clock } = await createTestApp()
const operator = createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
const coordinator = await givenMember(sql, 'coordinator')
const auditor = await givenMember(sql, 'auditor')
type Headers = { headers: Record<string, string> }

const get = async (path: string, { headers }: Headers = { headers: {} }) => app.request(`/api/v1${path}`, { headers })
const importCsv = async (body: string, query = '?commit=true', { headers }: Headers = coordinator) => {
  const init = { method: 'POST', headers: { ...headers, 'content-type': 'text/csv' }, body }
  return app.request(`/api/v1/venues/imports${query}`, init)
}
const post = (path: string, body: unknown, { headers }: Headers = coordinator) => {
  const init = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
  return app.request(`/api/v1${path}`, init)
}
const countOf = async (table: 'venues' | 'organisations') =>
  (await sql<{ count: number }[]>`select count(*)::int as count from ${sql(table)}`)[0]!.count
const venueNamed = async (q: string) => (await (await get(`/venues?q=${encodeURIComponent(q)}`)).json()).items[0]
/** The seed with one column of one place changed. */
const changed = (nom: string, cells: Record<string, string>) =>
  writeStandardCsv(readStandardCsv(seed).rows.map(({ cells: row }) => (row.nom === nom ? { ...row, ...cells } : row)))

beforeAll(async () => {
  await loadTerritories(operator)
})

describe('an import', () => {
  test('only says what it would do until it is committed', async () => {
    const report = await (await importCsv(seed, '')).json()
    expect(report).toMatchObject({ isCommitted: false, rows: 40, created: 40, refused: 0, errors: [] })
    expect(report.organisationsCreated).toBe(28)
    expect(await countOf('venues')).toBe(0)
    expect(await countOf('organisations')).toBe(0)
    expect(await sql`select 1 from audit_log`).toHaveLength(0)
  })

  test('makes 40 venues of 28 organisations: one for each SIRET, one for each place without', async () => {
    const report = await (await importCsv(seed)).json()
    expect(report).toMatchObject({ isCommitted: true, created: 40, organisationsCreated: 28 })
    expect(await countOf('venues')).toBe(40)
    const shared =
      await sql`select legal_name, count(*)::int as venues from organisations o join venues v on v.organisation_id = o.id
      group by o.id having count(*) > 2 order by legal_name`
    expect(shared).toEqual([
      { legal_name: 'Communauté de communes Lavalette Tude Dronne', venues: 3 },
      { legal_name: 'Département de la Charente', venues: 3 },
    ])
    expect(await sql`select 1 from organisations where siret is null`).toHaveLength(2)
  })

  test('of the same file again changes nothing', async () => {
    const before = await sql`select id, xmin::text from venues order by id`
    expect(await (await importCsv(seed)).json()).toMatchObject({
      unchanged: 40,
      created: 0,
      updated: 0,
      organisationsCreated: 0,
    })
    expect(await sql`select id, xmin::text from venues order by id`).toEqual(before)
    expect(await countOf('organisations')).toBe(28)
  })

  test('updates the venue it knows by its id', async () => {
    const csv = changed("CCAS d'Angoulême", { nom: 'CCAS, accueil', horaires: 'Mo-Fr 09:00-12:00', code_insee: '' })
    expect(await (await importCsv(csv)).json()).toMatchObject({ unchanged: 39, updated: 1 })
    expect(await venueNamed('CCAS, accueil')).toMatchObject({ openingHours: 'Mo-Fr 09:00-12:00', communeCode: '16015' })
    expect(await (await importCsv(seed)).json()).toMatchObject({ unchanged: 39, updated: 1 })
  })

  test('tells each wrong cell and takes the other rows', async () => {
    const csv = changed("CCAS d'Angoulême", { latitude: '45,6', frais_a_charge: 'Gratuit|Cher' })
    const report = await (await importCsv(csv)).json()
    expect(report).toMatchObject({ refused: 1, unchanged: 39 })
    expect(report.errors).toEqual([
      { row: 12, column: 'latitude', value: '45,6', message: 'cell_not_a_number' },
      { row: 12, column: 'frais_a_charge', value: 'Cher', message: 'cell_value_unknown' },
    ])
  })

  test('never changes who is paid', async () => {
    const report = await (await importCsv(changed('APEJ', { pivot: '26160011800010' }))).json()
    expect(report.errors).toEqual([
      { row: expect.any(Number), column: 'pivot', value: '26160011800010', message: 'payee_would_change' },
    ])
  })

  test('takes the SIRET a place lacked', async () => {
    const report = await (await importCsv(changed('Médiathèque Les Maximes', { pivot: '21160026700010' }))).json()
    expect(report).toMatchObject({ updated: 1, organisationsCreated: 0 })
    expect((await venueNamed('Les Maximes')).organisation).toBe('Commune de Balzac')
  })

  test('keeps columns that the standard does not have', async () => {
    await importCsv(changed('APEJ', { epci: 'CA du Grand Cognac' }))
    const csv = await (await get('/venues.csv')).text()
    expect(csv.split('\n')[0]).toMatch(/prise_rdv,epci$/)
    expect(readStandardCsv(csv).errors).toEqual([])
    await importCsv(seed)
  })

  test('of two at once makes each venue and organisation once', async () => {
    await sql`delete from venues`
    await sql`delete from organisations`
    const answers = await Promise.all([importCsv(seed), importCsv(seed)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(await countOf('venues')).toBe(40)
    expect(await countOf('organisations')).toBe(28)
  })

  test('of another kind of file, or by another role, is refused', async () => {
    expect(await (await importCsv('a,b\n1,2\n')).json()).toMatchObject({ code: 'columns_missing' })
    expect((await importCsv(seed, '', auditor)).status).toBe(403)
    expect((await importCsv(seed, '', { headers: {} })).status).toBe(401)
  })
})

describe('the venues', () => {
  test('are listed by name, a page at a time', async () => {
    const names: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: { name: string }[]; nextCursor: string | null } = await (
        await get(`/venues?limit=15${cursor ? `&cursor=${cursor}` : ''}`)
      ).json()
      names.push(...page.items.map(({ name }) => name))
      cursor = page.nextCursor
    }
    expect(names).toHaveLength(40)
    expect(new Set(names).size).toBe(40)
  })

  test('are found by name, commune, organisation and postcode; a per cent sign is no joker', async () => {
    const found = async (q: string) => (await (await get(`/venues?q=${encodeURIComponent(q)}`)).json()).items.length
    expect(await found('cyberbase')).toBe(1)
    expect(await found('Soyaux')).toBe(3)
    expect(await found('Lavalette Tude')).toBe(3)
    expect(await found('16190')).toBe(3)
    expect(await found('%')).toBe(0)
  })

  test('one is read with what it says in the standard; an unknown one is not found', async () => {
    const { id } = await venueNamed('Médiathèque de Cognac')
    expect(await (await get(`/venues/${id}`)).json()).toMatchObject({
      ...{ commune: 'Cognac', departmentCode: '16', qualification: null },
      nationalServices: ['Maîtrise des outils numériques du quotidien', 'Compréhension du monde numérique'],
      standardRow: { frais_a_charge: 'Gratuit' },
    })
    expect((await get('/venues/8f2e6f0a-3f0e-4a55-9d8a-0d6b0b6a1c11')).status).toBe(404)
    expect((await get('/venues/1')).status).toBe(422)
    expect((await get('/venues?cursor=1')).status).toBe(422)
  })

  test('are exported as they were imported', async () => {
    const response = await get('/venues.csv')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const byId = (csv: string) =>
      readStandardCsv(csv)
        .rows.map(({ cells }) => cells)
        .sort((a, b) => (a.id! < b.id! ? -1 : 1))
    expect(byId(await response.text())).toEqual(byId(seed))
  })
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
