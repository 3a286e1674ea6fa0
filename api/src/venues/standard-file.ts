import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'
import { setImmediate as aTurn } from 'node:timers/promises'
import { CsvError, parse } from 'csv-parse'
import { AppError } from '../shared/errors.ts'
import { asWritten } from '../shared/harmless-cell.ts'
import { type CellError, cellError } from './cell-error.ts'
import { cellsOf, checkRow, readHeader, type StandardRow } from './national-standard.ts'

/** Line by line, so that a file of a whole country never is in memory as cells. */
export type CheckedRow = { row: number; cells: StandardRow; errors: CellError[] }

export const mostRows = 100_000
const pieceBytes = 65_536
const longestLine = 131_072

const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((byte, at) => bytes[at] === byte)

/** Says no to what is no text of a spreadsheet, before anything is read of it. */
function checkBytes(bytes: Uint8Array): void {
  if (startsWith(bytes, 0x50, 0x4b))
    throw new AppError('invalid', 'file_is_a_workbook', 'This is a workbook: save it as CSV UTF-8')
  if (startsWith(bytes, 0x1f, 0x8b)) throw new AppError('invalid', 'file_is_packed', 'Unpack the file first')
  if (!isUtf8(bytes)) throw new AppError('invalid', 'file_not_utf8', 'The file is not UTF-8: save it as CSV UTF-8')
  if (bytes.includes(0)) throw new AppError('invalid', 'not_a_csv', 'The file is no text')
}

/** Between two pieces everybody else has a turn: a file of a country would else hold up the server for seconds. */
async function* piecesOf(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    await aTurn()
    yield Buffer.from(bytes.subarray(at, at + pieceBytes))
  }
}

function linesOf(bytes: Uint8Array): AsyncIterable<string[]> {
  const start = new TextDecoder().decode(bytes.subarray(0, pieceBytes))
  const delimiter = /^[^\n,]*;/.test(start) ? ';' : ','
  const options = { bom: true, delimiter, relax_column_count: true, max_record_size: longestLine }
  const parser = parse(options)
  const source = Readable.from(piecesOf(bytes), { objectMode: false })
  source.on('error', (error) => parser.destroy(error))
  return source.pipe(parser)
}

/** Throws as `readStandardRows` when this is no such file, as far as its first line tells. */
export async function checkFirstLine(bytes: Uint8Array): Promise<void> {
  for await (const _line of readLines(bytes)) return
}

type Line = { row: number; header: readonly string[]; line: readonly string[] }

async function* readLines(bytes: Uint8Array): AsyncGenerator<Line> {
  checkBytes(bytes)
  let header: string[] | undefined
  let row = 0
  try {
    for await (const line of linesOf(bytes)) {
      row += 1
      if (row > mostRows + 1)
        throw new AppError('invalid', 'rows_too_many', `A file has at most ${mostRows} rows`, { most: mostRows })
      if (header === undefined) header = readHeader(line)
      else if (line.some((cell) => cell !== '')) yield { row, header, line }
    }
  } catch (error) {
    if (error instanceof CsvError) throw new AppError('invalid', 'not_a_csv', error.message)
    throw error
  }
  if (header === undefined) readHeader([])
}

/**
 * The rows of a file of the national standard (UTF-8, comma or semicolon), each with what is wrong with it. Throws `invalid`:
 * `file_is_a_workbook`, `file_is_packed`, `file_not_utf8`, `not_a_csv`, `columns_missing`, `columns_too_many`, `rows_too_many`.
 */
export async function* readStandardRows(bytes: Uint8Array): AsyncGenerator<CheckedRow> {
  const seen = new Set<string>()
  for await (const { row, header, line } of readLines(bytes)) yield checkLine(row, header, line, seen)
}

/** Only some columns of each row, unchecked: what must be known of a whole file before its rows are planned. */
export async function* readColumns<Name extends string>(bytes: Uint8Array, names: readonly Name[]) {
  for await (const { header, line } of readLines(bytes))
    yield Object.fromEntries(
      names.map((name) => [name, asWritten((line[header.indexOf(name)] ?? '').trim())]),
    ) as Record<Name, string>
}

function checkLine(row: number, header: readonly string[], line: readonly string[], seen: Set<string>): CheckedRow {
  const cells = cellsOf(header, line)
  const errors = checkRow(row, cells)
  if (line.length > header.length) errors.unshift(cellError(row, '', line.at(-1)!, 'cell_without_column'))
  if (cells.id !== '' && seen.has(cells.id!)) errors.push(cellError(row, 'id', cells.id!, 'cell_repeated'))
  seen.add(cells.id!)
  return { row, cells, errors }
}
