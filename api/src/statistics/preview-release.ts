import { isDemo } from '../accounts/installation-queries.ts'
import { releaseDayOf } from '../calendar/calendar.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { type Day, lastDayOfMonth, type Month } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { thresholdOf } from './disclosure.ts'
import { type DescribedRelease, readReleases } from './read-releases.ts'
import { firstMonthOf, type ReleaseTable, spansToldBy, tables } from './release.ts'
import { findReleaseOfMonth, listFrame, listUnreleasedMonths, readLargestBook } from './release-queries.ts'

export type ComingMonth = { month: Month; from: Day; isDue: boolean }

const readers = ['coordinator', 'finance_approver', 'auditor'] as const

/** Months that are over and told by no release yet, oldest first. Throws `unauthenticated`, `forbidden`. */
export async function listComingReleases(ctx: Context): Promise<ComingMonth[]> {
  requireRole(ctx.actor, ...readers)
  return ctx.transaction(async (tx) => {
    const isAhead = await isDemo(tx)
    return (await listUnreleasedMonths(tx)).map((month) => {
      const from = releaseDayOf(month)
      return { month, from, isDue: isAhead || ctx.today() >= from }
    })
  }, 'carnet_jobs')
}

type TablePlan = { table: ReleaseTable; span: string; cells: number; before: DescribedRelease['tables'][number] | null }
export type ReleasePlan = ComingMonth & { threshold: number; tables: TablePlan[] }

/**
 * What the release of a month will hold, from what is public anyway: its tables, their cells, and what the last release told of
 * each. Never which cells will be silent, nor how many: asked again after one reversal, that would tell of the one use.
 * Throws `unauthenticated`, `forbidden`, `conflict` `month_not_closed`, `release_is_made`.
 */
export async function planRelease(ctx: Context, month: Month): Promise<ReleasePlan> {
  const coming = (await listComingReleases(ctx)).find((one) => one.month === month)
  if (await findReleaseOfMonth(ctx.db, month))
    throw new AppError('conflict', 'release_is_made', 'This month was published: it never changes')
  if (!coming) throw new AppError('conflict', 'month_not_closed', 'The month still receives scans, or never did')
  const { items } = await readReleases(ctx.db, { limit: 12 })
  const until = lastDayOfMonth(month)
  const spans = spansToldBy(month)
  return ctx.transaction(async (tx) => {
    const plans: TablePlan[] = []
    for (const { name: table } of tables) {
      const span = spans[table]
      if (span === undefined) continue
      const cells = (await listFrame(tx, { table, span, from: firstMonthOf(span), until })).length
      const before = items.flatMap((release) => release.tables.filter((told) => told.table === table))[0] ?? null
      plans.push({ table, span, cells, before })
    }
    return { ...coming, threshold: thresholdOf(await readLargestBook(tx, until)), tables: plans }
  }, 'carnet_jobs')
}
