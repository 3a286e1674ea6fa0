import { readFileSync } from 'node:fs'
import { contentOf, findProblems } from '@carnet/api/catalogue/catalogue-rows.ts'
import { fileLimits, readCatalogueFile, readTable } from '@carnet/api/catalogue/read-catalogue-file.ts'
import { writeCatalogueCsv, writeCatalogueJson, writeCatalogueXlsx } from '@carnet/api/catalogue/write-catalogue.ts'
import { AppError } from '@carnet/api/shared/errors.ts'
import { asWritten, harmless } from '@carnet/api/shared/harmless-cell.ts'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { type Cell, workbookOf, workbookParts, zipOf } from '../helpers/workbook.ts'

const csv = readFileSync(new URL('../../db/seeds/catalogue-129.csv', import.meta.url), 'utf8')
const licence = { name: 'Licence', url: 'https://example.org' }
const bytesOf = (text: string) => new TextEncoder().encode(text)
const read = (bytes: Uint8Array) => readCatalogueFile(bytes).rows
const content = contentOf(read(bytesOf(csv)))
const table = readTable(csv)
const [header, first] = table as [string[], string[]]
const codeOf = (bytes: Uint8Array) => {
  try {
    readCatalogueFile(bytes)
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
  return 'none'
}
const problemsOf = (...rows: Cell[][]) =>
  findProblems(read(workbookOf([[...header, 'retired_on', 'replaced_by'], ...rows]))).map(
    ({ row, column, problem }) => `${row} ${column} ${problem}`,
  )
const changed = (column: string, value: Cell, row: readonly Cell[] = [...first, '', '']) =>
  row.map((cell, at) => ([...header, 'retired_on', 'replaced_by'][at] === column ? value : cell))
const other = changed('title_fr', 'Autre', changed('code', 'A02'))

describe('a file that was exported', () => {
  test('is read and exported again to the same bytes, as CSV, as JSON and as a workbook', () => {
    const written = writeCatalogueCsv(content)
    expect(writeCatalogueCsv(contentOf(read(bytesOf(written))))).toBe(written)
    const json = writeCatalogueJson(content, licence)
    expect(writeCatalogueJson(contentOf(read(bytesOf(json))), licence)).toBe(json)
    expect(writeCatalogueCsv(contentOf(read(bytesOf(json))))).toBe(written)
    const workbook = writeCatalogueXlsx(content)
    expect(Buffer.from(writeCatalogueXlsx(contentOf(read(workbook)))).equals(workbook)).toBe(true)
    expect(writeCatalogueCsv(contentOf(read(workbook)))).toBe(written)
  })

  test('comes back the same whatever its words are, and no cell of it is a formula', () => {
    const word = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .map((text) => text.replace(/[\p{Cc}\p{Cs}\ufffd]/gu, '').trim())
      .filter((text) => text !== '')
    const start = fc.constantFrom(
      '_x000D_',
      '&#65;',
      ']]><',
      '=',
      '+',
      '-',
      '@',
      "'",
      "'=",
      "''+",
      ';',
      ',',
      '"',
      '\n',
      '{',
      '=cmd|’/c calc’!A0 ',
    )
    fc.assert(
      fc.property(word, start, word, (title, opening, description) => {
        const service = { ...content.services[0]!, title: `${opening}${title}`.trim(), description }
        const one = { themes: content.themes.slice(0, 1), services: [service] }
        const file = writeCatalogueCsv(one)
        for (const cells of readTable(file)) for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
        expect(contentOf(read(bytesOf(file))).services).toEqual([service])
        const workbook = readCatalogueFile(writeCatalogueXlsx(one))
        expect(workbook.rows.flatMap(({ formulas = [] }) => formulas)).toEqual([])
        expect(contentOf(workbook.rows).services).toEqual([service])
      }),
      { numRuns: 300 },
    )
  })

  test('of letters that XML refuses is still a workbook, whatever day it is made', () => {
    const services = [{ ...content.services[0]!, title: '\u0001_x0001_', description: 'a\r\nb\tc' }]
    const one = { themes: content.themes.slice(0, 1), services }
    vi.useFakeTimers({ now: new Date('2031-05-06') })
    const workbook = writeCatalogueXlsx(one)
    vi.useRealTimers()
    expect(Buffer.from(writeCatalogueXlsx(one)).equals(workbook)).toBe(true)
    expect(contentOf(read(workbook)).services).toEqual(services)
  })

  test('undoes what was done to a cell, and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '=', '-', 'a') }), (text) => {
        expect(asWritten(harmless(text))).toBe(text)
      }),
    )
    expect([harmless('=1'), harmless("'=1"), harmless("l'école"), asWritten("'a")]).toEqual([
      "'=1",
      "''=1",
      "l'école",
      "'a",
    ])
  })
})

describe('a file of another make', () => {
  test('may have semicolons, tabs, a mark, other line ends, or the encoding of a French spreadsheet', () => {
    const withSign = (sign: string) =>
      table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(sign))
    const expected = writeCatalogueCsv(content)
    const again = (bytes: Uint8Array) => writeCatalogueCsv(contentOf(read(bytes)))
    for (const text of [withSign(';').join('\r\n'), withSign('\t').join('\n'), `\ufeff${csv}`])
      expect(again(bytesOf(text))).toBe(expected)
    expect(again(Buffer.from(`\ufeff${csv}`, 'utf16le'))).toBe(expected)
    // Windows-1252 is Latin 1 but for 27 signs, of which this text has three.
    const old = csv.replaceAll('…', '...').replaceAll('’', "'").replaceAll('œ', 'oe').replaceAll('–', '-')
    const file = readCatalogueFile(Buffer.from(old, 'latin1'))
    expect(file.encoding).toBe('windows-1252')
    expect(contentOf(file.rows)).toEqual(contentOf(read(bytesOf(old))))
  })

  test('may be a workbook', () => {
    const rows = table.map((row, at) => row.map((cell) => (at > 0 && /^\d+$/.test(cell) ? Number(cell) : cell)))
    expect(contentOf(read(workbookOf(rows)))).toEqual(content)
  })

  test('has columns that are not the catalogue’s left aside, and rows without a word', () => {
    const file = readCatalogueFile(workbookOf([[...header, 'notes'], [], [...first, 'à revoir']]))
    expect(file.ignored).toEqual(['notes'])
    expect(file.rows).toHaveLength(1)
    expect(file.rows[0]).toMatchObject({ row: 3 })
  })
})

