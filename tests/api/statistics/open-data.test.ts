import { readXlsx } from '@carnet/api/catalogue/xlsx-table.ts'
import { freezeRelease } from '@carnet/api/statistics/freeze-release.ts'
import { parquetReadObjects } from 'hyparquet'
import { flatten, type JsonLdDocument, type Options } from 'jsonld'
import { beforeAll, describe, expect, test } from 'vitest'
import { pageReader } from '../../helpers/pages.ts'
import { readEveryCell } from '../../helpers/published.ts'
import { drawUses, givenReleaseWorld, liveMonth, months, openApp, releaseDays } from '../../helpers/release-world.ts'

const world = await givenReleaseWorld(drawUses(3).filter(({ month }) => month === 0))
const app = openApp(world)
const base = '/api/explore/v2.1/catalog/datasets'
const get = async (path: string) => (await app.request(path)).json()
type Row = Record<string, string | number | null>

beforeAll(async () => {
  await liveMonth(world, 0)
  world.clock.today = releaseDays[0]
  await freezeRelease(world.operator, months[0])
})

test('every dataset is in the catalogue with its fields, also before anything of it is published', async () => {
  const { total_count, results } = await get(base)
  expect(total_count).toBe(9)
  for (const dataset of results) {
    expect(await get(`${base}/${dataset.dataset_id}`)).toEqual(dataset)
    const schema = await get(`/donnees/jeux/${dataset.dataset_id}/schema.json`)
    expect(schema.fields.map(({ name }: Row) => name)).toEqual(dataset.fields.map(({ name }: Row) => name))
    expect(schema.fields.every(({ description }: Row) => String(description).length > 3)).toBe(true)
  }
  const byId = new Map(results.map((one: { dataset_id: string }) => [one.dataset_id, one]))
  expect(byId.get('voucher_uses_epci')).toMatchObject({ has_records: true, metas: { default: { records_count: 5 } } })
  expect(byId.get('voucher_uses_com')).toMatchObject({ has_records: false })
  expect((await app.request(`${base}/users`)).status).toBe(404)
})

test('records are the published cells and nothing else, whatever is asked', async () => {
  const cells = await readEveryCell(app)
  const seen = new Map<string, number | null>()
  for (let offset = 0; ; offset += 50) {
    const { total_count, results } = await get(`${base}/voucher_services_dep/records?limit=50&offset=${offset}`)
    for (const { span, place, subject, value } of results)
      seen.set(['R1_department_service_month', place, subject, span].join(' | '), value)
    if (offset + 50 >= total_count) break
  }
  expect(seen).toEqual(new Map([...cells].filter(([key]) => key.startsWith('R1'))))

  const told = await get(
    `${base}/voucher_services_dep/records?where=value>=20&order_by=value desc&select=value,place&limit=3`,
  )
  expect(told.results.every((row: Row) => Object.keys(row).join() === 'value,place' && Number(row.value) >= 20)).toBe(
    true,
  )
  expect(told.results.map(({ value }: Row) => value)).toEqual(
    [...told.results].map(({ value }: Row) => value).sort((a, b) => Number(b) - Number(a)),
  )
  const secret = await get(`${base}/voucher_services_dep/records?refine=status:secret&refine=place:16&limit=100`)
  expect(secret.total_count).toBeGreaterThan(3)
  expect(new Set(secret.results.map(({ value, place }: Row) => `${place} ${value}`))).toEqual(new Set(['16 null']))
  const named = await get(`${base}/voucher_uses_epci/records?where=place_name like "epci 2417" and value is not null`)
  expect(named.results).toMatchObject([{ place: '241700434', place_name: 'EPCI 241700434' }])
  expect((await get(`${base}/voucher_uses_epci/records?where=place in ("241700434", "x")`)).total_count).toBe(1)

  for (const query of [
    'group_by=place',
    'select=count(*)',
    'where=sum(value)>1',
    `where=place='16' or 1=1`,
    'limit=1000',
  ])
    expect((await app.request(`${base}/voucher_uses_epci/records?${query}`)).status, query).toBe(422)
})

