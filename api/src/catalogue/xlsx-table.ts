import { XMLParser } from 'fast-xml-parser'
import { AppError } from '../shared/errors.ts'
import { unzip } from './zip.ts'

/*
 * The first sheet of a workbook as a table of texts. Formulas are never evaluated, and what they last gave is not taken either; styles,
 * links and everything else a workbook may hold are never unpacked.
 */

/** Cells by column, from 0; `formulas` are the columns of this row that hold one. */
export type TableRow = { row: number; cells: string[]; formulas: number[] }

const limits = { mostParts: 500, largestPart: 4 * 1024 * 1024, largestWhole: 32 * 1024 * 1024 }
const mostColumns = 50
const deepest = 30

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: deepest,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
})

type Value = string | Node | undefined
interface Node {
  [name: string]: Value[]
}

const broken = (message: string) => new AppError('invalid', 'workbook_unreadable', message)
const children = (node: Value, name: string): Value[] => (typeof node === 'object' ? (node[name] ?? []) : [])
const child = (node: Value, name: string): Value => children(node, name)[0]
const attribute = (node: Value, name: string): string => {
  const value: unknown = typeof node === 'object' ? node[`@${name}`] : ''
  return typeof value === 'string' ? plain(value) : ''
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
/** The five entities of XML and letters by number; a workbook writes a letter that XML may not hold as `_x000D_`. */
const plain = (text: string): string =>
  text
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (all, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? all
      const point = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal)
      return point <= 0x10ffff ? String.fromCodePoint(point) : all
    })
    .replace(/_x([\da-f]{4})_/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

function textOf(node: Value): string {
  const text: unknown = typeof node === 'object' ? node['#text'] : node
  return typeof text === 'string' ? plain(text) : ''
}

/** A text in one piece, or in runs of several typefaces. */
const stringOf = (node: Value): string =>
  [...children(node, 't'), ...children(node, 'r').flatMap((run) => children(run, 't'))].map(textOf).join('')

function readPart(parts: ReadonlyMap<string, string>, name: string): Value {
  const text = parts.get(name)
  if (text === undefined) throw broken(`It has no ${name}`)
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw broken('A part has a document type')
  try {
    return parser.parse(text) as Value
  } catch {
    throw broken(`${name} is not XML`)
  }
}

/** The rows of the first sheet. Throws `invalid` `workbook_unreadable`, `workbook_too_large`, `import_too_many_rows`. */
export function readXlsx(bytes: Uint8Array, { mostRows }: { mostRows: number }): TableRow[] {
  const isWanted = (name: string) =>
    /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|worksheets\/[^/]+\.xml)$/.test(name)
  const parts = unzip(bytes, isWanted, limits)
  const strings = parts.has('xl/sharedStrings.xml')
    ? children(child(readPart(parts, 'xl/sharedStrings.xml'), 'sst'), 'si').map(stringOf)
    : []
  const sheet = child(readPart(parts, firstSheet(parts)), 'worksheet')
  const rows = children(child(sheet, 'sheetData'), 'row')
  if (rows.length > mostRows)
    throw new AppError('invalid', 'import_too_many_rows', 'Too many rows', { mostRows: mostRows - 1 })
  return rows.map((row, at) => readRow(row, at + 1, strings))
}

function firstSheet(parts: ReadonlyMap<string, string>): string {
  const sheet = child(child(child(readPart(parts, 'xl/workbook.xml'), 'workbook'), 'sheets'), 'sheet')
  const links = children(child(readPart(parts, 'xl/_rels/workbook.xml.rels'), 'Relationships'), 'Relationship')
  const link = links.find((item) => attribute(item, 'Id') === attribute(sheet, 'id'))
  return `xl/${attribute(link, 'Target').replace(/^\/?(xl\/)?/, '')}`
}

function readRow(row: Value, ordinal: number, strings: readonly string[]): TableRow {
  const read: TableRow = { row: Number(attribute(row, 'r')) || ordinal, cells: [], formulas: [] }
  for (const [at, cell] of children(row, 'c').entries()) {
    const column = columnOf(attribute(cell, 'r')) ?? at
    if (column >= mostColumns) continue
    while (read.cells.length <= column) read.cells.push('')
    read.cells[column] = cellText(cell, strings)
    if (children(cell, 'f').length > 0 || attribute(cell, 't') === 'e') read.formulas.push(column)
  }
  return read
}

/** `C12` is 2. */
function columnOf(place: string): number | null {
  const letters = /^[A-Z]{1,3}/.exec(place)?.[0]
  if (letters === undefined) return null
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function cellText(cell: Value, strings: readonly string[]): string {
  const kind = attribute(cell, 't')
  if (kind === 'inlineStr') return stringOf(child(cell, 'is'))
  const value = textOf(child(cell, 'v'))
  return kind === 's' ? (strings[Number(value)] ?? '') : value
}
