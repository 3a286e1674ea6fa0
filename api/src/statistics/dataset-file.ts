import { stringify } from 'csv-stringify/sync'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { csvCell } from '../shared/harmless-cell.ts'
import type { Translate } from '../shared/messages.ts'
import { workbookType, writeWorkbook } from '../shared/workbook.ts'
import { type Dataset, type DatasetField, type DatasetRecord, fieldsOf } from './dataset.ts'
import { licence } from './read-releases.ts'

/** The forms in which a dataset can be taken whole, and what a browser is told of each. */
export const exportTypes = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  xlsx: workbookType,
  parquet: 'application/vnd.apache.parquet',
} as const
export type ExportFormat = keyof typeof exportTypes

type Whole = { dataset: Dataset; fields: readonly DatasetField[]; records: readonly DatasetRecord[] }

/** UTF-8, one row for each cell. No formula hides in a name. */
const csvOf = ({ fields, records }: Whole, delimiter: string): string =>
  stringify([[...fields], ...records.map((record) => fields.map((field) => csvCell(record[field])))], { delimiter })

const workbookOf = ({ dataset, fields, records }: Whole) =>
  writeWorkbook(dataset.id, [[...fields], ...records.map((record) => fields.map((field) => record[field] ?? ''))])

function parquetOf({ dataset, fields, records }: Whole): ArrayBuffer {
  const types = fieldsOf(dataset)
  return parquetWriteBuffer({
    columnData: fields.map((name) => ({
      name,
      data: records.map((record) => record[name] ?? null),
      type: types[name] === 'int' ? ('INT32' as const) : ('STRING' as const),
    })),
  })
}

/** A dataset, or the part of it that was asked for, as a file. */
export function exportOf(
  whole: Whole,
  format: ExportFormat,
  delimiter = ';',
): string | ArrayBuffer | Uint8Array<ArrayBuffer> {
  if (format === 'csv') return csvOf(whole, delimiter)
  if (format === 'json') return JSON.stringify(whole.records)
  return format === 'xlsx' ? workbookOf(whole) : parquetOf(whole)
}

/** Table Schema (frictionless) of a dataset's CSV. */
export function datasetSchema(dataset: Dataset, t: Translate) {
  const isRequired = (name: string) => !['subject_name', 'value'].includes(name)
  return {
    $schema: 'https://specs.frictionlessdata.io/schemas/table-schema.json',
    name: dataset.id,
    title: t(`data.table.${dataset.slug}`),
    description: t(`data.table.${dataset.slug}.says`),
    licenses: [{ name: licence.name, path: licence.url }],
    fields: Object.entries(fieldsOf(dataset)).map(([name, type]) => ({
      name,
      type: type === 'text' ? 'string' : type === 'int' ? 'integer' : 'date',
      description: t(`data.field.${name as DatasetField}`),
      constraints: {
        required: isRequired(name),
        ...(name === 'status' && { enum: ['rounded', 'secret'] }),
        ...(name === 'value' && { minimum: 10 }),
      },
    })),
    primaryKey: ['span', 'place', 'subject'],
  }
}
