import { stringify } from 'csv-stringify/sync'
import type { Context as HonoContext } from 'hono'
import { harmless } from '../../shared/harmless-cell.ts'

type Cell = string | number | null

/** A file that a spreadsheet opens as it is: UTF-8 with its mark, semicolons in French files, no formula can hide in a cell. */
export function csvResponse(
  c: HonoContext,
  name: string,
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
): Response {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? harmless(cell) : cell)))
  const body = stringify([[...header], ...cells], { bom: true, delimiter: ';' })
  return c.body(body, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.csv"`,
  })
}
