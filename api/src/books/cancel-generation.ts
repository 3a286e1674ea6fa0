import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { stopGeneration } from './generation-progress.ts'
import { getPrintRun, type PrintRun } from './queries.ts'

/**
 * Stops the making of codes before it is over: the run is as it was, and can be made later. Throws `forbidden`, `not_found`,
 * `conflict` `generation_not_running`.
 */
export async function cancelGeneration(ctx: Context, id: string): Promise<PrintRun> {
  requireRole(ctx.actor, 'coordinator')
  const run = await getPrintRun(ctx.db, id)
  if (!stopGeneration(id)) throw new AppError('conflict', 'generation_not_running', 'No codes of it are being made')
  return run
}
