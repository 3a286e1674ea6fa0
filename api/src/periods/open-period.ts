import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import type { Context } from '../shared/context.ts'
import type { Month } from '../shared/days.ts'
import { monthOf } from '../shared/days.ts'
import { withoutScans } from '../shared/without-scans.ts'
import { oneAtATime } from './guard.ts'
import { checkOpening, isMonthOver, type Period } from './period.ts'
import { findOpenPeriod, insertOpenPeriod, listPeriods, movePeriod, preparePartitions } from './queries.ts'

/**
 * One more than any period that database or keyring ever opened: an id is never used twice, whatever was restored. A key that
 * lies ready and was never used keeps its id.
 */
function nextPeriodId({ keyring }: Context, periods: readonly Period[]): number {
  const used = [
    ...periods.map(({ id }) => id),
    ...keyring.listOpened().map(({ id }) => id),
    ...keyring.listKeptCounts(),
  ]
  let id = Math.max(0, ...used) + 1
  while (keyring.isPeriodKeyDestroyed(id) || keyring.isAbandoned(id)) id++
  return id
}

/** Writes the next period's key to both copies and attaches its tables, so that opening it is one short step. */
export async function prepareNextPeriod(ctx: Context): Promise<number> {
  const periods = await ctx.transaction(listPeriods, 'carnet_jobs')
  const id = nextPeriodId(ctx, periods)
  ctx.keyring.createPeriodKey(id)
  await ctx.transaction((tx) => preparePartitions(tx, id), 'carnet_jobs')
  return id
}

export type Opening = {
  month: Month
  reason: 'installation' | 'month' | 'asked' | 'restored' | 'key_lost'
  /** A period that leaves the live ones in the same step, by what `also` writes. */
  without?: number
  also?: (tx: Transaction) => Promise<void>
}

/**
 * Opens the next period and, in the same step, closes the one that is open. The caller holds the guard `opening`.
 * Throws `conflict` `too_many_live_periods`.
 */
export async function openNextPeriod(ctx: Context, { month, reason, without, also }: Opening): Promise<Period> {
  const periods = await ctx.transaction(listPeriods, 'carnet_jobs')
  checkOpening(periods.filter(({ id }) => id !== without))
  const id = await prepareNextPeriod(ctx)
  return withoutScans(ctx, async (tx) => {
    await also?.(tx)
    const open = await findOpenPeriod(tx)
    if (open) await movePeriod(tx, open, 'close', { closedOn: ctx.today() })
    const opened = await insertOpenPeriod(tx, id, month, ctx.today())
    await recordAudit(tx, ctx, 'period_opened', { periodId: id, month, closed: open?.id ?? null, reason })
    // The last thing before commit: a mark without its period looks like a restored backup.
    ctx.keyring.markOpened(id, month)
    return opened
  })
}

/** The open period, opened now when there is none yet: at installation. Any number of processes may call it at once. */
export async function ensureOpenPeriod(ctx: Context): Promise<Period> {
  const open = await ctx.transaction(findOpenPeriod, 'carnet_jobs')
  if (open) return open
  return oneAtATime(
    ctx,
    'opening',
    async () =>
      (await ctx.transaction(findOpenPeriod, 'carnet_jobs')) ??
      (await openNextPeriod(ctx, { month: monthOf(ctx.today()), reason: 'installation' })),
  )
}

/**
 * Opens this month's period when the open one is of an earlier month. Null when there is nothing to do.
 * Throws `conflict` `too_many_live_periods`: the open period then stays open, and scans go on.
 */
export async function rollPeriod(ctx: Context): Promise<Period | null> {
  const isDue = async () => {
    const open = await ctx.transaction(findOpenPeriod, 'carnet_jobs')
    return open === undefined || isMonthOver(open, ctx.today())
  }
  if (!(await isDue())) return null
  return oneAtATime(ctx, 'opening', async () =>
    (await isDue()) ? openNextPeriod(ctx, { month: monthOf(ctx.today()), reason: 'month' }) : null,
  )
}
