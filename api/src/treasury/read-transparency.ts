import { nextReleaseOn, releaseDayOf } from '../calendar/calendar.ts'
import { findLastBroken, type InvariantRun, listRuns } from '../payouts/check-queries.ts'
import type { Context } from '../shared/context.ts'
import { addDays, addMonths, type Day, monthOf } from '../shared/days.ts'
import { listReconciliations, type Reconciliation } from './file-queries.ts'
import { type PoolOn, poolsOnDays, type Sums, sumPools } from './pool.ts'
import { type FunderOfPool, listFundersOfPools, listPoolMoves } from './pool-queries.ts'

export type Transparency = {
  /** The evening that is told of; null before the first one. */
  asOf: Day | null
  /** When the next figures come out. */
  nextOn: Day
  pools: PoolOn[]
  funders: FunderOfPool[]
  accounts: Reconciliation[]
  /** Every evening that was told of, newest first. */
  history: { on: Day; sums: Sums }[]
  /** The last hourly check, and the last that found something wrong. */
  lastRun: InvariantRun | undefined
  lastBroken: InvariantRun | undefined
}

const monthsTold = 12

/** The evenings before the last releases, oldest first: what they hold never changes any more. */
export function toldEvenings(today: Day): Day[] {
  const months = Array.from({ length: monthsTold + 1 }, (_, ago) => addMonths(monthOf(today), -ago - 1))
  const released = months.map(releaseDayOf).filter((day) => day <= today)
  return released
    .slice(0, monthsTold)
    .map((day) => addDays(day, -1))
    .reverse()
}

/**
 * Can they pay? What lay in the bank and what for, on the evening before the last release of statistics, or before an earlier
 * one that is asked for. Scans reach these sums only when a month is frozen, and the page changes once a month, so that no
 * figure follows what happens at a venue. Read as the operator: it gives sums of whole campaigns, and nothing else.
 */
export async function readTransparency(ctx: Context, asked?: string): Promise<Transparency> {
  const days = toldEvenings(ctx.today())
  return ctx.transaction(async (tx) => {
    const told = poolsOnDays(await listPoolMoves(tx, days), days).filter(({ pools }) => pools.length > 0)
    const shown = told.find(({ on }) => on === asked) ?? told.at(-1)
    const pools = shown?.pools ?? []
    return {
      ...{ asOf: shown?.on ?? null, nextOn: nextReleaseOn(addDays(ctx.today(), 1)), pools },
      funders: await listFundersOfPools(
        tx,
        pools.flatMap(({ campaignId }) => campaignId ?? []),
      ),
      accounts: shown ? await listReconciliations(tx, shown.on) : [],
      history: told.map(({ on, pools: then }) => ({ on, sums: sumPools(then) })).reverse(),
      lastRun: (await listRuns(tx, 1))[0],
      lastBroken: await findLastBroken(tx),
    }
  }, 'carnet_jobs')
}
