import { deflateRawSync } from 'node:zlib'
import { escapeXml } from '@carnet/api/shared/escape-xml.ts'

type Part = { name: string; body: Buffer; size?: number }

/** A zip file; `size` is what it says of a part, when that is a lie. */
export function zipOf(parts: readonly Part[]): Buffer {
  const pieces: Buffer[] = []
  const entries: Buffer[] = []
  let at = 0
  for (const { name, body, size = body.length } of parts) {
    const packed = deflateRawSync(body)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(size, 24)
    entry.writeUInt16LE(Buffer.byteLength(name), 28)
    entry.writeUInt32LE(at, 42)
    pieces.push(local, Buffer.from(name), packed)
    entries.push(Buffer.concat([entry, Buffer.from(name)]))
    at += local.length + Buffer.byteLength(name) + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(
    entries.reduce((sum, { length }) => sum + length, 0),
    12,
  )
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...pieces, ...entries, end])
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const links = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const letterOf = (at: number) => String.fromCharCode(65 + at)

/** A cell is a text, a number, or the formula that it holds. */
export type Cell = string | number | { formula: string }

function cellXml(cell: Cell, place: string, strings: string[]): string {
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  if (typeof cell === 'object') return `<c r="${place}" t="str"><f>${cell.formula}</f><v>12</v></c>`
  if (cell === '') return ''
  strings.push(cell)
  return `<c r="${place}" t="s"><v>${strings.length - 1}</v></c>`
}

/** The parts of a workbook with one sheet, as spreadsheets write them: shared texts, empty cells left out. */
export function workbookParts(rows: readonly (readonly Cell[])[]): { name: string; body: Buffer }[] {
  const strings: string[] = []
  const rowsXml = rows.map(
    (cells, row) =>
      `<row r="${row + 1}">${cells.map((cell, at) => cellXml(cell, `${letterOf(at)}${row + 1}`, strings)).join('')}</row>`,
  )
  const items = strings.map((text, at) =>
    at % 2 === 0
      ? `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`
      : `<si><r><t xml:space="preserve">${escapeXml(text.slice(0, 2))}</t></r><r><rPr><b/></rPr><t xml:space="preserve">${escapeXml(text.slice(2))}</t></r></si>`,
  )
  const texts: [string, string][] = [
    [
      'xl/workbook.xml',
      `<workbook ${main} ${links}><sheets><sheet name="Services" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="t" Target="worksheets/sheet1.xml"/></Relationships>',
    ],
    ['xl/sharedStrings.xml', `<sst ${main}>${items.join('')}</sst>`],
    ['xl/worksheets/sheet1.xml', `<worksheet ${main}><sheetData>${rowsXml.join('')}</sheetData></worksheet>`],
  ]
  return texts.map(([name, xml]) => ({ name, body: Buffer.from(head + xml) }))
}

export const workbookOf = (rows: readonly (readonly Cell[])[]): Buffer => zipOf(workbookParts(rows))
