import { stringify } from 'csv-stringify/sync'
import { csvCell } from '../shared/harmless-cell.ts'
import type { Translate } from '../shared/messages.ts'
import { licence, type ReadTable } from './read-releases.ts'
import type { TableFacts } from './release.ts'
import type { ReleasedTheme } from './released-cells-queries.ts'

const fields = ['table', 'span', 'place', 'place_name', 'subject', 'subject_name', 'status', 'value', 'shown'] as const

const rowsOf = ({ table, rows }: Pick<ReadTable, 'table' | 'rows'>) =>
  rows.map((row) => ({
    ...{ table, span: row.span, place: row.place, place_name: row.placeName },
    ...{ subject: row.subject, subject_name: row.subjectName, status: row.status, value: row.value, shown: row.shown },
  }))

/** UTF-8, commas, one row for each cell: what its Table Schema says. No formula hides in a name. */
export const tableCsv = (read: Pick<ReadTable, 'table' | 'rows'>): string =>
  stringify([[...fields], ...rowsOf(read).map((row) => fields.map((field) => csvCell(row[field])))])

const themeFields = [
  'span',
  'place',
  'place_name',
  'subject',
  'subject_name',
  'status',
  'value',
  'published_on',
] as const

/** What a share link shows, as a file. */
export const themesCsv = (themes: readonly ReleasedTheme[]): string =>
  stringify([
    [...themeFields],
    ...themes.map((one) =>
      [one.span, one.place, one.placeName, one.subject, one.subjectName, one.status, one.value, one.frozenOn].map(
        csvCell,
      ),
    ),
  ])

/** The same cells as one page of JSON; `nextCursor` leads to the next. */
export const tableJson = (read: ReadTable) => ({
  release: read.release,
  table: read.table,
  licence,
  items: rowsOf(read),
  nextCursor: read.nextCursor,
})

/** Table Schema (frictionless) of a table's CSV. */
export function tableSchema({ name, slug }: TableFacts, t: Translate) {
  const described = (field: (typeof fields)[number]) => t(`data.field.${field}`)
  const field = (of: (typeof fields)[number], type: string, constraints: object = { required: true }) => ({
    ...{ name: of, type, description: described(of), constraints },
  })
  return {
    $schema: 'https://specs.frictionlessdata.io/schemas/table-schema.json',
    name,
    title: t(`data.table.${slug}`),
    description: t(`data.table.${slug}.says`),
    licenses: [{ name: licence.name, path: licence.url }],
    fields: [
      field('table', 'string', { required: true, enum: [name] }),
      field('span', 'string', { required: true, pattern: '\\d{4}(-\\d{2}|-Q[1-4])?' }),
      field('place', 'string'),
      field('place_name', 'string'),
      field('subject', 'string'),
      field('subject_name', 'string', {}),
      field('status', 'string', { required: true, enum: ['rounded', 'secret'] }),
      field('value', 'integer', { minimum: 10 }),
      field('shown', 'string'),
    ],
    primaryKey: ['place', 'subject', 'span'],
  }
}
