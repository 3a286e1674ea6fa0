import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import * as schema from '../index.ts'
import { agreements } from './agreements.ts'
import { money } from './money.ts'
import { people } from './people.ts'
import { scans } from './scans.ts'
import { scheme } from './scheme.ts'
import { type About, type Inventory, type TableLines, words } from './words.ts'

/** Every table, in the order of the document: what is near a scan first. */
export const chapters: Record<string, Inventory> = {
  'Vouchers, scans and what is left of them': scans,
  'People who work in the scheme, and phones': people,
  'Who takes part, and in what': { ...scheme, ...agreements },
  Money: money,
}

/** Tables of the schema with the names of their columns. */
export function tablesOfSchema(): Map<string, string[]> {
  const tables = Object.values(schema).filter((value) => is(value, PgTable))
  return new Map(
    tables.map((table) => {
      const { name, columns } = getTableConfig(table)
      return [name, columns.map((column) => column.name)] as const
    }),
  )
}

/** Why a column exists: its own line, or the word that is common to all tables. */
export const lineOf = (table: TableLines, column: string): string | undefined =>
  table.columns?.[column] ?? words[column]

const aboutWords: Record<About, string> = {
  nobody: 'nobody',
  use: 'one use of a voucher, by nobody',
  voucher: 'a voucher, held by nobody we know',
  organisation: 'an organisation',
  worker: 'people who work in the scheme',
}

const sqlName = (column: string) => column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const inTable = (text: string) => text.replaceAll('|', '\\|')

/** docs/data-inventory.md. */
export function inventoryDocument(): string {
  const columnsOf = tablesOfSchema()
  const lines = Object.entries(chapters).flatMap(([title, tables]) => [
    `## ${title}\n`,
    ...Object.entries(tables).flatMap(([name, table]) => [
      `### ${name}\n`,
      `${table.why}. Kept: ${table.until}. Tells of: ${aboutWords[table.about]}.\n`,
      '| column | why |\n|---|---|',
      ...(columnsOf.get(name) ?? []).map(
        (column) => `| \`${sqlName(column)}\` | ${inTable(lineOf(table, column) ?? '')} |`,
      ),
      '',
    ]),
  ])
  const head = [
    '# Data inventory\n',
    'Every table and column of the database: why it exists, and how long it is kept. Made from the schema by `npm run docs:inventory`; a test',
    'fails when a column has no line, when a line has no column, or when this file is not what the schema says.\n',
    'There is no table of beneficiaries. What lies outside the database: the keyring (keys, the list of spent vouchers, the totals of sealed',
    'months), the phones’ own queues, and backups (docs/backup.md).\n',
  ]
  return [...head, ...lines].join('\n').trimEnd().concat('\n')
}
