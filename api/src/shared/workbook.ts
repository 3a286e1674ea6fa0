import { strToU8, type Zippable, zipSync } from 'fflate'
import { escapeXml } from './escape-xml.ts'

/**
 * A workbook of one sheet, for people who open it in a spreadsheet: the same rows are always the same bytes. A text is a text whatever
 * it begins with (`quotePrefix` keeps it one when somebody edits the cell), so that no cell is ever a formula.
 */
export type WorkbookCell = string | number

/** What a browser is told of it. */
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const office = 'http://schemas.openxmlformats.org'
const main = `xmlns="${office}/spreadsheetml/2006/main"`
const links = `${office}/officeDocument/2006/relationships`
const packed = `${office}/package/2006`
const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const hex = (sign: string) => sign.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()

/** What XML cannot hold is written as spreadsheets do, `_x000D_`; a text that says so itself is written so that it is read as it is. */
const escaped = (text: string): string =>
  escapeXml(
    text
      .replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_')
      .replace(/[\p{Cc}\ufffe\uffff]/gu, (sign) => (sign === '\t' || sign === '\n' ? sign : `_x${hex(sign)}_`)),
  )

/** 0 is `A`, 26 is `AA`. */
const letters = (at: number): string =>
  (at < 26 ? '' : letters(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26))

function cellXml(cell: WorkbookCell, place: string): string {
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  return cell === ''
    ? ''
    : `<c r="${place}" s="1" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
}

const rowXml = (cells: readonly WorkbookCell[], row: number) =>
  `<row r="${row}">${cells.map((cell, at) => cellXml(cell, `${letters(at)}${row}`)).join('')}</row>`

const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="${links}/${type}" Target="${target}"/>`

const frame = (sheet: string): Record<string, string> => ({
  '[Content_Types].xml': `<Types xmlns="${packed}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${packed}/relationships">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
  'xl/workbook.xml': `<workbook ${main} xmlns:r="${links}"><sheets><sheet name="${escaped(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packed}/relationships">${relation('rId1', 'worksheet', 'worksheets/sheet1.xml')}${relation('rId2', 'styles', 'styles.xml')}</Relationships>`,
  'xl/styles.xml': `<styleSheet ${main}><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" numFmtId="49" quotePrefix="1" applyNumberFormat="1"/></cellXfs></styleSheet>`,
})

/** The bytes of a workbook; the first row is its header and stays in sight. */
export function writeWorkbook(sheet: string, rows: Iterable<readonly WorkbookCell[]>): Uint8Array<ArrayBuffer> {
  const view =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
  let [data, number] = ['', 0]
  for (const cells of rows) data += rowXml(cells, ++number)
  const parts = {
    ...frame(sheet),
    'xl/worksheets/sheet1.xml': `<worksheet ${main}>${view}<sheetData>${data}</sheetData></worksheet>`,
  }
  const files: Zippable = Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(head + xml)]))
  // A zip keeps the clock of where it was made: one local day for all makes the bytes depend on the rows alone.
  return new Uint8Array(zipSync(files, { level: 6, mtime: new Date(1980, 0, 1) }))
}
