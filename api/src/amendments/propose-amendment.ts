import { recordAudit } from '../accounts/audit.ts'
import { lockCampaign } from '../campaigns/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { type AmendmentAsked, checkAmendment, needsSignatures } from './amendment.ts'
import { applyAmendment } from './apply-amendment.ts'
import { type Amendment, decideAmendment, getAmendment, insertAmendment } from './queries.ts'
import { tellFunders } from './tell-funders.ts'

/**
 * Proposes a change of what was agreed, which signs it for the coordination. A draft that nobody agreed to is cancelled at once.
 * Throws `forbidden`, `not_found`, `invalid` and `conflict` (see `checkAmendment`; `amendment_waits`: one at a time).
 */
export async function proposeAmendment(
  ctx: Context,
  campaignId: string,
  { reason, ...asked }: AmendmentAsked & { reason: string },
): Promise<Amendment> {
  const proposer = requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, campaignId)
    checkAmendment(campaign, asked, ctx.today())
    const isOpen = campaign.state === 'open' || campaign.state === 'ending'
    const amendment = await insertAmendment(tx, {
      ...{ campaignId, kind: asked.kind, reason, proposedBy: proposer.personId, proposedOn: ctx.today() },
      ...(asked.kind === 'top_up' && { budgetedBooks: asked.budgetedBooks }),
      ...(asked.kind === 'extension' && { endsOn: asked.endsOn }),
      ...(asked.kind === 'cancellation' && isOpen && { endsOn: asked.endsOn }),
    })
    if (!amendment) throw new AppError('conflict', 'amendment_waits', 'Another amendment waits for signatures')
    if (needsSignatures(campaign)) await tellFunders(tx, ctx, amendment, 'amendment_proposed')
    else await applyAmendment(tx, ctx, campaign, amendment)
    const kept = await getAmendment(tx, amendment.id)
    await recordAudit(tx, ctx, 'amendment_proposed', { campaignId, amendmentId: amendment.id, ...asked })
    return kept
  })
}

/** The coordination takes it back before the last signature. Throws `forbidden`, `not_found`, `conflict` `amendment_is_…`. */
export async function withdrawAmendment(ctx: Context, id: string): Promise<Amendment> {
  requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    const { campaignId } = await getAmendment(tx, id)
    await lockCampaign(tx, campaignId)
    const withdrawn = await decideAmendment(tx, id, { state: 'withdrawn', decidedOn: ctx.today() })
    await recordAudit(tx, ctx, 'amendment_withdrawn', { campaignId, amendmentId: id })
    return withdrawn
  })
}