describe('a cell', () => {
  test.each<[string, Cell, string]>([
    ['code', 'AA1', 'code'],
    ['code', '', 'missing'],
    ['theme_code', 'B', 'theme'],
    ['title_fr', 'x'.repeat(201), 'too_long'],
    ['title_fr', { formula: 'HYPERLINK(A1)' }, 'formula'],
    ['level', 'expert', 'level'],
    ['national_service', 'Autre chose', 'national'],
    ['typical_duration_minutes', 10, 'minutes'],
    ['typical_duration_minutes', 'long', 'minutes'],
    ['retired_on', '31/12/2026', 'day'],
    ['retired_on', '2026-02-30', 'day'],
    ['replaced_by', 'A02', 'replacement_without_day'],
  ])('%s with %j is told: %s', (column, value, problem) => {
    expect(problemsOf(changed(column, value), other)).toContain(`2 ${column} ${problem}`)
  })

  test('is told with the others of its row, and what two rows say together', () => {
    expect(problemsOf(changed('level', 'x', changed('code', '')), other)).toEqual(['2 code missing', '2 level level'])
    expect(problemsOf([...first, '', ''], [...first, '', ''])).toEqual(['3 code repeated', '3 title_fr repeated'])
    expect(problemsOf([...first, '', ''], changed('theme_fr', 'Autre thème', other))).toEqual([
      '3 theme_fr theme_two_titles',
    ])
    expect(problemsOf([...first, '2026-12-31', 'Z99'])).toEqual(['2 replaced_by replacement_unknown'])
    expect(problemsOf([...first, '2026-12-31', 'A02'], changed('retired_on', '2026-12-31', other))).toEqual([
      '2 replaced_by replacement_retired',
    ])
  })

  test('with a day of a spreadsheet is that day', () => {
    expect(
      contentOf(
        read(
          workbookOf([
            [...header, 'retired_on'],
            [...first, 46_387],
          ]),
        ),
      ).services[0]!.retiredOn,
    ).toBe('2026-12-31')
  })
})

describe('a file that is none', () => {
  const parts = workbookParts([header, first])
  const bomb = { name: 'xl/worksheets/sheet1.xml', body: Buffer.alloc(40_000_000) }
  const without = (name: string) => parts.filter((part) => part.name !== name)
  const dtd = Buffer.from('<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>')
  test.each<[string, Uint8Array, string]>([
    ['too large', new Uint8Array(fileLimits.bytes + 1), 'import_too_large'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), 'import_not_text'],
    ['an open quote', bytesOf(`${csv}"`), 'not_a_csv'],
    ['without a column', bytesOf(csv.replace('level', 'niveau')), 'import_columns_missing'],
    ['with a column twice', bytesOf(csv.replace('provenance', 'provenance,level')), 'import_column_repeated'],
    ['with too many rows', bytesOf(`${header}\n${'a\n'.repeat(2601)}`), 'import_too_many_rows'],
    ['a workbook with too many rows', workbookOf([header, ...Array(2601).fill(['A01'])]), 'import_too_many_rows'],
    ['JSON of something else', bytesOf('{"a": 1}'), 'not_a_catalogue_json'],
    ['half of JSON', bytesOf('{"themes": ['), 'not_a_catalogue_json'],
    ['nothing', new Uint8Array(0), 'import_columns_missing'],
    ['half a workbook', workbookOf([header, first]).subarray(0, 400), 'workbook_unreadable'],
    ['a workbook without a sheet', zipOf(without('xl/worksheets/sheet1.xml')), 'workbook_unreadable'],
    ['an archive of something else', zipOf([{ name: 'a.txt', body: Buffer.from('a') }]), 'workbook_unreadable'],
    ['a bomb', zipOf([...without(bomb.name), bomb]), 'workbook_too_large'],
    ['a bomb that lies', zipOf([...without(bomb.name), { ...bomb, size: 1000 }]), 'workbook_unreadable'],
    [
      'a crowd',
      zipOf(Array.from({ length: 600 }, (_, at) => ({ name: `${at}`, body: Buffer.of(1) }))),
      'workbook_too_large',
    ],
    ['entities', zipOf([...without(bomb.name), { name: bomb.name, body: dtd }]), 'workbook_unreadable'],
    [
      'nested without end',
      zipOf([...without(bomb.name), { name: bomb.name, body: Buffer.from('<a>'.repeat(99_999)) }]),
      'workbook_unreadable',
    ],
  ])('%s is refused', (_what, bytes, code) => {
    expect(codeOf(bytes)).toBe(code)
  })

  test('is refused in words, never by a fault, wherever it is broken', () => {
    const whole = workbookOf([header, first])
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
        const broken = Buffer.from(whole)
        broken[at] = value
        expect(typeof codeOf(broken)).toBe('string')
      }),
      { numRuns: 200 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(typeof codeOf(bytes)).toBe('string')
      }),
      { numRuns: 200 },
    )
  })
})
