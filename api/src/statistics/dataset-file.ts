import { stringify } from 'csv-stringify/sync'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { csvCell } from '../shared/harmless-cell.ts'
import { streamOf } from '../shared/http.ts'
import type { MessageKey, Translate } from '../shared/messages.ts'
import { workbookType, writeWorkbook } from '../shared/workbook.ts'
import { harmlessIn } from '../venues/national-standard.ts'
import type { Dataset, DatasetRecord, FieldType, RecordValue } from './dataset.ts'
import { licence } from './read-releases.ts'

/** The forms in which a dataset can be taken whole, and what a browser is told of each. */
export const exportTypes = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  xlsx: workbookType,
  parquet: 'application/vnd.apache.parquet',
} as const
export type ExportFormat = keyof typeof exportTypes

type Whole = { dataset: Dataset; fields: readonly string[]; records: readonly DatasetRecord[] }

/** Rows that are written at a time: a long file is never held whole beside its rows. */
const atATime = 1000

function* slicesOf(records: readonly DatasetRecord[]) {
  for (let at = 0; at < records.length; at += atATime) yield records.slice(at, at + atATime)
}

/** No formula hides in a name; telephones of venues stay as their standard has them. */
const cellOf = ({ id }: Dataset, field: string, value: RecordValue | undefined) =>
  id === 'venues' && typeof value === 'string' ? harmlessIn(field, value) : csvCell(value)

/** UTF-8, one line for each row. */
async function* csvOf({ dataset, fields, records }: Whole, delimiter: string) {
  yield stringify([[...fields]], { delimiter })
  for (const slice of slicesOf(records))
    yield stringify(
      slice.map((record) => fields.map((field) => cellOf(dataset, field, record[field]))),
      { delimiter },
    )
}

async function* jsonOf({ records }: Whole) {
  let before = '['
  for (const slice of slicesOf(records)) {
    yield before + JSON.stringify(slice).slice(1, -1)
    before = ','
  }
  yield before === '[' ? '[]' : ']'
}

function* workbookRows({ fields, records }: Whole) {
  yield fields
  for (const record of records) yield fields.map((field) => record[field] ?? '')
}

const parquetTypes = { text: 'STRING', date: 'STRING', int: 'INT32', double: 'DOUBLE' } as const satisfies Record<
  FieldType,
  string
>

function parquetOf({ dataset, fields, records }: Whole): ArrayBuffer {
  return parquetWriteBuffer({
    columnData: fields.map((name) => ({
      name,
      data: records.map((record) => record[name] ?? null),
      type: parquetTypes[dataset.fields[name]!],
    })),
  })
}

/** A dataset, or the part of it that was asked for, as a file: text piece by piece, the others as their bytes. */
export function exportOf(
  whole: Whole,
  format: ExportFormat,
  delimiter = ';',
): ReadableStream<Uint8Array> | ArrayBuffer | Uint8Array<ArrayBuffer> {
  if (format === 'csv') return streamOf(csvOf(whole, delimiter))
  if (format === 'json') return streamOf(jsonOf(whole))
  return format === 'xlsx' ? writeWorkbook(whole.dataset.id, workbookRows(whole)) : parquetOf(whole)
}

/** Table Schema (frictionless) of a dataset's CSV. */
export function datasetSchema(dataset: Dataset, t: Translate) {
  const isCounts = dataset.kind === 'counts'
  const schemaTypes: Record<FieldType, string> = { text: 'string', int: 'integer', double: 'number', date: 'date' }
  return {
    $schema: 'https://specs.frictionlessdata.io/schemas/table-schema.json',
    name: dataset.id,
    title: t(`data.table.${dataset.slug}`),
    description: t(`data.table.${dataset.slug}.says`),
    licenses: [{ name: licence.name, path: licence.url }],
    fields: Object.entries(dataset.fields).map(([name, type]) => ({
      name,
      type: schemaTypes[type],
      description: t(`data.field.${name}` as MessageKey),
      constraints: {
        required: !dataset.optional.includes(name),
        ...(isCounts && name === 'status' && { enum: ['rounded', 'secret'] }),
        ...(isCounts && name === 'value' && { minimum: 10 }),
      },
    })),
    primaryKey: dataset.key,
  }
}
