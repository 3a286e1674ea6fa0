import { type Actor, type Context, type Person, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { type Campaign, getCampaign, listParts } from './queries.ts'

/** Those who serve the scheme read every campaign, a funder its own. Throws `unauthenticated`, `forbidden`. */
export const requireCampaignReader = (actor: Actor): Person =>
  requireRole(actor, 'coordinator', 'finance_approver', 'auditor', 'funder')

/** A campaign that the actor may read. Throws `unauthenticated`, `forbidden`, `not_found` (also for another funder's). */
export async function readCampaign(ctx: Context, id: string): Promise<Campaign> {
  const { tenantId } = requireCampaignReader(ctx.actor)
  const campaign = await getCampaign(ctx.db, id)
  const isOwn = tenantId === null || (await listParts(ctx.db, id)).some((part) => part.funderId === tenantId)
  if (!isOwn) throw new AppError('not_found', 'campaign_not_found', 'There is no such campaign')
  return campaign
}
