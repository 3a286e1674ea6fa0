import { recordAudit } from '../accounts/audit.ts'
import { freezeStatements } from '../payouts/freeze-statements.ts'
import { decideFolds } from '../periods/decide-folds.ts'
import { oneAtATime } from '../periods/guard.ts'
import { type Period, stateAfter } from '../periods/period.ts'
import { getPeriod, movePeriod } from '../periods/queries.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { withoutScans } from '../shared/without-scans.ts'

/**
 * closed → frozen, then the statements of the period. A venue can undo nothing in it any more. On a frozen period it finishes
 * the statements that a crash left out. Throws `forbidden`, `not_found`, `conflict` `period_is_…`.
 */
export async function freezePeriod(ctx: Context, periodId: number): Promise<Period> {
  requireOperatorOr(ctx.actor, 'coordinator')
  const read = () => ctx.transaction((tx) => getPeriod(tx, periodId), 'carnet_jobs')
  if ((await read()).state === 'closed') await decideFolds(ctx, periodId)
  await oneAtATime(ctx, 'opening', async () => {
    const period = await read()
    if (period.state === 'frozen') return
    stateAfter(period.state, 'freeze')
    await withoutScans(ctx, async (tx) => {
      await movePeriod(tx, period, 'freeze', { frozenOn: ctx.today() })
      await recordAudit(tx, ctx, 'period_frozen', { periodId })
    })
  })
  await freezeStatements(ctx, periodId)
  return read()
}
