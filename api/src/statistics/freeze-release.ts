import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { isDemo } from '../accounts/installation-queries.ts'
import { releaseDayOf } from '../calendar/calendar.ts'
import { decideFolds } from '../periods/decide-folds.ts'
import { oneAtATime } from '../periods/guard.ts'
import { listPeriods } from '../periods/queries.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { lastDayOfMonth, type Month } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { type CountedCell, countRelease } from './count-release.ts'
import { tellCell, thresholdOf } from './disclosure.ts'
import { factsOf, fingerprintOf, type ReleaseCell } from './release.ts'
import {
  findReleaseOfMonth,
  insertRelease,
  insertReleaseCells,
  listUnreleasedMonths,
  type Release,
  readLargestBook,
} from './release-queries.ts'

/**
 * Publishes a month, once and for ever: asked again, the same release comes back. From the 10th of the next month (in the demo
 * as soon as the month is closed), and not while the month is being sealed, so that nothing is counted twice.
 * Throws `unauthenticated`, `forbidden`, `conflict`: `month_not_closed`, `too_early`; `unavailable`.
 */
export async function freezeRelease(ctx: Context, month: Month): Promise<Release> {
  requireOperatorOr(ctx.actor, 'coordinator')
  const known = await findReleaseOfMonth(ctx.db, month)
  if (known) return known
  await ctx.transaction((tx) => checkIsDue(tx, ctx, month), 'carnet_jobs')
  // A campaign without a fold would be in no count.
  const periods = await ctx.transaction(listPeriods, 'carnet_jobs')
  for (const { id, state } of periods) if (state !== 'open' && state !== 'sealed') await decideFolds(ctx, id)
  await oneAtATime(ctx, 'sealing', () => ctx.transaction((tx) => writeRelease(tx, ctx, month), 'carnet_jobs'))
  return (await findReleaseOfMonth(ctx.db, month))!
}

async function checkIsDue(tx: Transaction, ctx: Context, month: Month): Promise<void> {
  if (!(await listUnreleasedMonths(tx)).includes(month) && !(await findReleaseOfMonth(tx, month)))
    throw new AppError('conflict', 'month_not_closed', 'The month still receives scans, or never did')
  const from = releaseDayOf(month)
  if (ctx.today() < from && !(await isDemo(tx)))
    throw new AppError('conflict', 'too_early', `Not before ${from}`, { from })
}

async function writeRelease(tx: Transaction, ctx: Context, month: Month): Promise<void> {
  const threshold = thresholdOf(await readLargestBook(tx, lastDayOfMonth(month)))
  const cells = (await countRelease(tx, month)).map((cell) => discloseCell(ctx, cell, threshold))
  const sha256 = fingerprintOf(cells)
  const id = await insertRelease(tx, { month, frozenOn: ctx.today(), sha256, threshold })
  if (id === undefined) return
  await insertReleaseCells(tx, id, cells)
  await recordAudit(tx, ctx, 'release_frozen', { month, sha256: sha256.toString('hex'), cells: cells.length })
}

function discloseCell(ctx: Context, cell: CountedCell, threshold: number): ReleaseCell {
  const { table, place, subject, span, redemptions: count, cellKey, usesByVenue } = cell
  const draw = ctx.keyring.releaseDraw(cellKey)
  const told = tellCell({ count, draw, threshold, ...(factsOf(table).isTerritory ? { usesByVenue } : {}) })
  return { table, place, subject, span, ...told }
}

/** Publishes every month whose day has come, oldest first: a job, which makes up for the days when it did not run. */
export async function freezeDueReleases(ctx: Context): Promise<void> {
  requireOperatorOr(ctx.actor)
  const months = await ctx.transaction(listUnreleasedMonths, 'carnet_jobs')
  for (const month of months) if (releaseDayOf(month) <= ctx.today()) await freezeRelease(ctx, month)
}
