import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { withoutScans } from '../shared/without-scans.ts'
import { type CampaignEvent, dueEvent } from './campaign.ts'
import { type Campaign, listEndingCampaigns, moveCampaign } from './queries.ts'

/**
 * Does what the calendar asks of every campaign today: open → ending the day after its last, uploads closed after the days for
 * late phones, then closed. Money follows: what is issued and no accepted scan earned expires, by a job of its own.
 * Returns the campaigns it moved. Throws `forbidden`, `unavailable` `scans_are_busy`.
 */
export async function endCampaigns(ctx: Context): Promise<Campaign[]> {
  requireOperatorOr(ctx.actor, 'coordinator')
  const moved: Campaign[] = []
  for (const campaign of await listEndingCampaigns(ctx.db)) {
    const after = await endCampaign(ctx, campaign)
    if (after.state !== campaign.state) moved.push(after)
  }
  return moved
}

async function endCampaign(ctx: Context, campaign: Campaign): Promise<Campaign> {
  let current = campaign
  for (let event = dueEvent(current, ctx.today()); event; event = dueEvent(current, ctx.today()))
    current = await move(ctx, current, event)
  return current
}

/** Scans read the state: it changes while none is under way. What expires is counted after (payouts/expire-unearned.ts). */
async function move(ctx: Context, campaign: Campaign, event: CampaignEvent): Promise<Campaign> {
  const today = ctx.today()
  const dates = {
    ...(event === 'close_uploads' && { uploadsClosedOn: today }),
    ...(event === 'close' && { closedOn: today }),
  }
  return withoutScans(ctx, async (tx) => {
    const moved = await moveCampaign(tx, campaign, event, dates)
    await recordAudit(tx, ctx, `campaign_${moved.state}`, { campaignId: campaign.id })
    return moved
  })
}
