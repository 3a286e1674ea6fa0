import { parquetReadObjects } from 'hyparquet'
import { beforeAll, describe, expect, test } from 'vitest'
import { pageReader } from '../../helpers/pages.ts'
import { givenReleaseWorld, openApp, releaseDays, serviceCodes } from '../../helpers/release-world.ts'

const world = await givenReleaseWorld([])
const app = openApp(world)
const base = '/api/explore/v2.1/catalog/datasets'
const textOf = async (path: string) => (await app.request(path)).text()
const get = async (path: string) => (await app.request(path)).json()
type Row = Record<string, string | number | null>

/** As files of the standard say them, with a column that is nobody's business; one is no longer qualified, one not yet, one suspended. */
async function describeVenues() {
  const { sql } = world
  const [formula, ended, coming, , suspended] = world.venues.map(({ id }) => id)
  await sql`update venues v set latitude = -45.65, longitude = 0.16, standard_row = jsonb_build_object(
      'id', v.standard_id, 'nom', v.name, 'commune', c.name, 'code_insee', c.code, 'latitude', '-45.65', 'longitude', '0.16',
      'telephone', '+33545000000', 'complement_adresse', '', 'date_maj', '2026-01-01', 'note interne', 'Demander Martine')
    from communes c where c.code = v.commune_code`
  await sql`update venues set standard_row = standard_row || jsonb_build_object('nom', '=1+1; "Chez nous"') where id = ${formula!}`
  await sql`update venue_qualifications set valid_until = ${releaseDays[0]} where venue_id = ${ended!}`
  await sql`update venue_qualifications set valid_from = ${releaseDays[1]} where venue_id = ${coming!}`
  await sql`update venue_qualifications set state = 'suspended' where venue_id = ${suspended!}`
}

beforeAll(async () => {
  world.clock.today = releaseDays[0]
  await describeVenues()
})

describe('the registers of today', () => {
  test('venues are the lines of the file of the standard that are qualified today, byte for byte, and nothing more', async () => {
    const absent = [1, 2, 4].map((at) => world.venues[at]!.id)
    const lines = (await textOf('/api/v1/venues.csv')).split('\n').filter((line) => !absent.includes(line.slice(0, 36)))
    const csv = await textOf(`${base}/venues/exports/csv?delimiter=,`)
    expect(csv.split('\n')).toEqual(lines)
    expect(csv).toContain(`"'=1+1; ""Chez nous"""`)
    expect(csv).toContain(',+33545000000,')

    const records: Row[] = await get(`${base}/venues/exports/json`)
    expect(records).toHaveLength(world.venues.length - 3)
    expect(Object.keys(records[0]!)).toEqual(lines[0]!.split(','))
    expect(JSON.stringify(records)).not.toContain('Martine')
    expect(records[0]).toMatchObject({ latitude: -45.65, telephone: '+33545000000', complement_adresse: null })
    const paged: Row[] = []
    for (let offset = 0; offset < 20; offset += 5)
      paged.push(...(await get(`${base}/venues/records?limit=5&offset=${offset}`)).results)
    expect(paged).toEqual(records)
    const parquet = await (await app.request(`${base}/venues/exports/parquet`)).arrayBuffer()
    const slice = (from: number, to?: number) => parquet.slice(from, to)
    const read = await parquetReadObjects({ file: { byteLength: parquet.byteLength, slice } })
    expect(read.map((row) => JSON.stringify(Object.values(row).map((cell) => cell ?? null)))).toEqual(
      records.map((row) => JSON.stringify(Object.values(row))),
    )
  })

  test('venues are chosen by commune and by place, and change on the day of a decision', async () => {
    const commune = await get(`${base}/venues/records?where=code_insee="16102"&select=commune,code_insee`)
    expect(commune).toEqual({ total_count: 1, results: [{ commune: 'C16102', code_insee: '16102' }] })
    expect((await get(`${base}/venues/records?where=latitude<-45.6 and commune like "c161"`)).total_count).toBe(1)
    expect((await app.request(`${base}/venues/records?where=latitude<south`)).status).toBe(422)
    expect((await app.request(`${base}/venues/records?where=note interne="x"`)).status).toBe(422)
    expect((await get(`${base}/venues`)).metas.default).toMatchObject({ modified: releaseDays[0], records_count: 15 })
    const schema = await get('/donnees/jeux/venues/schema.json')
    expect(schema).toMatchObject({ primaryKey: ['id'], fields: { length: 32 } })
    expect(schema.fields.find(({ name }: Row) => name === 'latitude')).toMatchObject({ type: 'number' })
  })

  test('the catalogue is the one in force, as in its own file', async () => {
    const { sql } = world
    await sql`insert into catalogue_versions (number, state, published_from, created_on) values
      (2, 'draft', '2026-01-05', '2026-01-02'), (3, 'published', ${releaseDays[1]}, '2026-01-02')`
    const file = await textOf('/catalogue.csv')
    expect(file.trim().split('\n')).toHaveLength(serviceCodes.length + 1)
    expect(await textOf(`${base}/catalogue/exports/csv?delimiter=,`)).toBe(file)
    expect((await get(`${base}/catalogue/records?where=typical_duration_minutes>60`)).total_count).toBe(0)
    expect((await get(`${base}/catalogue/records?refine=theme_code:A`)).total_count).toBe(4)
    expect((await get(`${base}/catalogue`)).metas.default).toMatchObject({ modified: '2026-01-01' })
  })

  test('each has a page of its rows, in both languages, and stands on the page of open data', async () => {
    const page = pageReader(app)
    const all = await page.read('/donnees', { headers: {} })
    expect(all.text).toContain('Lieux habilités')
    const venues = await page.read('/donnees/jeux/venues?q=c161', { headers: {} })
    expect(venues.text).toContain('C16102')
    expect(venues.text).not.toContain('C17300')
    expect(venues.text).toContain('15 lignes aujourd’hui')
    const catalogue = await page.read('/donnees/jeux/catalogue', { headers: { 'accept-language': 'en' } })
    expect(catalogue.text).toContain('Catalogue of services')
    expect(catalogue.text).toContain('Service A01')
    expect((await page.read('/donnees/jeux/venues?q=zzz', { headers: {} })).text).toContain('Aucun nom ne correspond')
  })
})
