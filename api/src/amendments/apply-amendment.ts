import type { Transaction } from '@carnet/db'
import { liftEndStops } from '../books/lift-end-stops.ts'
import { amendCampaign, type Campaign, listParts, moveCampaign } from '../campaigns/queries.ts'
import { insertDecision } from '../campaigns/steering-queries.ts'
import type { Context } from '../shared/context.ts'
import { insertCallDue } from '../treasury/call-funds.ts'
import { type AmendmentAsked, callsOfTopUp, checkAmendment } from './amendment.ts'
import { type Amendment, decideAmendment } from './queries.ts'

/** What every side signed takes effect, and stands among the decisions of the campaign. The campaign is locked. */
export async function applyAmendment(
  tx: Transaction,
  ctx: Context,
  campaign: Campaign,
  amendment: Amendment,
): Promise<void> {
  const asked = askedOf(amendment)
  checkAmendment(campaign, asked, ctx.today())
  const decidedOn = ctx.today()
  await decideAmendment(tx, amendment.id, { state: 'agreed', decidedOn })
  const decision = { campaignId: campaign.id, body: amendment.reason, authorId: amendment.proposedBy, decidedOn }
  await insertDecision(tx, decision)
  if (asked.kind === 'top_up') await topUp(tx, ctx, { campaign, amendment, budgetedBooks: asked.budgetedBooks })
  else if (asked.kind === 'extension') await extend(tx, ctx, campaign, asked.endsOn)
  else if (campaign.state !== 'open') await moveCampaign(tx, campaign, 'cancel', { closedOn: decidedOn })
  else if (asked.endsOn !== null) await amendCampaign(tx, campaign.id, { endsOn: asked.endsOn })
}

const askedOf = ({ kind, endsOn, budgetedBooks }: Amendment): AmendmentAsked => {
  if (kind === 'top_up') return { kind, budgetedBooks: budgetedBooks! }
  return kind === 'extension' ? { kind, endsOn: endsOn! } : { kind, endsOn }
}

/** Books that were stopped because it ended are good again. Value that expired stays expired: it has gone to its funders. */
async function extend(tx: Transaction, ctx: Context, campaign: Campaign, endsOn: string): Promise<void> {
  await amendCampaign(tx, campaign.id, { endsOn })
  if (campaign.state === 'ending') await moveCampaign(tx, campaign, 'extend')
  await liftEndStops(tx, ctx, campaign.id)
}

/** Boxes are activated with money that has come: the budget is raised at once, its value when the calls are paid. */
async function topUp(
  tx: Transaction,
  ctx: Context,
  { campaign, amendment, budgetedBooks }: { campaign: Campaign; amendment: Amendment; budgetedBooks: number },
): Promise<void> {
  const parts = await listParts(tx, campaign.id)
  for (const call of callsOfTopUp(campaign, parts, budgetedBooks))
    await insertCallDue(tx, ctx, campaign, { ...call, amendmentId: amendment.id, calledBy: amendment.proposedBy })
  await amendCampaign(tx, campaign.id, { budgetedBooks })
}
