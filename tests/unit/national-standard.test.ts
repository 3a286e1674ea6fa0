import { readFileSync } from 'node:fs'
import { listOf, readStandardCsv, writeStandardCsv } from '@carnet/api/venues/national-standard.ts'
import { isPayableSiret } from '@carnet/api/venues/siret.ts'
import { standardColumns } from '@carnet/api/venues/standard-columns.ts'
import { expect, test } from 'vitest'

const seed = readFileSync(new URL('../../db/seeds/venues-16.csv', import.meta.url), 'utf8')
const place = {
  id: 'a',
  pivot: '22160001800016',
  nom: 'Médiathèque',
  commune: 'Angoulême',
  code_postal: '16000',
  adresse: '1 rue X',
  date_maj: '2024-04-02',
}
const read = (cells: Record<string, string>) => readStandardCsv(writeStandardCsv([{ ...place, ...cells }]))

test('the seed has 40 places of one département without a wrong cell', () => {
  const { rows, errors, extraColumns } = readStandardCsv(seed)
  expect(errors).toEqual([])
  expect(extraColumns).toEqual([])
  expect(rows).toHaveLength(40)
  expect(rows.every(({ cells }) => cells.code_insee!.startsWith('16'))).toBe(true)
})

test('several places of the seed share one SIRET, and every SIRET can be paid but the unknown ones', () => {
  const sirets = readStandardCsv(seed).rows.map(({ cells }) => cells.pivot!)
  expect(new Set(sirets).size).toBe(27)
  expect(new Set(sirets.filter((siret) => !isPayableSiret(siret)))).toEqual(new Set(['00000000000000']))
})

test('the seed has no mobile number', () => {
  const telephones = readStandardCsv(seed).rows.map(({ cells }) => cells.telephone!)
  expect(telephones.filter((telephone) => /^\+33[67]/.test(telephone))).toEqual([])
})

test('what was read is written as it was', () => {
  expect(writeStandardCsv(readStandardCsv(seed).rows.map(({ cells }) => cells))).toBe(seed)
})

test('an export has the 32 columns in order, then the extra ones', () => {
  const [header] = writeStandardCsv([{ ...place, epci: '200070514' }]).split('\n')
  const names = standardColumns.map(({ name }) => name)
  expect(names).toHaveLength(32)
  expect(header).toBe([...names, 'epci'].join(','))
  expect(read({ epci: '200070514' })).toMatchObject({
    extraColumns: ['epci'],
    rows: [{ cells: { epci: '200070514' } }],
  })
})

test('lists are read with | and with ;, and written with |', () => {
  expect(listOf('Gratuit; Payant|Gratuit')).toEqual(['Gratuit', 'Payant', 'Gratuit'])
  expect(read({ frais_a_charge: 'Gratuit;Payant;Gratuit' }).rows[0]!.cells.frais_a_charge).toBe('Gratuit|Payant')
})

test('both spellings of the label of La Poste are one', () => {
  const spellings = ['Étapes numériques(La Poste)', 'Étapes numériques (La Poste)']
  const written = spellings.map((formations_labels) => read({ formations_labels }))
  expect(written.map(({ errors }) => errors)).toEqual([[], []])
  expect(written[0]!.rows[0]!.cells).toEqual(written[1]!.rows[0]!.cells)
})

test.each([
  ['nom', '', 'cell_required'],
  ['pivot', '123', 'cell_malformed'],
  ['code_postal', '1600', 'cell_malformed'],
  ['code_insee', '2C001', 'cell_malformed'],
  ['telephone', '05 45 00 00 00', 'cell_malformed'],
  ['site_web', 'https://a.example|Java\tScript:alert(1)', 'cell_malformed'],
  ['prise_rdv', 'data:text/html,x', 'cell_malformed'],
  ['latitude', '45,68', 'cell_not_a_number'],
  ['date_maj', '2024-02-30', 'cell_not_a_day'],
  ['presentation_resume', 'x'.repeat(281), 'cell_too_long'],
])('a wrong %s is told cell by cell', (column, value, code) => {
  const { errors, rows } = read({ [column]: value })
  expect(errors).toMatchObject([{ row: 2, column, value, code }])
  expect(rows).toHaveLength(1)
})

test('each value of a list is checked, not only the last one', () => {
  expect(read({ frais_a_charge: "n'importe quoi|Gratuit" }).errors).toMatchObject([
    { row: 2, column: 'frais_a_charge', value: "n'importe quoi", code: 'cell_value_unknown' },
  ])
})

test('an id twice is an error of the second row', () => {
  const { errors } = readStandardCsv(writeStandardCsv([place, place]))
  expect(errors).toMatchObject([{ row: 3, column: 'id', value: 'a', code: 'cell_repeated' }])
})

test('a cell that falls outside the columns is told, an empty line is not a place', () => {
  const csv = writeStandardCsv([place])
  expect(readStandardCsv(`${csv}\n\n`).rows).toHaveLength(1)
  expect(readStandardCsv(csv.replace(/\n$/, ',lost\n')).errors).toMatchObject([
    { row: 2, column: '', value: 'lost', code: 'cell_without_column' },
  ])
})

test('a file of something else is refused as a whole', () => {
  expect(() => readStandardCsv('a,b\n1,2\n')).toThrow('lacks columns')
  expect(() => readStandardCsv('id,"pivot\n')).toThrow()
  expect(() => readStandardCsv('')).toThrow('lacks columns')
})

test('a semicolon file with a byte order mark is read too', () => {
  const semicolons = writeStandardCsv([place]).replaceAll(',', ';')
  expect(readStandardCsv(`\uFEFF${semicolons}`).errors).toEqual([])
})

test('a SIRET that can be paid has a right checksum; La Poste has its own rule; all zeros are nobody', () => {
  expect(isPayableSiret('221 600 018 00016')).toBe(true)
  expect(isPayableSiret('35600000061437')).toBe(true)
  expect(isPayableSiret('22160001800017')).toBe(false)
  expect(isPayableSiret('35600000061438')).toBe(false)
  expect(isPayableSiret('00000000000000')).toBe(false)
  expect(isPayableSiret('W123456789')).toBe(false)
})
