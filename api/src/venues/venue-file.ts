import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { countsOf } from './import-venues.ts'
import { lockImports } from './queries.ts'
import { type Decision, emptyReport, type ImportReport, runImport } from './run-import.ts'
import { checkFirstLine } from './standard-file.ts'
import {
  claimCheck,
  claimImport,
  endCheck,
  endImport,
  getVenueFile,
  insertVenueFile,
  type KeptReport,
  markCancelled,
  markFailed,
  markUnreadable,
  readContent,
  saveDecisions,
  tellProgress,
} from './venue-file-queries.ts'

const silentMs = 120_000
/** Work that says nothing since then was cut off, and anybody may begin it again. */
export const silentSince = (now: Date): Date => new Date(now.getTime() - silentMs)

const keptReport = ({ venues: _venues, ...report }: ImportReport): KeptReport => report
const changed = (state: string) => new AppError('conflict', `venue_import_is_${state}`, 'The import is not waiting')

/**
 * Keeps a file and checks what it would do, for a person to review. Returns its id at once, with the check that is under way. Throws as
 * `importVenues` does for what is no such file at all.
 */
export async function addVenueFile(
  ctx: Context,
  file: { name: string; bytes: Uint8Array },
): Promise<{ id: string; done: Promise<void> }> {
  const { personId } = requireRole(ctx.actor, 'coordinator')
  await checkFirstLine(file.bytes)
  const report = keptReport(emptyReport(false))
  const kept = { fileName: file.name, content: file.bytes, state: 'checking', report, addedBy: personId } as const
  const id = await ctx.transaction((tx) => insertVenueFile(tx, { ...kept, addedOn: ctx.today(), touchedAt: ctx.now() }))
  return { id, done: check(ctx, id) }
}

/** Does a check again that was cut off. Throws `forbidden`, `not_found`, `conflict` `venue_import_is_…`. */
export async function resumeCheck(ctx: Context, id: string): Promise<{ done: Promise<void> }> {
  requireRole(ctx.actor, 'coordinator')
  const { state } = await getVenueFile(ctx.db, id)
  const now = ctx.now()
  if (!(await ctx.transaction((tx) => claimCheck(tx, id, { now, silentSince: silentSince(now) })))) throw changed(state)
  return { done: check(ctx, id) }
}

async function check(ctx: Context, id: string): Promise<void> {
  try {
    const bytes = await readContent(ctx.db, id)
    const options = { today: ctx.today(), isDry: true, decide: () => 'aside', onBatch: teller(ctx, id, 'checking') }
    const report = await ctx.transaction((tx) => runImport(tx, bytes, options))
    await ctx.transaction((tx) => endCheck(tx, id, keptReport(report), ctx.now()))
  } catch (error) {
    if (error instanceof Cancelled) return
    const why = error instanceof AppError ? error.code : 'internal'
    await ctx.transaction((tx) => markUnreadable(tx, id, why, ctx.now()))
    if (!(error instanceof AppError)) throw error
  }
}

/** Somebody cancelled what is under way. */
class Cancelled extends Error {}

/** Says how far the work is, in a transaction of its own so that others see it at once, and ends it when somebody cancelled. */
const teller = (ctx: Context, id: string, work: 'checking' | 'running') => async (rowsDone: number, rows: number) => {
  const told = { work, rowsDone, rows, now: ctx.now() }
  if (!(await ctx.transaction((tx) => tellProgress(tx, id, told)))) throw new Cancelled()
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
  const isMine = await ctx.transaction((tx) => claimImport(tx, id, { now, silentSince: silentSince(now) }))
  if (!isMine) throw changed(state)
  return { done: apply(ctx, id, decisions) }
}

async function apply(ctx: Context, id: string, decisions: Record<string, Decision>): Promise<void> {
  try {
    await ctx.transaction(async (tx) => {
      await lockImports(tx)
      const bytes = await readContent(tx, id)
      const decide = (row: number) => decisions[row] ?? 'aside'
      const report = await runImport(tx, bytes, {
        today: ctx.today(),
        isDry: false,
        decide,
        onBatch: teller(ctx, id, 'running'),
      })
      if (!(await endImport(tx, id, keptReport(report), ctx.now()))) throw new Cancelled()
      await recordAudit(tx, ctx, 'venues_imported', { importId: id, ...countsOf(report) })
    })
  } catch (error) {
    if (error instanceof Cancelled) return
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
