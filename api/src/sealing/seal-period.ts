import { createHash } from 'node:crypto'
import { recordAudit } from '../accounts/audit.ts'
import { isDemo } from '../accounts/installation-queries.ts'
import { countOpenReviews } from '../payouts/review-queries.ts'
import { listOrganisationsToFreeze } from '../payouts/statement-queries.ts'
import { oneAtATime } from '../periods/guard.ts'
import { type Period, sealingDays, stateAfter } from '../periods/period.ts'
import { getPeriod, listPeriods, movePeriod } from '../periods/queries.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { withoutScans } from '../shared/without-scans.ts'
import { addPeriodToCells } from './count-cells.ts'
import { dropRows } from './drop-rows.ts'
import { keepAnswers } from './keep-answers.ts'
import { keepRecord, readRecord } from './keep-record.ts'
import { markSpent } from './mark-spent.ts'
import { listSealedCampaigns, noteSealingProof } from './queries.ts'
import type { SealingOptions } from './sealing-step.ts'

/**
 * Turns a frozen period into counts and destroys what ties its scans to vouchers. Seven steps, each of its own transactions;
 * after a crash the same call goes on where it stopped. No lock between the first and the sixth: nothing writes to the period
 * any more. From the 31st day after the month's end (in the demo at any time), the oldest period first.
 * Throws `forbidden`, `not_found`, `unavailable`, `conflict`: `period_is_…`, `too_early`, `older_period_first`,
 * `statements_not_frozen`, `reviews_open`, `sealing_counts_differ`.
 */
export async function sealPeriod(ctx: Context, periodId: number, options: SealingOptions = {}): Promise<Period> {
  requireOperatorOr(ctx.actor, 'coordinator')
  return oneAtATime(ctx, 'sealing', async () => {
    const at = options.at ?? (() => {})
    const read = () => ctx.transaction((tx) => getPeriod(tx, periodId), 'carnet_jobs')
    let period = await read()
    if (period.state === 'sealed' && period.sealedOn === null) stateAfter(period.state, 'seal')
    if (period.state !== 'sealing' && period.state !== 'sealed') {
      period = await startSealing(ctx, period)
      at('started')
    }
    if (period.state === 'sealing') {
      await markSpent(ctx, period, at)
      at('vouchers_marked')
      await addPeriodToCells(ctx, period)
      at('cells_counted')
      await ctx.transaction((tx) => keepAnswers(tx, ctx, periodId), 'carnet_jobs')
      at('answers_kept')
      await keepRecord(ctx, period, at)
      await dropRows(ctx, periodId, ctx.today(), options)
      at('rows_dropped')
    }
    // The tombstone stays, so that no copy of the key comes back. Other processes lose it when they next read the keyring.
    ctx.keyring.destroyPeriodKey(periodId)
    at('key_destroyed')
    await proveSealing(ctx, await read())
    return read()
  })
}

async function startSealing(ctx: Context, period: Period): Promise<Period> {
  await ctx.transaction(async (tx) => {
    stateAfter(period.state, 'seal')
    const { from } = sealingDays(period.month)
    if (ctx.today() < from && !(await isDemo(tx)))
      throw new AppError('conflict', 'too_early', `Not before ${from}`, { from })
    const older = (await listPeriods(tx)).find(({ id, state }) => id < period.id && state !== 'sealed')
    if (older)
      throw new AppError('conflict', 'older_period_first', `Seal period ${older.id} first`, { periodId: older.id })
    const missing = (await listOrganisationsToFreeze(tx, period.id)).length
    if (missing > 0)
      throw new AppError('conflict', 'statements_not_frozen', 'Some statements are not frozen', { missing })
    const open = await countOpenReviews(tx, period.id)
    if (open > 0) throw new AppError('conflict', 'reviews_open', 'Some reviews are not decided', { open })
  }, 'carnet_jobs')
  ctx.keyring.reread()
  if (!period.isAbandoned && !ctx.keyring.hasPeriodKey(period.id))
    throw new AppError(
      'unavailable',
      'period_key_missing',
      `The key of period ${period.id} is in neither copy of the keyring`,
    )
  return withoutScans(ctx, (tx) => movePeriod(tx, period, 'seal'))
}

/** Once: the line in the audit log whose hash the public page shows. */
export async function proveSealing(ctx: Context, period: Period): Promise<void> {
  if (period.sealedAuditHash) return
  await ctx.transaction(async (tx) => {
    const campaigns = await listSealedCampaigns(tx, period.id)
    const record = JSON.stringify(readRecord(ctx, period.id) ?? null)
    await recordAudit(tx, ctx, 'period_sealed', {
      periodId: period.id,
      month: period.month,
      campaigns: campaigns.length,
      redemptions: campaigns.reduce((total, { acceptedCount }) => total + acceptedCount, 0),
      recordSha256: createHash('sha256').update(record).digest('hex'),
    })
    await noteSealingProof(tx, period.id)
  }, 'carnet_jobs')
}
