import { recordAudit } from '../accounts/audit.ts'
import { listParts, lockCampaign } from '../campaigns/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { checkSigner } from './amendment.ts'
import { applyAmendment } from './apply-amendment.ts'
import { type Amendment, alreadyDecided, getAmendment, insertAmendmentSignature, listSignatures } from './queries.ts'
import { tellFunders } from './tell-funders.ts'

/**
 * A funder signs; the last signature makes it so: dates and budget change, money for more books is called. Throws `forbidden` (role,
 * `same_person`), `not_found` (also for another's campaign), `conflict` (`amendment_is_…`, `signed_already`, and see
 * `checkAmendment`: what was possible when it was proposed may no longer be).
 */
export async function signAmendment(ctx: Context, id: string): Promise<Amendment> {
  const signer = requireRole(ctx.actor, 'funder')
  const funderId = signer.tenantId ?? ''
  const { campaignId } = await getAmendment(ctx.db, id)
  if (!(await listParts(ctx.db, campaignId)).some((part) => part.funderId === funderId))
    throw new AppError('not_found', 'amendment_not_found', 'There is no such amendment')
  // As the scheme's own: the last signature changes what no funder may change alone.
  return ctx.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, campaignId)
    const amendment = await getAmendment(tx, id)
    if (amendment.state !== 'proposed') throw alreadyDecided(amendment)
    checkSigner(amendment, signer.personId)
    const signature = { amendmentId: id, campaignId, funderId, signedBy: signer.personId, signedOn: ctx.today() }
    if (!(await insertAmendmentSignature(tx, signature)))
      throw new AppError('conflict', 'signed_already', 'This funder has signed it')
    const signed = new Set((await listSignatures(tx, id)).map((one) => one.funderId))
    const isLast = (await listParts(tx, campaignId)).every((part) => signed.has(part.funderId))
    if (isLast) {
      await applyAmendment(tx, ctx, campaign, amendment)
      await tellFunders(tx, ctx, amendment, 'amendment_agreed')
    }
    const kept = await getAmendment(tx, id)
    await recordAudit(tx, ctx, 'amendment_signed', { campaignId, amendmentId: id, funderId, isLast })
    return kept
  }, 'carnet_jobs')
}
