import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { lockImports } from './queries.ts'
import { type ImportReport, runImport } from './run-import.ts'

/**
 * Imports a file of the national standard: venues by `id`, organisations by SIRET. Rows with a wrong cell are left out and told
 * cell by cell; places that may be known already are told, and left out too when `duplicates` is `aside`. Without `commit` nothing
 * is written and the report is the same. Throws `forbidden`, `invalid` (see `readStandardRows`).
 */
export async function importVenues(
  ctx: Context,
  file: string | Uint8Array,
  { commit, duplicates = 'add' }: { commit: boolean; duplicates?: 'add' | 'aside' },
): Promise<ImportReport> {
  requireOperatorOr(ctx.actor, 'coordinator')
  const bytes = typeof file === 'string' ? Buffer.from(file) : file
  const decide = () => (duplicates === 'add' ? 'new' : 'aside')
  return ctx.transaction(async (tx) => {
    await lockImports(tx)
    const report = await runImport(tx, bytes, { today: ctx.today(), isDry: !commit, decide })
    if (commit) await recordAudit(tx, ctx, 'venues_imported', countsOf(report))
    return report
  })
}

/** The figures of a report, for the audit log: no name, no address. */
export function countsOf({ venues: _venues, errors: _errors, duplicates: _duplicates, ...counts }: ImportReport) {
  return counts
}
