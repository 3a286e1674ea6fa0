import { payOpenReviews } from '../payouts/review-queries.ts'
import { decideDueFolds } from '../periods/decide-folds.ts'
import { prepareNextPeriod, rollPeriod } from '../periods/open-period.ts'
import { freezingDay, isPreparingTime, type Period, sealingDays } from '../periods/period.ts'
import { listPeriods } from '../periods/queries.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { freezePeriod } from './freeze-period.ts'
import { expireAnswers } from './keep-answers.ts'
import { sealPeriod } from './seal-period.ts'
import type { SealingOptions } from './sealing-step.ts'

export type DueOptions = SealingOptions & {
  /** Day of the month after, on which statements are frozen. */
  freezesOnDay?: number
  /** Told of a step that failed; the others are still taken. */
  onFailure?: (step: string, error: unknown) => void
}

/**
 * Takes every step of a period's life that is due today, oldest first. Calling it again takes those that failed or became due.
 */
export async function runDueSteps(ctx: Context, options: DueOptions = {}): Promise<void> {
  requireOperatorOr(ctx.actor)
  const { freezesOnDay = 3, onFailure = () => {} } = options
  const today = ctx.today()
  const attempt = async (step: string, run: () => Promise<unknown>) => {
    try {
      await run()
    } catch (error) {
      onFailure(step, error)
    }
  }
  const listNow = (states: readonly Period['state'][]) =>
    ctx.transaction(async (tx) => (await listPeriods(tx)).filter(({ state }) => states.includes(state)), 'carnet_jobs')

  await attempt('open', () => rollPeriod(ctx))
  await attempt('fold', () => decideDueFolds(ctx))
  for (const { id, month, state } of await listNow(['closed', 'frozen']))
    if (state === 'frozen' || today >= freezingDay(month, freezesOnDay))
      await attempt('freeze', () => freezePeriod(ctx, id))
  for (const { id, month } of await listNow(['frozen']))
    if (today >= sealingDays(month).reviewsPaidFrom)
      await attempt('reviews', () => ctx.transaction((tx) => payOpenReviews(tx, id, today), 'carnet_jobs'))
  for (const { id, month } of await listNow(['frozen', 'sealing']))
    if (today >= sealingDays(month).from) await attempt('seal', () => sealPeriod(ctx, id, options))
  for (const period of await listNow(['sealed'])) await attempt('finish', () => finishSealing(ctx, period, options))
  // Sealing the oldest may have made room for this month's period.
  await attempt('open', () => rollPeriod(ctx))
  if (isPreparingTime(today)) await attempt('prepare', () => prepareNextPeriod(ctx))
  await attempt('expire', () => expireAnswers(ctx))
}

/**
 * A crash after the rows were dropped leaves the key. A period lost with an old database has one too: it is kept until no link
 * may live any more, in case a newer backup turns up.
 */
async function finishSealing(ctx: Context, period: Period, options: SealingOptions): Promise<void> {
  const { id, month, sealedOn, sealedAuditHash } = period
  if (sealedOn !== null && (!sealedAuditHash || !ctx.keyring.isPeriodKeyDestroyed(id)))
    await sealPeriod(ctx, id, options)
  if (sealedOn === null && ctx.today() >= sealingDays(month).until && !ctx.keyring.isPeriodKeyDestroyed(id))
    ctx.keyring.destroyPeriodKey(id)
}
