import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { countsOf } from './import-venues.ts'
import { lockImports } from './queries.ts'
import { type Decision, type ImportReport, runImport } from './run-import.ts'
import {
  claimImport,
  endImport,
  getVenueFile,
  insertVenueFile,
  type KeptReport,
  markCancelled,
  markFailed,
  readContent,
  saveDecisions,
  tellProgress,
} from './venue-file-queries.ts'

const silentMs = 120_000

const keptReport = ({ venues: _venues, ...report }: ImportReport): KeptReport => report
const changed = (state: string) => new AppError('conflict', `venue_import_is_${state}`, 'The import is not waiting')

/** Reads a file and keeps it with what it would do, for a person to review. Returns its id. Throws as `importVenues` does. */
export async function addVenueFile(ctx: Context, file: { name: string; bytes: Uint8Array }): Promise<string> {
  const { personId } = requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    const options = { today: ctx.today(), isDry: true, decide: () => 'aside' }
    const report = keptReport(await runImport(tx, file.bytes, options))
    const kept = { fileName: file.name, content: file.bytes, report, addedBy: personId }
    return insertVenueFile(tx, { ...kept, addedOn: ctx.today(), touchedAt: ctx.now() })
  })
}

/** What a person says of possible duplicates, by row: the venue it is, `new` or `aside`. Anything else is passed over. */
export async function decideDuplicates(ctx: Context, id: string, said: Record<string, Decision>): Promise<void> {
  requireRole(ctx.actor, 'coordinator')
  await ctx.transaction(async (tx) => {
    const { state, report } = await getVenueFile(tx, id)
    if (state !== 'checked' && state !== 'failed') throw changed(state)
    const allowed = report.duplicates.flatMap(({ row, candidates }) => {
      const decision = said[row]
      const known = candidates.flatMap(({ venueId }) => (venueId === null ? [] : [venueId]))
      return decision !== undefined && ['new', 'aside', ...known].includes(decision) ? [[row, decision]] : []
    })
    await saveDecisions(tx, id, Object.fromEntries(allowed))
  })
}

/**
 * Imports a reviewed file: all of it or, when it is cancelled or fails, nothing. Returns at once what is under way; whoever asks
 * twice is told `conflict` `venue_import_is_…`. Throws `forbidden`, `not_found`.
 */
export async function startVenueImport(ctx: Context, id: string): Promise<{ done: Promise<void> }> {
  requireRole(ctx.actor, 'coordinator')
  const { decisions, state } = await getVenueFile(ctx.db, id)
  const now = ctx.now()
  const silentSince = new Date(now.getTime() - silentMs)
  const isMine = await ctx.transaction((tx) => claimImport(tx, id, { now, silentSince }))
  if (!isMine) throw changed(state)
  return { done: apply(ctx, id, decisions) }
}

async function apply(ctx: Context, id: string, decisions: Record<string, Decision>): Promise<void> {
  const cancelled = new Error('cancelled')
  const onBatch = async (rowsDone: number) => {
    // In a transaction of its own: others see it at once.
    if (!(await ctx.transaction((tx) => tellProgress(tx, id, rowsDone, ctx.now())))) throw cancelled
  }
  try {
    await ctx.transaction(async (tx) => {
      await lockImports(tx)
      const bytes = await readContent(tx, id)
      const decide = (row: number) => decisions[row] ?? 'aside'
      const report = await runImport(tx, bytes, { today: ctx.today(), isDry: false, decide, onBatch })
      if (!(await endImport(tx, id, keptReport(report), ctx.now()))) throw cancelled
      await recordAudit(tx, ctx, 'venues_imported', { importId: id, ...countsOf(report) })
    })
  } catch (error) {
    if (error === cancelled) return
    const why = error instanceof AppError ? error.code : 'internal'
    await ctx.transaction((tx) => markFailed(tx, id, why, ctx.now()))
    if (!(error instanceof AppError)) throw error
  }
}

/** Before or while it runs: everything stays as it was. Throws `conflict` `venue_import_is_…` when it is over. */
export async function cancelVenueImport(ctx: Context, id: string): Promise<void> {
  requireRole(ctx.actor, 'coordinator')
  await ctx.transaction(async (tx) => {
    const { state } = await getVenueFile(tx, id)
    if (!(await markCancelled(tx, id, ctx.now()))) throw changed(state)
  })
}
