import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '@carnet/api/config.ts'
import { importTerritories } from '@carnet/api/import-territories.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { isInDistrict, type Ring, readFactFile } from '@carnet/api/territories/fact-file.ts'
import { listFactsOf } from '@carnet/api/territories/fact-queries.ts'
import { importFacts } from '@carnet/api/territories/import-facts.ts'
import { loadTerritories } from '@carnet/api/territories/load-territories.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { afterwards } from '../../helpers/afterwards.ts'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember } from '../../helpers/members.ts'
import { findReferenceFile } from '../../helpers/reference-data.ts'

const { db, sql, keyring, clock, url } = await createTestApp()
const as = (actor: Parameters<typeof createContext>[0]['actor']) =>
  createContext({ db, keyring, now: () => clock.now, actor })
const operator = as({ kind: 'operator' })
const give = (kind: string, text: string) => importFacts(operator, kind, Buffer.from(text))
const square: Ring = [
  [0.1, 45.6],
  [0.2, 45.6],
  [0.2, 45.7],
  [0.1, 45.7],
  [0.1, 45.6],
]
const district = (code: string, communes: string, geometry: unknown = { type: 'Polygon', coordinates: [square] }) => ({
  type: 'Feature',
  properties: { code_qp: code, lib_qp: 'Ma Campagne', insee_com: communes },
  geometry,
})
const geojson = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features })
const head = 'code,nom,no_thd_coverage_rate,no_4g_coverage_rate,poverty_rate,older_65_rate,nscol15p_rate,ifn'

beforeAll(async () => {
  await loadTerritories(operator)
})

