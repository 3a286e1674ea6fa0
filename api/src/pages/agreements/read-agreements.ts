import { listAmendments } from '../../amendments/queries.ts'
import { listCampaigns, listParts } from '../../campaigns/queries.ts'
import { readCampaign } from '../../campaigns/read-campaign.ts'
import type { Context } from '../../shared/context.ts'
import { listFunderParts } from '../../statistics/campaign-queries.ts'
import { listCalls } from '../../treasury/call-queries.ts'
import { listAlerts } from '../../treasury/low-balance-queries.ts'
import { listOrdersOf } from '../../treasury/order-queries.ts'
import type { Agreements } from './agreements-parts.tsx'

const mostCampaigns = 200

/** Everything that was agreed of a campaign, as far as the reader may see it. Throws `unauthenticated`, `forbidden`, `not_found`. */
export async function readAgreements(ctx: Context, id: string): Promise<Agreements> {
  const campaign = await readCampaign(ctx, id)
  const { db, tenant } = ctx
  const campaigns = await listCampaigns(db, { onlyFunderId: tenant, limit: mostCampaigns })
  const signed = new Map((await listParts(db, id)).map(({ funderId, signedOn }) => [funderId, signedOn]))
  const funders = await listFunderParts(db, { campaignId: id, on: ctx.today() })
  return {
    campaign,
    funders: funders.map((part) => ({ ...part, signedOn: signed.get(part.funderId) ?? null })),
    calls: await listCalls(db, id, tenant),
    amendments: await listAmendments(db, id),
    alerts: await listAlerts(db, id),
    orders: (await listOrdersOf(db, id)).filter(({ funderId }) => tenant === null || funderId === tenant),
    others: campaigns
      .filter((one) => one.id !== id && one.payingAccountId === campaign.payingAccountId)
      .map((one) => ({ id: one.id, name: one.name })),
  }
}
