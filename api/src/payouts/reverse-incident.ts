import { recordAudit } from '../accounts/audit.ts'
import { getPeriod } from '../periods/queries.ts'
import { reverseScanAsIncident } from '../redemptions/queries.ts'
import { whyNot } from '../redemptions/scan-story.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { postReversalAfterFreezing } from './reverse-after-freezing.ts'
import { listLivePeriods } from './statement-queries.ts'

/**
 * A coordinator undoes a scan of an organisation, as an incident, until its period is sealed: the voucher works again. When the
 * statement is frozen, the money follows in the same transaction. Undoing it again changes nothing.
 * Throws `forbidden`, `not_found`, `unavailable` `try_again`, `conflict`: `scan_was_refused`, `period_sealed`,
 * `freezing_in_progress`, `reserve_exhausted`.
 */
export async function reverseIncident(ctx: Context, scanId: string, organisationId: string): Promise<void> {
  requireRole(ctx.actor, 'coordinator')
  await ctx.transaction(async (tx) => {
    const scan = { scanId, answerMac: ctx.keyring.answerMac(scanId), organisationId }
    const { outcome, periodId, campaignId, venueId } = await reverseScanAsIncident(tx, await listLivePeriods(tx), scan)
    if (outcome === 'retry') throw new AppError('unavailable', 'try_again', 'A month just ended: try again')
    if (outcome !== 'reversed') throw whyNot(outcome)
    if (periodId === null || campaignId === null || venueId === null) return
    const { state } = await getPeriod(tx, periodId)
    if (state === 'frozen') await postReversalAfterFreezing(tx, ctx, { organisationId, venueId, campaignId, periodId })
    await recordAudit(tx, ctx, 'incident_reversed', {
      organisationId,
      campaignId,
      periodId,
      wasFrozen: state === 'frozen',
    })
  })
}
