import { type Context, requireOperatorOr } from '../shared/context.ts'
import { deleteRunsBefore, type InvariantRun, insertRun } from './check-queries.ts'
import { checkInvariants } from './invariants.ts'

const keptDays = 400

/**
 * The hourly check of the money: what must be true is checked and the outcome kept, for the alarm and for everybody's page. The
 * instant says nothing of a scan. Throws `forbidden`.
 */
export async function checkMoney(ctx: Context): Promise<InvariantRun> {
  requireOperatorOr(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    const { checks } = await checkInvariants(tx)
    const brokenChecks = checks.filter(({ ok }) => !ok).map(({ name }) => name)
    const run = { ranAt: ctx.now(), brokenChecks, checkCount: checks.length }
    await insertRun(tx, run)
    await deleteRunsBefore(tx, new Date(ctx.now().getTime() - keptDays * 86_400_000))
    return run
  }, 'carnet_jobs')
}
