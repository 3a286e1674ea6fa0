import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { AppError } from '../shared/errors.ts'
import { asWritten } from '../shared/harmless-cell.ts'
import { columns, type FileRow, lateColumns } from './catalogue-rows.ts'
import { decodeText, type Encoding } from './decode-text.ts'
import { readXlsx, type TableRow } from './xlsx-table.ts'

/** 2,600 codes there are; a megabyte holds as many services. */
export const fileLimits = { bytes: 2 * 1024 * 1024, rows: 2600 }

export type CatalogueFile = {
  kind: 'csv' | 'xlsx' | 'json'
  encoding: Encoding
  rows: FileRow[]
  /** Columns that are not the catalogue's, left aside. */
  ignored: string[]
}

const fail = (code: string, message: string, facts: Record<string, string | number | string[]> = {}): never => {
  throw new AppError('invalid', code, message, facts)
}

/**
 * The rows of a file, told by its bytes and not by its name: a workbook, JSON as it is exported, or CSV with commas, semicolons or tabs.
 * Throws `invalid`: `import_too_large`, `import_too_many_rows`, `import_not_text`, `import_columns_missing`, `import_column_repeated`,
 * `not_a_csv`, `not_a_catalogue_json`, `workbook_unreadable`, `workbook_too_large`.
 */
export function readCatalogueFile(bytes: Uint8Array): CatalogueFile {
  if (bytes.length > fileLimits.bytes) fail('import_too_large', 'Too many bytes', { bytes: bytes.length })
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    return { kind: 'xlsx', encoding: 'utf-8', ...named(readXlsx(bytes, { mostRows: fileLimits.rows + 1 })) }
  const { text, encoding } = decodeText(bytes)
  if (text.trimStart().startsWith('{')) return { kind: 'json', encoding, rows: readJson(text), ignored: [] }
  return { kind: 'csv', encoding, ...readCsv(text) }
}

/** Throws as `readCatalogueFile`. */
export function readCsv(text: string): Pick<CatalogueFile, 'rows' | 'ignored'> {
  const table = readTable(text)
  return named(table.map((cells, at) => ({ row: at + 1, cells: cells.map(asWritten), formulas: [] })))
}

/** The cells of a CSV, as they are in it. */
export function readTable(text: string): string[][] {
  const [head = ''] = text.split(/\r\n|\r|\n/, 1)
  const count = (sign: string) => head.split(sign).length
  const delimiter = [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
  try {
    return parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      max_record_size: 100_000,
      to: fileLimits.rows + 2,
    })
  } catch (error) {
    return fail('not_a_csv', error instanceof Error ? error.message : 'Not a CSV file')
  }
}

/** Cells by the name of their column; a row without a word is none. */
function named(table: readonly TableRow[]): Pick<CatalogueFile, 'rows' | 'ignored'> {
  const [head, ...body] = table
  const names = (head?.cells ?? []).map((name) => name.trim().toLowerCase())
  const missing = columns.filter((column) => !names.includes(column) && !lateColumns.includes(column))
  if (missing.length > 0) fail('import_columns_missing', 'Columns are missing', { columns: missing })
  const repeated = columns.find((column) => names.filter((name) => name === column).length > 1)
  if (repeated) fail('import_column_repeated', 'A column is there twice', { column: repeated })
  if (body.length > fileLimits.rows) fail('import_too_many_rows', 'Too many rows', { mostRows: fileLimits.rows })
  const rows = body.flatMap(({ row, cells, formulas }): FileRow[] => {
    if (cells.every((cell) => cell.trim() === '') && formulas.length === 0) return []
    const byName = Object.fromEntries(columns.map((name) => [name, cellOf(name, cells[names.indexOf(name)] ?? '')]))
    return [{ row, cells: byName, formulas: formulas.map((at) => names[at] ?? '') }]
  })
  const isKnown = (name: string) => name === '' || columns.some((column) => column === name)
  return { rows, ignored: names.filter((name) => !isKnown(name)) }
}

const dayOfSerial = (serial: number) =>
  new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10)

/** A spreadsheet keeps a day as a number, and a duration as it likes. */
function cellOf(name: string, cell: string): string {
  const text = cell.trim()
  return name === 'retired_on' && /^\d{5}$/.test(text) ? dayOfSerial(Number(text)) : text
}

const Text = z.union([z.string(), z.number()]).transform(String)
const Exported = z.object({
  themes: z.array(z.object({ code: Text, title: Text })).max(26),
  services: z
    .array(
      z.object({
        ...{ code: Text, theme: Text, title: Text, description: Text, level: Text, nationalService: Text },
        ...{ durationMinutes: Text, provenance: Text, retiredOn: Text.nullish(), replacedBy: Text.nullish() },
      }),
    )
    .max(fileLimits.rows),
})

function readJson(text: string): FileRow[] {
  const content = Exported.safeParse(parsed(text)).data
  if (!content) return fail('not_a_catalogue_json', 'Not a catalogue as it is exported')
  const titles = new Map(content.themes.map(({ code, title }) => [code, title]))
  return content.services.map((service, at) => ({
    row: at + 1,
    cells: Object.fromEntries(
      Object.entries({
        code: service.code,
        theme_code: service.theme,
        theme_fr: titles.get(service.theme) ?? '',
        title_fr: service.title,
        description_fr: service.description,
        level: service.level,
        national_service: service.nationalService,
        typical_duration_minutes: service.durationMinutes,
        provenance: service.provenance,
        retired_on: service.retiredOn ?? '',
        replaced_by: service.replacedBy ?? '',
      }).map(([name, value]) => [name, value.trim()]),
    ),
  }))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
