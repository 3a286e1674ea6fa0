import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { expiringVouchers } from '../ledger/decisions.ts'
import { validityEnded } from '../ledger/events.ts'
import { post } from '../ledger/ledger.ts'
import { listBalances, lockPayingAccounts } from '../ledger/queries.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { cents } from '../shared/money.ts'
import { type CampaignEvent, dueEvent } from './campaign.ts'
import { countAcceptedNotFrozen } from './ending-queries.ts'
import { type Campaign, finishClosing, getCampaign, listEndingCampaigns, listParts, moveCampaign } from './queries.ts'
import { withoutScans } from './without-scans.ts'

/**
 * Does what the calendar asks of every campaign today: open → ending the day after its last, uploads closed after the days
 * for late phones, then closed, and what no accepted scan earned expires. A run that was interrupted is finished by the next.
 * Returns the campaigns it moved. Throws `forbidden`, `unavailable` `scans_are_busy`.
 */
export async function endCampaigns(ctx: Context): Promise<Campaign[]> {
  requireOperatorOr(ctx.actor, 'coordinator')
  const moved: Campaign[] = []
  for (const { id } of await listEndingCampaigns(ctx.db)) {
    const before = await getCampaign(ctx.db, id)
    const after = await endCampaign(ctx, before)
    if (after.state !== before.state || after.closedOn !== before.closedOn) moved.push(after)
  }
  return moved
}

async function endCampaign(ctx: Context, campaign: Campaign): Promise<Campaign> {
  let current = campaign
  for (let event = dueEvent(current, ctx.today()); event; event = dueEvent(current, ctx.today()))
    current = await move(ctx, current, event)
  if (current.state === 'closed' && current.closedOn === null) await expire(ctx, current)
  return getCampaign(ctx.db, campaign.id)
}

/** Scans read the state: it changes while none is under way. Counting comes after, in a transaction of its own. */
async function move(ctx: Context, campaign: Campaign, event: CampaignEvent): Promise<Campaign> {
  const isUploadsEnd = event === 'close_uploads'
  return withoutScans(ctx, async (tx) => {
    const moved = await moveCampaign(tx, campaign, event, isUploadsEnd ? { uploadsClosedOn: ctx.today() } : {})
    await recordAudit(tx, ctx, `campaign_${moved.state}`, { campaignId: campaign.id })
    return moved
  })
}

/**
 * The state is `closed` already, so that a reversal which comes between moves its own value to expired. The lock of the paying
 * account is taken before counting: what is counted and what is posted are the same scans.
 */
async function expire(ctx: Context, campaign: Campaign): Promise<void> {
  await ctx.transaction(async (tx) => {
    await lockPayingAccounts(tx, [campaign.payingAccountId])
    const voucherCount = await countExpiring(tx, campaign)
    await post(
      tx,
      ctx,
      validityEnded({
        payingAccountId: campaign.payingAccountId,
        campaignId: campaign.id,
        documentRef: `validity:${campaign.id}`,
        parts: await listParts(tx, campaign.id),
        voucherCount,
      }),
    )
    await finishClosing(tx, campaign.id, ctx.today())
    await recordAudit(tx, ctx, 'validity_ended', { campaignId: campaign.id, expiredVouchers: voucherCount })
  }, 'carnet_jobs')
}

async function countExpiring(tx: Transaction, { id, payingAccountId }: Campaign): Promise<number> {
  const parts = await listParts(tx, id)
  const balances = await listBalances(tx, { kinds: ['issued'], payingAccountId, campaignId: id })
  const issued = parts.map(({ funderId, partCents }) => ({
    partCents,
    issuedCents: balances.find((balance) => balance.funderId === funderId)?.balanceCents ?? cents(0),
  }))
  return expiringVouchers(issued, await countAcceptedNotFrozen(tx, id))
}