describe('figures of territories', () => {
  test('the fragility of communes and EPCI: five parts and their mean, former codes included, each wrong row told', async () => {
    const report = await give(
      'fragility',
      `${head}\n16015,Angoulême,6,6.5,8,4,5,1\n16140,Fontenille,1,2,3,4,5,3\n200070514,Cognac,1,1,1,1,1,1\n99999,Nulle part,1,1,1,1,1,1\n16102,Cognac,11,1,1,1,1,1\n16102,Cognac,"1,5",1,1,1,1,1\n16015,Encore,1,1,1,1,1,1\n`,
    )
    expect(report.imported).toBe(3)
    expect(report.errors.map(({ row, column, value }) => [row, column, value])).toEqual([
      [5, 'code', '99999'],
      [6, 'no_thd_coverage_rate', '11'],
      [7, 'no_thd_coverage_rate', '1,5'],
      [8, 'code', '16015'],
    ])
    expect(await listFactsOf(operator.db, ['16015'])).toMatchObject([{ kind: 'fragility', facts: { total: 5.9 } }])
    // Fontenille is part of Mansle-les-Fontaines now.
    expect(await listFactsOf(operator.db, ['16206'])).toMatchObject([{ code: '16140', facts: { total: 3 } }])
    expect(await listFactsOf(operator.db, ['200070514'])).toMatchObject([{ name: 'Cognac' }])
  })

  test('a newer file takes the place of its level alone', async () => {
    await give('fragility', `${head}\n16102,Cognac,2,2,2,2,2,2\n`)
    expect(await listFactsOf(operator.db, ['16015'])).toEqual([])
    expect(await listFactsOf(operator.db, ['200070514'])).toHaveLength(1)
  })

  test('FRR: below the lines of its publisher, communes outside are passed over', async () => {
    const report = await give(
      'frr',
      '\uFEFFObservatoire des territoires;;\ncodgeo;libgeo;codefrr\n16015;Angoulême;-9999\n16106;Confolens;2\n97105;Basse-Terre;1\n75111;Paris 11e;4\n16028;Barbezieux;7\n',
    )
    expect(report).toMatchObject({ imported: 3, errors: [{ row: 7, column: 'codefrr', value: '7' }] })
    expect(await listFactsOf(operator.db, ['16106'])).toMatchObject([{ kind: 'frr', facts: { class: 2 } }])
    expect(await listFactsOf(operator.db, ['75056'])).toMatchObject([{ code: '75111' }])
  })

  test('QPV: outlines in degrees, of one commune or several; a venue stands in one or not', async () => {
    const report = await give(
      'qpv',
      geojson(
        district('QN01601M', '16015,16374'),
        district('x', '16015'),
        district('QN01602M', '99999'),
        district('QN01603M', '16015', { type: 'Polygon', coordinates: [[[600000, 6500000]]] }),
        null,
      ),
    )
    expect(report.imported).toBe(1)
    expect(report.errors.map(({ row, column }) => [row, column])).toEqual([
      [2, 'code_qp'],
      [3, 'insee_com'],
      [4, 'geometry'],
      [5, 'code_qp'],
    ])
    const [qpv] = await listFactsOf(operator.db, ['16374'])
    const { polygons } = qpv!.facts as { polygons: Ring[][] }
    expect(isInDistrict({ latitude: 45.65, longitude: 0.15 }, polygons)).toBe(true)
    expect(isInDistrict({ latitude: 45.65, longitude: 0.25 }, polygons)).toBe(false)
    const hole: Ring = square.map(([x, y]) => [0.14 + (x - 0.1) / 5, 45.64 + (y - 45.6) / 5])
    expect(isInDistrict({ latitude: 45.65, longitude: 0.15 }, [[square, hole]])).toBe(false)
  })

  test.each([
    ['mood', 'a', 'fact_kind_unknown'],
    ['frr', 'a;b\n1;2\n', 'fact_file_unreadable'],
    ['frr', '"codgeo;codefrr\n', 'fact_file_unreadable'],
    ['qpv', 'PK', 'fact_file_unreadable'],
    ['qpv', 'null', 'fact_file_unreadable'],
    ['qpv', geojson(), 'fact_file_empty'],
    ['fragility', `${head}\n99999,X,1,1,1,1,1,1\n`, 'fact_file_empty'],
  ])('a file of %s that says %s is refused and changes nothing', async (kind, text, code) => {
    const before = await sql`select * from territory_facts order by kind, code`
    await expect(give(kind, text)).rejects.toMatchObject({ kind: 'invalid', code })
    expect(await sql`select * from territory_facts order by kind, code`).toEqual(before)
  })

  test('another encoding is refused; so is another role', async () => {
    await expect(importFacts(operator, 'frr', Buffer.from('é', 'latin1'))).rejects.toMatchObject({
      code: 'fact_file_unreadable',
    })
    const auditor = as((await givenMember(sql, 'auditor')).actor)
    await expect(importFacts(auditor, 'frr', Buffer.from(''))).rejects.toMatchObject({ kind: 'forbidden' })
  })

  test('the published index, where it is at hand, is taken whole', (t) => {
    const file = findReferenceFile('ifn-communes-mednum.csv')
    if (!file) return t.annotate('The index is not at hand: its check was left out.')
    const bytes = readFileSync(file)
    const { facts, errors } = readFactFile(
      'fragility',
      bytes,
      (code) => code,
      () => false,
    )
    expect(facts.length).toBeGreaterThan(34_000)
    expect(errors.length).toBeLessThan(facts.length / 100)
  })
})

test('the operator imports a file by a command, and reads what was left out', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'carnet-facts-'))
  afterwards(() => rmSync(directory, { recursive: true, force: true }))
  const file = join(directory, 'frr.csv')
  writeFileSync(file, 'codgeo;libgeo;codefrr\n16106;Confolens;2\n16102;Cognac;9\n')
  const config = readConfig({ DATA_DIR: directory, DATABASE_URL: url })
  const run = (...args: string[]) => importTerritories({ url, config, now: () => clock.now }, args)
  expect(await run('frr', file)).toMatch(/^1 territories imported, 1 rows left out\.\nRow 3, codefrr "9": Write 1 to 5/)
  await expect(run('frr')).rejects.toThrow('Usage')
  await expect(run('frr', join(directory, 'none'))).rejects.toThrow('There is no file')
  await expect(run('mood', file)).rejects.toThrow('Say one of')
})