test('régions and the whole country are sums of what is published, and of nothing that is not', async () => {
  const { results } = await get(`${base}/voucher_uses_epci/records?limit=100`)
  const told = results.flatMap(({ value }: Row) => value ?? [])
  const sum = told.reduce((total: number, value: number) => total + value, 0)
  const expected = {
    span: '2026-10',
    status: 'rounded',
    value: sum,
    told: told.length,
    secret: results.length - told.length,
  }
  expect(expected.secret).toBeGreaterThan(0)
  expect((await get(`${base}/voucher_uses_reg/records`)).results).toMatchObject([{ place: '75', ...expected }])
  expect((await get(`${base}/voucher_uses_nat/records`)).results).toMatchObject([{ place: 'FR', ...expected }])
})

test('the page of a dataset shows the published counts, over time', async () => {
  const { read } = pageReader(app)
  const { results } = await get(`${base}/voucher_uses_epci/records?limit=100`)
  const page = await read('/donnees/jeux/voucher_uses_epci', { headers: {} })
  expect(page.status).toBe(200)
  for (const { place, place_name, value } of results)
    expect(page.text).toContain(`${place_name} ${place} ${value ?? 'trop peu'}`)
  const found = await read('/donnees/jeux/voucher_services_dep?q=Service A01', { headers: {} })
  expect(found.text).toContain('D16, Service A01')
  expect(found.text).not.toContain('D16, Service A02')
  expect((await read('/donnees/jeux/voucher_services_dep?page=4', { headers: {} })).text).toContain('Précédente')
  expect((await read('/donnees/jeux/voucher_uses_epci?q=%25', { headers: {} })).text).toContain(
    'Aucun nom ne correspond',
  )
  expect((await read('/donnees/jeux/voucher_uses_com', { headers: {} })).text).toContain('Rien n’est encore publié')
  expect((await read('/donnees/jeux/users', { headers: {} })).status).toBe(404)
})

test('a dataset is the same in every form of file', async () => {
  const path = `${base}/voucher_uses_epci/exports`
  const rows: Row[] = await get(`${path}/json?order_by=place`)
  const fields = Object.keys(rows[0]!)
  const csv = await (await app.request(`${path}/csv?order_by=place`)).text()
  const lines = csv.trim().split('\n')
  expect(lines[0]).toBe(fields.join(';'))
  expect(lines.slice(1)).toEqual(rows.map((row) => fields.map((field) => row[field] ?? '').join(';')))
  expect((await (await app.request(`${path}/csv?delimiter=,`)).text()).split('\n')[0]).toBe(fields.join(','))
  expect((await app.request(`${path}/csv?delimiter=x`)).status).toBe(422)

  const workbook = await (await app.request(`${path}/xlsx?order_by=place`)).arrayBuffer()
  const sheet = readXlsx(new Uint8Array(workbook), { mostRows: 100 }).map(({ cells }) => cells)
  const texts = rows.map((row) => fields.map((field) => String(row[field] ?? '')))
  expect(sheet.map((cells) => fields.map((_, at) => cells[at] ?? ''))).toEqual([fields, ...texts])

  const parquet = await (await app.request(`${path}/parquet?order_by=place`)).arrayBuffer()
  const read = await parquetReadObjects({
    file: { byteLength: parquet.byteLength, slice: (a, b) => parquet.slice(a, b) },
  })
  expect(read.map((row) => fields.map((field) => row[field] ?? null))).toEqual(
    rows.map((row) => fields.map((field) => row[field] ?? null)),
  )
})

