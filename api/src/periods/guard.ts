import { setTimeout as wait } from 'node:timers/promises'
import type { Transaction } from '@carnet/db'
import type { Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { isLockTimeout, lockPeriods, tryGuard } from './queries.ts'

/** Work that one process does at a time. Advisory lock keys of the database: 7201 to 7203 and 7206 are taken. */
const guards = { opening: 7204, sealing: 7205, jobs: 7207 } as const
export type Guard = keyof typeof guards

const patienceMs = 30_000
const attempts = 20

/**
 * Runs `work` while no other process runs work of the same name; undefined when one does. The guard is a transaction of its own
 * that holds no snapshot. It is tried and never waited for: callers that wait on a connection could use up the pool.
 */
export async function whenFree<Result>(
  ctx: Context,
  guard: Guard,
  work: () => Promise<Result>,
): Promise<{ result: Result } | undefined> {
  return ctx.transaction(
    async (tx) => ((await tryGuard(tx, guards[guard])) ? { result: await work() } : undefined),
    'carnet_jobs',
  )
}

/** Waits for its turn, at most 30 s. Throws `unavailable`. */
export async function oneAtATime<Result>(ctx: Context, guard: Guard, work: () => Promise<Result>): Promise<Result> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 100) {
    const done = await whenFree(ctx, guard, work)
    if (done) return done.result
    await wait(100)
  }
  throw new AppError('unavailable', 'period_is_busy', 'Another step of a period is under way: try again in a minute')
}

/**
 * One short transaction alone with the periods. It waits half a second for the scans in flight, then lets those that queue
 * behind it pass and tries again: no scan waits longer than that.
 */
export async function alone<Result>(ctx: Context, step: (tx: Transaction) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ctx.transaction(async (tx) => {
        await lockPeriods(tx)
        return step(tx)
      }, 'carnet_jobs')
    } catch (error) {
      if (!isLockTimeout(error)) throw error
      if (attempt === attempts)
        throw new AppError('unavailable', 'period_is_busy', 'A scan does not end: try again in a minute')
      await wait(100 * attempt)
    }
  }
}
