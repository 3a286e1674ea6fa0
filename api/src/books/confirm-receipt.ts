import { recordAudit } from '../accounts/audit.ts'
import { isDemo } from '../accounts/installation-queries.ts'
import { type Context, requireOperatorOr, requireRole } from '../shared/context.ts'
import { addDays } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { daysToConfirm, isGenerated } from './print-run.ts'
import { confirmPrintRun, listConfirmedRuns, lockPrintRun, type PrintRun } from './queries.ts'

/**
 * The requester holds the print file: the key of the run is destroyed, and nobody makes its codes again. In the demo the key
 * stays. Confirming twice changes nothing. Throws `forbidden` (`not_the_requester`), `not_found`, `conflict` `print_run_is_…`.
 */
export async function confirmReceipt(ctx: Context, id: string): Promise<PrintRun> {
  const requester = requireRole(ctx.actor, 'coordinator')
  const confirmed = await ctx.transaction(async (tx) => {
    const run = await lockPrintRun(tx, id)
    if (run.requestedBy !== requester.personId)
      throw new AppError('forbidden', 'not_the_requester', 'Who asked for the run confirms that the file came')
    if (!isGenerated(run.state)) throw new AppError('conflict', `print_run_is_${run.state}`, 'It has no print file')
    if (run.receiptConfirmedOn) return run
    const done = await confirmPrintRun(tx, id, ctx.today())
    await recordAudit(tx, ctx, 'print_run_received', { printRunId: id })
    return done
  })
  if (!(await isDemo(ctx.db))) ctx.keyring.destroyRunKey(id)
  return confirmed
}

/**
 * Destroys the keys of runs that were received, should a crash have left one, and of those that nobody confirmed in time.
 * Returns the runs. In the demo it destroys nothing. Throws `forbidden`.
 */
export async function destroyLateRunKeys(ctx: Context): Promise<string[]> {
  requireOperatorOr(ctx.actor, 'coordinator')
  if (await isDemo(ctx.db)) return []
  ctx.keyring.reread()
  const kept = ctx.keyring.listRunKeys().map(({ runId }) => runId)
  const confirmed = await listConfirmedRuns(ctx.db, kept)
  for (const runId of confirmed) ctx.keyring.destroyRunKey(runId)
  return [...confirmed, ...ctx.keyring.destroyRunKeysBefore(addDays(ctx.today(), -daysToConfirm))]
}
