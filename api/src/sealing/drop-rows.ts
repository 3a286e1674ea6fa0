import { setTimeout as wait } from 'node:timers/promises'
import { dropPartitions } from '../periods/queries.ts'
import type { Context } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { isLockTimeout } from '../shared/lock-queries.ts'
import { rewriteCells } from './cell-queries.ts'
import type { SealingOptions } from './sealing-step.ts'

/**
 * Writes the totals anew, so that their file tells of no earlier ones, and drops the period's tables, which makes it sealed. Each
 * try waits half a second at most, so that scans never wait long behind a backup that is reading. Throws `unavailable` when the
 * reader does not end in time.
 */
export async function dropRows(ctx: Context, periodId: number, sealedOn: Day, options: SealingOptions): Promise<void> {
  const { retryEveryMs = 30_000, giveUpAfterMs = 3_600_000 } = options
  for (let waitedMs = 0; ; waitedMs += retryEveryMs) {
    try {
      await ctx.transaction(rewriteCells, 'carnet_jobs')
      return await ctx.transaction((tx) => dropPartitions(tx, periodId, sealedOn), 'carnet_jobs')
    } catch (error) {
      if (!isLockTimeout(error)) throw error
      if (waitedMs >= giveUpAfterMs)
        throw new AppError(
          'unavailable',
          'sealing_waits',
          'A backup or a report is reading the scans: sealing goes on later',
        )
      await wait(retryEveryMs)
    }
  }
}
