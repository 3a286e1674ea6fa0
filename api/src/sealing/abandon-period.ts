import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { oneAtATime } from '../periods/guard.ts'
import { openNextPeriod } from '../periods/open-period.ts'
import {
  confirmAbandonment,
  findAbandonment,
  getPeriod,
  giveUpPeriod,
  insertAbandonment,
  measureExposure,
} from '../periods/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { monthOf } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { type Cents, sumCents, timesCents } from '../shared/money.ts'
import { withoutScans } from '../shared/without-scans.ts'
import { keepAnswers } from './keep-answers.ts'

export type Abandonment = {
  periodId: number
  state: 'proposed' | 'abandoned'
  /** Vouchers of the period that can be used once more, and what that may cost. */
  redemptions: number
  exposureCents: Cents
}

/**
 * The way out when both copies of a live period's key are lost. The first person proposes, a second one does it: the period is
 * then paid from its rows, its vouchers are good again, and scans go on. Throws `forbidden`, `not_found`, `conflict`:
 * `period_is_sealed`, `period_key_present`, `period_is_abandoned`, `same_person`.
 */
export async function abandonPeriod(ctx: Context, periodId: number): Promise<Abandonment> {
  const person = requireRole(ctx.actor, 'coordinator', 'finance_approver')
  ctx.keyring.reread()
  return oneAtATime(ctx, 'opening', async () => {
    const proposal = await ctx.transaction(async (tx) => {
      const period = await getPeriod(tx, periodId)
      if (period.state === 'sealed') throw new AppError('conflict', 'period_is_sealed', 'It needs no key any more')
      if (period.isAbandoned) throw new AppError('conflict', 'period_is_abandoned', 'It was given up before')
      if (ctx.keyring.hasPeriodKey(periodId))
        throw new AppError('conflict', 'period_key_present', 'Its key is in the keyring: nothing is lost')
      return findAbandonment(tx, periodId)
    }, 'carnet_jobs')
    if (proposal?.proposedBy === person.personId)
      throw new AppError('forbidden', 'same_person', 'Someone else must confirm')

    const exposure = await measure(ctx, periodId)
    await ctx.transaction(async (tx) => {
      if (proposal) await confirmAbandonment(tx, periodId, person.personId, ctx.today())
      else await insertAbandonment(tx, periodId, person.personId, ctx.today())
      await recordAudit(tx, ctx, proposal ? 'period_abandoned' : 'period_abandonment_proposed', {
        periodId,
        ...exposure,
      })
    }, 'carnet_jobs')
    if (proposal) await applyAbandonment(ctx, periodId)
    return { periodId, state: proposal ? 'abandoned' : 'proposed', ...exposure }
  })
}

async function measure(ctx: Context, periodId: number) {
  const campaigns = await ctx.transaction((tx) => measureExposure(tx, periodId), 'carnet_jobs')
  return {
    redemptions: campaigns.reduce((total, campaign) => total + campaign.redemptions, 0),
    exposureCents: sumCents(
      campaigns.map(({ redemptions, faceValueCents }) => timesCents(redemptions, faceValueCents)),
    ),
  }
}

/**
 * Takes the period out of the live ones, with the answers of its receipts kept in the same step: a replay is told its first
 * outcome and not accepted once more. Scans wait meanwhile, which they did anyway without the key. Can be repeated.
 */
export async function applyAbandonment(ctx: Context, periodId: number): Promise<void> {
  ctx.keyring.markAbandoned(periodId)
  const period = await ctx.transaction((tx) => getPeriod(tx, periodId), 'carnet_jobs')
  const giveUp = async (tx: Transaction) => {
    await keepAnswers(tx, ctx, periodId)
    await giveUpPeriod(tx, periodId)
  }
  if (period.state === 'open')
    await openNextPeriod(ctx, { month: monthOf(ctx.today()), reason: 'key_lost', without: periodId, also: giveUp })
  else await withoutScans(ctx, giveUp)
}