describe('the catalogue for harvesters', async () => {
  type Node = Record<string, unknown>
  const read = async (): Promise<Node & { 'dcat:dataset': Node[] }> => get('/catalog.jsonld')
  const has = (node: Node, names: readonly string[]) =>
    names.filter((name) => node[name] === undefined || node[name] === '')

  test('says all that DCAT-AP and data.gouv.fr ask for', async () => {
    const reply = await app.request('/catalog.jsonld')
    expect(reply.headers.get('content-type')).toContain('application/ld+json')
    const catalog = await read()
    expect(
      has(catalog, ['@id', 'dct:title', 'dct:description', 'dct:publisher', 'dct:license', 'foaf:homepage']),
    ).toEqual([])
    expect(catalog['dcat:dataset']).toHaveLength(9)
    const always = ['dct:identifier', 'dct:title', 'dct:description', 'dct:publisher', 'dct:license', 'dct:spatial']
    const kept = ['dcat:keyword', 'dct:accrualPeriodicity', 'dcat:theme', 'dcat:distribution', 'dcat:landingPage']
    for (const dataset of catalog['dcat:dataset']) {
      expect(has(dataset, [...always, ...kept]), String(dataset['@id'])).toEqual([])
      for (const file of dataset['dcat:distribution'] as Node[])
        expect(
          has(file, ['dcat:accessURL', 'dcat:downloadURL', 'dct:format', 'dcat:mediaType', 'dct:license']),
        ).toEqual([])
    }
    const ofEpcis = catalog['dcat:dataset'].find((dataset) => dataset['dct:identifier'] === 'voucher_uses_epci')!
    expect(ofEpcis['dct:temporal']).toMatchObject({
      'dcat:startDate': { '@value': '2026-10-01' },
      'dcat:endDate': { '@value': '2026-10-31' },
    })
    expect(ofEpcis['dct:modified']).toMatchObject({ '@value': releaseDays[0] })
    expect(ofEpcis['dct:spatial']).toContainEqual({ '@id': 'http://id.insee.fr/geo/departement/16' })
  })

  test('is read by a JSON-LD processor without loss, and holds what DCAT-AP makes mandatory, a thing where it wants a thing', async () => {
    // Without network: what is not declared in the document itself fails.
    const options: Options.Flatten & { safe: boolean } = { safe: true }
    const nodes = (await flatten((await read()) as JsonLdDocument, undefined, options)) as unknown as Node[]
    const typeOf = new Map(nodes.map((node) => [node['@id'], [node['@type']].flat()]))
    const [dcat, dct, foaf] = ['http://www.w3.org/ns/dcat#', 'http://purl.org/dc/terms/', 'http://xmlns.com/foaf/0.1/']
    const isText = (value: Node) => typeof value['@value'] === 'string' && value['@value'] !== ''
    const isThing = (value: Node) => /^https?:\/\/\S+$/.test(String(value['@id']))
    const isA = (type: string) => (value: Node) => isThing(value) && typeOf.get(value['@id'])?.includes(type) === true
    const wanted: Record<string, Record<string, (value: Node) => boolean>> = {
      [`${dcat}Catalog`]: {
        ...{ [`${dct}title`]: isText, [`${dct}description`]: isText, [`${dct}publisher`]: isA(`${foaf}Agent`) },
        ...{ [`${dct}license`]: isThing, [`${foaf}homepage`]: isThing, [`${dcat}dataset`]: isA(`${dcat}Dataset`) },
      },
      [`${dcat}Dataset`]: {
        ...{ [`${dct}title`]: isText, [`${dct}description`]: isText, [`${dct}publisher`]: isA(`${foaf}Agent`) },
        ...{ [`${dcat}keyword`]: isText, [`${dcat}theme`]: isThing, [`${dct}accrualPeriodicity`]: isThing },
        ...{ [`${dcat}distribution`]: isA(`${dcat}Distribution`), [`${dct}spatial`]: isThing },
      },
      [`${dcat}Distribution`]: {
        ...{ [`${dcat}accessURL`]: isThing, [`${dcat}downloadURL`]: isThing, [`${dct}license`]: isThing },
        ...{ [`${dct}format`]: isThing, [`${dcat}mediaType`]: isThing, [`${dct}title`]: isText },
      },
      [`${foaf}Agent`]: { [`${foaf}name`]: isText },
    }
    const wrong = Object.entries(wanted).flatMap(([type, properties]) => {
      const things = nodes.filter((node) => typeOf.get(node['@id'])!.includes(type))
      if (things.length === 0) return [`no ${type}`]
      return things.flatMap((thing) =>
        Object.entries(properties).flatMap(([property, isRight]) => {
          const values = [thing[property] ?? []].flat() as Node[]
          return values.length > 0 && values.every(isRight) ? [] : [`${thing['@id']} ${property}`]
        }),
      )
    })
    expect(wrong).toEqual([])
  })

  test('names every thing once, with a prefix that it declares, and each of its own addresses answers', async () => {
    const text = JSON.stringify(await read())
    const prefixes = Object.keys((await read())['@context'] as Node)
    for (const [, prefix] of text.matchAll(/"(\w+):\w+":/g)) expect(prefixes).toContain(prefix)
    const things = [...text.matchAll(/"@id":"([^"]+)","@type"/g)].map(([, address]) => address)
    expect(new Set(things).size).toBe(things.length)
    // One address may take sixty files at once; the tests above took some.
    const another = openApp(world)
    const own = [...text.matchAll(/"(http:\/\/localhost:8080\/[^"#]+)"/g)].map(([, address]) => new URL(address!))
    for (const path of new Set(own.map(({ pathname }) => pathname)))
      expect((await another.request(path)).status, path).toBe(200)
  })
})
