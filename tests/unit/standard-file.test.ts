import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { writeStandardCsv } from '@carnet/api/venues/national-standard.ts'
import { standardColumns } from '@carnet/api/venues/standard-columns.ts'
import { mostRows, readStandardRows } from '@carnet/api/venues/standard-file.ts'
import { fromSchemaLieuDeMediationNumerique } from '@gouvfr-anct/lieux-de-mediation-numerique'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findReferenceFile } from '../helpers/reference-data.ts'

const seed = readFileSync(new URL('../../db/seeds/venues-16.csv', import.meta.url))
const place = {
  ...{ id: 'a', pivot: '22160001800016', nom: 'Médiathèque', commune: 'Angoulême', code_postal: '16000' },
  ...{ adresse: '1 rue X', date_maj: '2024-04-02' },
}

async function readAll(file: Uint8Array | string) {
  const rows = []
  for await (const row of readStandardRows(typeof file === 'string' ? Buffer.from(file) : file)) rows.push(row)
  return rows
}
const again = async (file: Uint8Array | string) => writeStandardCsv((await readAll(file)).map(({ cells }) => cells))

describe('a file of the standard', () => {
  test('comes out as it went in, byte for byte', async () => {
    expect(await again(seed)).toBe(seed.toString())
  })

  test('that came with semicolons, a mark and another order comes out in the standard, and then never changes', async () => {
    const odd = `\uFEFFepci;${Object.keys(place).join(';')};services\n"=1+1";${Object.values(place).join(';')};"Insertion professionnelle via le numérique;Loisirs et créations numériques"\n`
    const written = await again(odd)
    expect(written.split('\n')[0]).toBe([...standardColumns.map(({ name }) => name), 'epci'].join(','))
    expect(written).toContain('numérique|Loisirs')
    expect(await again(written)).toBe(written)
  })

  test('whatever a cell says, the second export is the first, and no cell begins like a formula', async () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('=cmd|x', "'=1", "''-2", '+33545', '@a', '-1', '\tx', '"a"', 'a\nb', 'é;|,'),
    )
    await fc.assert(
      fc.asyncProperty(text, text, text, async (nom, source, extra) => {
        const first = await again(writeStandardCsv([{ ...place, nom, source, epci: extra }]))
        expect(await again(first)).toBe(first)
        for (const [, cell] of first.matchAll(/("(?:[^"]|"")*"|[^,\n]*)(?:,|\n|$)/g))
          expect(cell).not.toMatch(/^"?[=@\t]/)
      }),
      { numRuns: 200 },
    )
  })
})

describe('what is no such file is refused, whole, with what to do', () => {
  const header = writeStandardCsv([]).trim()
  test.each([
    ['a workbook', Buffer.from('PK\u0003\u0004xl/workbook.xml'), 'file_is_a_workbook'],
    ['a packed bomb', gzipSync(Buffer.alloc(5_000_000)), 'file_is_packed'],
    ['UTF-16', Buffer.from(`\uFEFF${header}`, 'utf16le'), 'file_not_utf8'],
    ['Windows-1252', Buffer.from(`${header}\nMédiathèque`, 'latin1'), 'file_not_utf8'],
    ['zeros', Buffer.alloc(1000), 'not_a_csv'],
    ['an open quote', Buffer.from(`${header}\n"${'x'.repeat(300_000)}`), 'not_a_csv'],
    ['a line without end', Buffer.from(`${header}\n${'x'.repeat(300_000)}`), 'not_a_csv'],
    ['a thousand columns', Buffer.from(`${header}${',x'.repeat(1000)}\n`), 'columns_too_many'],
    ['other columns', Buffer.from('a,b\n1,2\n'), 'columns_missing'],
    ['nothing', Buffer.alloc(0), 'columns_missing'],
  ])('%s', async (_, bytes, code) => {
    await expect(readAll(bytes)).rejects.toMatchObject({ kind: 'invalid', code })
  })

  test('more rows than a country has places', async () => {
    const bytes = Buffer.from(`${header}\n${'x\n'.repeat(mostRows + 1)}`)
    await expect(
      (async () => {
        for await (const _row of readStandardRows(bytes));
      })(),
    ).rejects.toMatchObject({ code: 'rows_too_many' })
  }, 60_000)

  test('reading takes no more memory than a few lines, however long the file', async () => {
    const line = `${Object.values(place).join(',')}\n`
    const bytes = Buffer.from(`${Object.keys(place).join(',')}\n${line.repeat(90_000)}`)
    let most = 0
    let rows = 0
    for await (const _row of readStandardRows(bytes))
      if (++rows % 5000 === 0) most = Math.max(most, process.memoryUsage().heapUsed)
    expect(rows).toBe(90_000)
    expect(most).toBeLessThan(400_000_000)
  }, 60_000)
})

describe('other readers of the standard', () => {
  const spelled = (row: Record<string, string>) => ({
    ...row,
    // The library and the schema spell one label each in their own way; the schema's is exported.
    ...(row.formations_labels && {
      formations_labels: row.formations_labels.replace('numériques(La', 'numériques (La'),
    }),
  })

  test('its own library takes every row of an export', async () => {
    const labels = 'Étapes numériques (La Poste)|Mes Papiers (Métropole de Lyon)'
    const rows = [
      ...(await readAll(seed)),
      ...(await readAll(writeStandardCsv([{ ...place, id: 'z', formations_labels: labels }]))),
    ]
    for (const { cells } of rows) {
      const filled = Object.fromEntries(Object.entries(spelled(cells)).filter(([, cell]) => cell !== ''))
      expect(() => fromSchemaLieuDeMediationNumerique(filled as never), cells.id!).not.toThrow()
    }
  })

  test('its schema, where it is at hand, takes every cell', async (t) => {
    const file = findReferenceFile('schema-lieux-mediation-numerique.json')
    if (!file) return t.annotate('The schema is not at hand: its check was left out.')
    const { fields } = JSON.parse(readFileSync(file, 'utf8')) as {
      fields: { name: string; constraints?: { required?: boolean; pattern?: string; enum?: string[] } }[]
    }
    expect(standardColumns.map(({ name }) => name)).toEqual(fields.map(({ name }) => name))
    for (const sample of ['exemple-valide-standard.csv', 'sample-lieux.csv']) {
      const bytes = readFileSync(findReferenceFile(sample)!)
      const rows = await readAll(bytes)
      expect(rows.flatMap(({ errors }) => errors)).toEqual([])
      expect(await again(await again(bytes))).toBe(await again(bytes))
    }
    for (const { cells } of await readAll(seed))
      for (const { name, constraints = {} } of fields) {
        const cell = cells[name]!
        if (cell === '') expect(constraints.required ?? false, `${cells.id} ${name}`).toBe(false)
        else if (constraints.pattern)
          expect(cell, `${cells.id} ${name}`).toMatch(new RegExp(`^(?:${constraints.pattern})$`, 'u'))
      }
  })
})
