import { setTimeout as wait } from 'node:timers/promises'
import type { Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { tryLock } from '../shared/lock-queries.ts'

/** Work that one process does at a time. */
export type Guard = 'opening' | 'sealing' | 'monthJob' | 'releaseJob' | 'campaignsJob' | 'cleaningJob' | 'moneyJob'

const patienceMs = 30_000

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
    async (tx) => ((await tryLock(tx, guard)) ? { result: await work() } : undefined),
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
