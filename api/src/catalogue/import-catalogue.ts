import { type Context, requireRole } from '../shared/context.ts'
import type { CatalogueContent } from './catalogue-content.ts'
import { type CellProblem, contentOf, findProblems } from './catalogue-rows.ts'
import { type Blocker, blockersOf } from './catalogue-version.ts'
import { type CatalogueServiceRow, findPublishedVersion, listServices } from './queries.ts'
import { type CatalogueFile, readCatalogueFile } from './read-catalogue-file.ts'
import { writeCatalogueCsv } from './write-catalogue.ts'

export type ImportPreview = Pick<CatalogueFile, 'kind' | 'encoding' | 'ignored'> & {
  rows: number
  problems: CellProblem[]
  /** What it would be, as a file to draft from; null while a cell is wrong. */
  draft: { csv: string; content: CatalogueContent } | null
  /** The version that it is compared with, and what would keep it from being published. */
  current: { number: number; services: CatalogueServiceRow[] } | null
  blockers: Blocker[]
}

/** Reads a file and says what it would change; nothing is written. Throws `forbidden`, `invalid` (see `readCatalogueFile`). */
export async function previewImport(ctx: Context, bytes: Uint8Array): Promise<ImportPreview> {
  requireRole(ctx.actor, 'coordinator')
  const { rows, ...file } = readCatalogueFile(bytes)
  const problems = findProblems(rows)
  const content = problems.length === 0 && rows.length > 0 ? contentOf(rows) : null
  const published = await findPublishedVersion(ctx.db)
  const services = published ? await listServices(ctx.db, published.id) : []
  return {
    ...file,
    rows: rows.length,
    problems,
    draft: content && { csv: writeCatalogueCsv(content), content },
    current: published ? { number: published.number, services } : null,
    blockers: content ? blockersOf(content.services, services) : [],
  }
}
