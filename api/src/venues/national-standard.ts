import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { isDay } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { asWritten, harmless } from '../shared/harmless-cell.ts'
import { type CellCode, type CellError, cellError } from './cell-error.ts'
import { type StandardColumn, standardColumns } from './standard-columns.ts'

/** A row as text by column name: the 32 columns of the standard, always all there, then the extra ones of the file. */
export type StandardRow = Record<string, string>
export type StandardFile = { rows: { row: number; cells: StandardRow }[]; extraColumns: string[]; errors: CellError[] }

const columnNames = standardColumns.map((column) => column.name)

/** The schema and the standard's own npm library disagree on a space; the schema's spelling is kept inside. */
const otherSpellings: Record<string, string> = { 'Étapes numériques (La Poste)': 'Étapes numériques(La Poste)' }

/** The standard's README says `;`, its schema and its example say `|`: both are read, `|` is written. */
export const listOf = (cell: string): string[] =>
  cell
    .split(/[|;]/)
    .map((value) => value.trim())
    .filter((value) => value !== '')

/** Numbers and formats of the standard may begin with a sign, and are checked by their own rule. */
export const harmlessIn = (name: string, cell: string): string => {
  const column = standardColumns.find((known) => known.name === name)
  return column?.pattern || column?.format === 'number' ? cell : harmless(cell)
}

const canonicalList = (cell: string) =>
  [...new Set(listOf(cell).map((value) => otherSpellings[value] ?? value))].join('|')

/** A link that would run, not lead anywhere. Browsers read over blanks inside the word. */
const runs = (link: string) => /^(javascript|vbscript|data):/i.test(link.replace(/[\s\p{Cc}]/gu, ''))

function cellProblem(column: StandardColumn, cell: string): CellCode | undefined {
  if (cell === '') return column.isRequired && 'cell_required'
  if (column.pattern && !column.pattern.test(cell)) return 'cell_malformed'
  if (column.isLink && listOf(cell).some(runs)) return 'cell_malformed'
  if (column.maxLength && cell.length > column.maxLength) return 'cell_too_long'
  if (column.format === 'number' && !/^-?\d+(\.\d+)?$/.test(cell)) return 'cell_not_a_number'
  if (column.furthest && Math.abs(Number(cell)) > column.furthest) return 'cell_out_of_range'
  if (column.format === 'date' && !isDay(cell)) return 'cell_not_a_day'
  return undefined
}

/** Each value by itself: the schema's own patterns are not anchored and let anything pass before the last value. */
const unknownValues = ({ values }: StandardColumn, cell: string): string[] =>
  values ? listOf(cell).filter((value) => !values.includes(value)) : []

/** What is wrong with a row, cell by cell. */
export function checkRow(row: number, cells: StandardRow): CellError[] {
  return standardColumns.flatMap((column) => {
    const cell = cells[column.name]!
    const problem = cellProblem(column, cell)
    if (problem) return [cellError(row, column.name, cell, problem)]
    return unknownValues(column, cell).map((value) => cellError(row, column.name, value, 'cell_value_unknown'))
  })
}

function repeatedIds(rows: StandardFile['rows']): CellError[] {
  const seen = new Set<string>()
  return rows.flatMap(({ row, cells }) => {
    const id = cells.id!
    if (id === '' || !seen.has(id)) {
      seen.add(id)
      return []
    }
    return [cellError(row, 'id', id, 'cell_repeated')]
  })
}

function parseCsv(csv: string): string[][] {
  const semicolons = /^[^\n,]*;/.test(csv.replace(/^\uFEFF/, ''))
  try {
    return parse(csv, { bom: true, delimiter: semicolons ? ';' : ',', relax_column_count: true })
  } catch (error) {
    throw new AppError('invalid', 'not_a_csv', error instanceof Error ? error.message : 'Not a CSV file')
  }
}

/** The cells of a line: every column of the standard, lists as the standard writes them. */
export function cellsOf(header: readonly string[], line: readonly string[]): StandardRow {
  const cells: StandardRow = Object.fromEntries(columnNames.map((name) => [name, '']))
  for (const [index, name] of header.entries()) if (name) cells[name] = asWritten((line[index] ?? '').trim())
  for (const { name, format } of standardColumns) if (format === 'list') cells[name] = canonicalList(cells[name]!)
  return cells
}

/** A row that comes without a file: every column is there, lists are as the standard writes them, and what is wrong. */
export function readStandardRow(row: StandardRow): { cells: StandardRow; errors: CellError[] } {
  const cells = cellsOf(Object.keys(row), Object.values(row))
  return { cells, errors: checkRow(1, cells) }
}

const mostColumns = 200

/** The names of the columns. Throws `columns_missing` (facts: which), `columns_too_many`. */
export function readHeader(line: readonly string[]): string[] {
  const header = line.map((name) => asWritten(name.trim()))
  if (header.length > mostColumns)
    throw new AppError('invalid', 'columns_too_many', 'The file has too many columns', { most: mostColumns })
  const missing = standardColumns.filter(({ name, isRequired }) => isRequired && !header.includes(name))
  if (missing.length > 0)
    throw new AppError('invalid', 'columns_missing', 'The file lacks columns of the national standard', {
      columns: missing.map(({ name }) => name),
    })
  return header
}

/**
 * Reads a file of the national standard (UTF-8, comma or semicolon). Every wrong cell is in `errors` and its row is still in `rows`.
 * Throws `invalid` `not_a_csv`, `columns_missing` (with their names) when it is no such file.
 */
export function readStandardCsv(csv: string): StandardFile {
  const [first, ...lines] = parseCsv(csv)
  const header = readHeader(first ?? [])
  const numbered = lines
    .map((line, index) => ({ row: index + 2, line }))
    .filter(({ line }) => line.some((cell) => cell !== ''))
  const rows = numbered.map(({ row, line }) => ({ row, cells: cellsOf(header, line) }))
  const tooLong = numbered.filter(({ line }) => line.length > header.length)
  return {
    rows,
    extraColumns: header.filter((name) => name !== '' && !columnNames.includes(name)),
    errors: [
      ...tooLong.map(({ row, line }) => cellError(row, '', line.at(-1)!, 'cell_without_column')),
      ...rows.flatMap(({ row, cells }) => checkRow(row, cells)),
      ...repeatedIds(rows),
    ],
  }
}

/** Only what the standard publishes of a row: a file may bring columns that are nobody's business. */
export const publicCells = (row: StandardRow): StandardRow =>
  Object.fromEntries(columnNames.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])))

/** Writes rows in the national standard: the 32 columns in order, then the extra ones any row has by name, lists with `|`. */
export function writeStandardCsv(rows: readonly StandardRow[]): string {
  const extra = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => !columnNames.includes(name))
  const columns = [...columnNames, ...extra.sort()]
  const header = columns.map((name) => harmless(name))
  return stringify([header, ...rows.map((row) => columns.map((name) => harmlessIn(name, row[name] ?? '')))])
}
