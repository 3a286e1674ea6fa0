import type { Database } from '@carnet/db'
import { AppError } from '../shared/errors.ts'
import type { Locale } from '../shared/messages.ts'
import { translate } from '../shared/messages.ts'
import { type CellStatus, roundingBase } from './disclosure.ts'
import { factsOf, type ReleaseTable } from './release.ts'
import {
  countTables,
  getRelease,
  listReleases,
  listRevisions,
  type Release,
  type Revision,
  type TableCount,
} from './release-queries.ts'
import { listTableRows, type TableRow } from './released-cells-queries.ts'

export const licence = {
  name: 'Licence Ouverte 2.0',
  url: 'https://www.etalab.gouv.fr/wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf',
} as const

export type DescribedRelease = Release & {
  tables: Omit<TableCount, 'releaseId'>[]
  revisions: Omit<Revision, 'releaseId'>[]
}

/** The releases with their tables and notes, in their order. */
export async function describeReleases(db: Database, releases: readonly Release[]): Promise<DescribedRelease[]> {
  const ids = releases.map(({ id }) => id)
  const [counts, revisions] = [await countTables(db, ids), await listRevisions(db, ids)]
  return releases.map((release) => ({
    ...release,
    tables: counts.filter(({ releaseId }) => releaseId === release.id).map(({ releaseId: _, ...table }) => table),
    revisions: revisions.filter(({ releaseId }) => releaseId === release.id).map(({ releaseId: _, ...note }) => note),
  }))
}

/** Newest first; `cursor` is the month of the last one that was read. */
export async function readReleases(db: Database, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const found = await listReleases(db, { before: cursor, limit: limit + 1 })
  const items = await describeReleases(db, found.slice(0, limit))
  return { items, nextCursor: found.length > limit ? items.at(-1)!.month : null }
}

export type ShownRow = TableRow & {
  /** What a reader sees: the number, or why there is none. */
  shown: string
}
export type ReadTable = { release: Release; table: ReleaseTable; rows: ShownRow[]; nextCursor: string | null }

/** The words for a count, the same in page, file and API. A territory may also be silent because a venue would stand out. */
function shownCount(
  { status, value }: { status: CellStatus | 'published'; value: number | null },
  { table, threshold, locale }: { table: ReleaseTable; threshold: number; locale: Locale },
): string {
  if (status !== 'secret' && value !== null) return String(value)
  const t = translate(locale)
  return factsOf(table).isTerritory ? t('suppressed.place') : t('suppressed', { threshold })
}

const everything = 1_000_000

/** Rows of one table of a release; all of them without a limit. Throws `not_found`: `release_not_found`, `table_not_found`. */
export async function readTable(
  db: Database,
  {
    releaseId,
    table,
    locale,
    cursor,
    limit = everything,
  }: {
    releaseId: string
    table: ReleaseTable
    locale: Locale
    cursor?: string | undefined
    limit?: number
  },
): Promise<ReadTable> {
  const release = await getRelease(db, releaseId)
  const found = await listTableRows(db, { releaseId, table, limit: limit + 1, ...(cursor ? { after: cursor } : {}) })
  if (found.length === 0 && cursor === undefined)
    throw new AppError('not_found', 'table_not_found', 'The release of this month does not hold this table')
  const rows = found
    .slice(0, limit)
    .map((row) => ({ ...row, shown: shownCount(row, { table, threshold: release.threshold, locale }) }))
  const last = rows.at(-1)
  return { release, table, rows, nextCursor: found.length > limit && last ? `${last.place} ${last.subject}` : null }
}

/** The least and the most that a value may stand for. */
export const rangeOf = (value: number, threshold: number): readonly [number, number] => [
  Math.max(threshold, value - roundingBase + 1),
  value + roundingBase - 1,
]
