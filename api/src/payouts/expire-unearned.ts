import { recordAudit } from '../accounts/audit.ts'
import { countAcceptedNotFrozen } from '../campaigns/ending-queries.ts'
import { getCampaign, listParts } from '../campaigns/queries.ts'
import { expiringVouchers } from '../ledger/decisions.ts'
import { validityEnded } from '../ledger/events.ts'
import { post, sumBalances } from '../ledger/ledger.ts'
import { countDocuments, lockPayingAccounts } from '../ledger/queries.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { listExpiringCampaigns } from './statement-queries.ts'

/**
 * For every campaign whose uploads are closed: what is issued and no accepted scan earned expires, for each funder. It runs every
 * hour, since a scan that is undone before its statement is frozen leaves value behind after the campaign closed.
 * Gives how many vouchers expired. Throws `forbidden`.
 */
export async function expireUnearned(ctx: Context): Promise<number> {
  requireOperatorOr(ctx.actor, 'coordinator')
  let expired = 0
  for (const campaignId of await ctx.transaction(listExpiringCampaigns, 'carnet_jobs'))
    expired += await expireCampaign(ctx, campaignId)
  return expired
}

async function expireCampaign(ctx: Context, campaignId: string): Promise<number> {
  return ctx.transaction(async (tx) => {
    const { payingAccountId } = await getCampaign(tx, campaignId)
    await lockPayingAccounts(tx, [payingAccountId])

    const parts = await listParts(tx, campaignId)
    const issued = []
    for (const { funderId, partCents } of parts)
      issued.push({ partCents, issuedCents: await sumBalances(tx, { kinds: ['issued'], campaignId, funderId }) })
    const voucherCount = expiringVouchers(issued, await countAcceptedNotFrozen(tx, campaignId))
    if (voucherCount === 0) return 0

    const earlier = await countDocuments(tx, `validity:${campaignId}`)
    const documentRef = `validity:${campaignId}:${earlier + 1}`
    await post(tx, ctx, validityEnded({ documentRef, payingAccountId, campaignId, parts, voucherCount }))
    await recordAudit(tx, ctx, 'validity_ended', { campaignId, expiredVouchers: voucherCount })
    return voucherCount
  }, 'carnet_jobs')
}
