import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { withoutScans } from '../shared/without-scans.ts'
import { dueEvent } from './campaign.ts'
import { type Campaign, listEndingCampaigns, lockCampaign, moveCampaign } from './queries.ts'

/**
 * Does what the calendar asks of every campaign today: open → ending the day after its last, uploads closed after the days for
 * late phones, then closed. Money follows: what is issued and no accepted scan earned expires, by a job of its own.
 * Returns the campaigns it moved. Throws `forbidden`, `unavailable` `scans_are_busy`.
 */
export async function endCampaigns(ctx: Context): Promise<Campaign[]> {
  requireOperatorOr(ctx.actor, 'coordinator')
  const moved: Campaign[] = []
  for (const campaign of await listEndingCampaigns(ctx.db)) {
    let last: Campaign | null = null
    for (let next = await moveIfDue(ctx, campaign); next; next = await moveIfDue(ctx, next)) last = next
    if (last) moved.push(last)
  }
  return moved
}

/**
 * Scans read the state: it changes while none is under way. What was read before may have changed since: an extension was signed,
 * or another process was first. Null when nothing is due. What expires is counted after (payouts/expire-unearned.ts).
 */
async function moveIfDue(ctx: Context, read: Campaign): Promise<Campaign | null> {
  const today = ctx.today()
  if (!dueEvent(read, today)) return null
  return withoutScans(ctx, async (tx) => {
    const campaign = await lockCampaign(tx, read.id)
    const event = dueEvent(campaign, today)
    if (!event) return null
    const moved = await moveCampaign(tx, campaign, event, {
      ...(event === 'close_uploads' && { uploadsClosedOn: today }),
      ...(event === 'close' && { closedOn: today }),
    })
    await recordAudit(tx, ctx, `campaign_${moved.state}`, { campaignId: campaign.id })
    return moved
  })
}
