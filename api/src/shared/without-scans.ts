import { setTimeout as wait } from 'node:timers/promises'
import type { Transaction } from '@carnet/db'
import type { Context } from './context.ts'
import { AppError } from './errors.ts'
import { isLockTimeout, lockOutScans } from './lock-queries.ts'

const attempts = 20

/**
 * One short transaction in which no scan is under way: it changes a state that scans read, and nothing else. It waits half a
 * second for the scans in flight, then lets those that queue behind it pass and tries again.
 */
export async function withoutScans<Result>(ctx: Context, step: (tx: Transaction) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ctx.transaction(async (tx) => {
        await lockOutScans(tx)
        return step(tx)
      }, 'carnet_jobs')
    } catch (error) {
      if (!isLockTimeout(error)) throw error
      if (attempt === attempts)
        throw new AppError('unavailable', 'scans_are_busy', 'A scan does not end: try again in a minute')
      await wait(100 * attempt)
    }
  }
}
