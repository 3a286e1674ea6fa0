import { readFileSync } from 'node:fs'
import { createContext } from '@carnet/api/shared/context.ts'
import { loadTerritories } from '@carnet/api/territories/load-territories.ts'
import { readStandardCsv, writeStandardCsv } from '@carnet/api/venues/national-standard.ts'
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
const importCsv = async (body: string, query = '?commit=true', { headers }: Headers = coordinator) => {
  const init = { method: 'POST', headers: { ...headers, 'content-type': 'text/csv' }, body }
  return app.request(`/api/v1/venues/imports${query}`, init)
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
    expect(report.errors).toMatchObject([
      { row: 12, column: 'latitude', value: '45,6', code: 'cell_not_a_number' },
      { row: 12, column: 'frais_a_charge', value: 'Cher', code: 'cell_value_unknown' },
    ])
  })

  test('never changes who is paid', async () => {
    const report = await (await importCsv(changed('APEJ', { pivot: '26160011800010' }))).json()
    expect(report.errors).toMatchObject([
      { row: expect.any(Number), column: 'pivot', value: '26160011800010', code: 'payee_would_change' },
    ])
  })

  test('takes the SIRET a place lacked', async () => {
    const report = await (await importCsv(changed('Médiathèque Les Maximes', { pivot: '21160026700010' }))).json()
    expect(report).toMatchObject({ updated: 1, organisationsCreated: 0 })
    expect((await venueNamed('Les Maximes')).organisation).toBe('Commune de Balzac')
  })

  test('keeps columns that the standard does not have, and publishes the 32 alone', async () => {
    await importCsv(changed('APEJ', { epci: 'CA du Grand Cognac' }))
    const published = await (await get('/venues.csv')).text()
    expect(published.split('\n')[0]).toMatch(/prise_rdv$/)
    const { id } = await venueNamed('APEJ')
    expect((await (await get(`/venues/${id}`)).json()).standardRow).not.toHaveProperty('epci')
    // A file without the column does not empty it.
    await importCsv(published)
    const whole = await (await get('/venues.csv?columns=all', auditor)).text()
    expect(whole.split('\n')[0]).toMatch(/prise_rdv,epci$/)
    expect(whole).toContain('CA du Grand Cognac')
    expect(readStandardCsv(whole).errors).toEqual([])
    expect((await get('/venues.csv?columns=all')).status).toBe(401)
    expect((await get('/venues.csv?columns=all', await givenMember(sql, 'finance_approver'))).status).toBe(403)
  })

  test('of an export changes no byte of the next one, here or in an empty installation', async () => {
    const exported = await (await get('/venues.csv?columns=all', coordinator)).text()
    expect(await (await importCsv(exported)).json()).toMatchObject({ unchanged: 40 })
    expect(await (await get('/venues.csv?columns=all', coordinator)).text()).toBe(exported)
    await sql`delete from venues`
    expect(await (await importCsv(exported)).json()).toMatchObject({ created: 40 })
    expect(await (await get('/venues.csv?columns=all', coordinator)).text()).toBe(exported)
  })

  test('leaves out, when asked, what may be known already, and says what it may be', async () => {
    const twin = { id: 'other-source-1', nom: 'APEJ (accueil)', source: 'Une autre' }
    const csv = writeStandardCsv(
      readStandardCsv(seed).rows.flatMap(({ cells }) => (cells.nom === 'APEJ' ? [{ ...cells, ...twin }] : [])),
    )
    const report = await (await importCsv(csv, '?commit=true&duplicates=aside')).json()
    expect(report).toMatchObject({ created: 0, aside: 1, duplicateCount: 1 })
    expect(report.duplicates[0]).toMatchObject({
      ...{ row: 2, id: 'other-source-1', commune: 'Cognac' },
      candidates: [{ venueId: (await venueNamed('APEJ')).id, row: null, metres: 0 }],
    })
    expect(await countOf('venues')).toBe(40)
  })

  test('of two at once makes each venue and organisation once', async () => {
    await sql`delete from venues`
    await sql`delete from organisations`
    const answers = await Promise.all([importCsv(seed), importCsv(seed)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(await countOf('venues')).toBe(40)
    expect(await countOf('organisations')).toBe(28)
  })

  test('of a whole region is done in a few seconds', async () => {
    const { cells } = readStandardCsv(seed).rows[0]!
    const rows = Array.from({ length: 2000 }, (_, number) => ({ ...cells, id: `place-${number}`, code_insee: '' }))
    const start = performance.now()
    expect(await (await importCsv(writeStandardCsv(rows), '')).json()).toMatchObject({ created: 2000, refused: 0 })
    expect(performance.now() - start).toBeLessThan(15_000)
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
