import { findLastBroken, type InvariantRun, listRuns } from '../payouts/check-queries.ts'
import type { Context } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { listPoolsOn, type PoolOn } from './balance-queries.ts'
import { listReconciliations, type Reconciliation } from './file-queries.ts'

export type Transparency = {
  asOf: Day
  pools: PoolOn[]
  accounts: Reconciliation[]
  /** The last hourly check, and the last that found something wrong. */
  lastRun: InvariantRun | undefined
  lastBroken: InvariantRun | undefined
}

/**
 * Can they pay? What lies in the bank and what for, for everybody. Scans reach these sums only when a month is frozen, so no figure
 * follows what happens at a venue. Read as the operator: it gives sums of whole campaigns, and nothing else.
 */
export async function readTransparency(ctx: Context): Promise<Transparency> {
  const asOf = ctx.today()
  return ctx.transaction(async (tx) => {
    return {
      asOf,
      pools: await listPoolsOn(tx, asOf),
      accounts: await listReconciliations(tx),
      lastRun: (await listRuns(tx, 1))[0],
      lastBroken: await findLastBroken(tx),
    }
  }, 'carnet_jobs')
}
