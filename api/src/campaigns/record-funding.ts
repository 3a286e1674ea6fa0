import { recordAudit } from '../accounts/audit.ts'
import { fundingReceived } from '../ledger/events.ts'
import { post } from '../ledger/ledger.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import type { Cents } from '../shared/money.ts'
import { type Campaign, listParts, lockCampaign } from './queries.ts'
import { type Funding, findCallToPay, findFunding, insertFunding } from './steering-queries.ts'

export type FundingDetails = {
  funderId: string
  amountCents: Cents
  /** As on the bank statement; the same reference is the same money. */
  reference: string
  /** Where the proof lies: the statement's number and line, or the name of the document. */
  proof: string
  receivedOn: Day
}

/**
 * Money of a funder has come for a campaign: it is available for its boxes. Recording it again changes nothing.
 * Throws `forbidden`, `not_found`, `invalid` (`not_a_funder_of_the_campaign`, `received_in_the_future`), `conflict`
 * (`campaign_is_draft` and the states after its end, `funding_changed` for a known reference with another content).
 */
export async function recordFunding(ctx: Context, campaignId: string, details: FundingDetails): Promise<Funding> {
  const person = requireOperatorOr(ctx.actor, 'finance_approver', 'coordinator')
  if (details.receivedOn > ctx.today())
    throw new AppError('invalid', 'received_in_the_future', 'Money is recorded when it has come')

  return ctx.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, campaignId)
    checkFunder(campaign, details, await listParts(tx, campaignId))
    const { funderId, amountCents } = details
    const fundingCallId = await findCallToPay(tx, { campaignId, funderId, text: details.reference })
    const recorded = { recordedBy: person?.personId ?? null, recordedAt: ctx.now(), fundingCallId }
    const funding = await insertFunding(tx, { campaignId, ...details, ...recorded })
    if (!funding) return sameFunding(await findFunding(tx, details.reference), campaignId, details)
    const { payingAccountId } = campaign
    const documentRef = `funding:${funding.id}`
    await post(tx, ctx, fundingReceived({ payingAccountId, campaignId, documentRef, funderId, amountCents }))
    await recordAudit(tx, ctx, 'funding_recorded', { campaignId, fundingId: funding.id, funderId, amountCents })
    return funding
  })
}

function checkFunder({ state }: Campaign, { funderId }: FundingDetails, parts: readonly { funderId: string }[]): void {
  if (!parts.some((part) => part.funderId === funderId))
    throw new AppError('invalid', 'not_a_funder_of_the_campaign', 'Only a funder of the campaign funds it')
  if (state !== 'agreed' && state !== 'open')
    throw new AppError('conflict', `campaign_is_${state}`, 'It can only be funded once agreed and until it ends')
}

function sameFunding(known: Funding | undefined, campaignId: string, details: FundingDetails): Funding {
  const isSame =
    known?.campaignId === campaignId &&
    known.funderId === details.funderId &&
    known.amountCents === details.amountCents &&
    known.receivedOn === details.receivedOn
  if (!known || !isSame)
    throw new AppError('conflict', 'funding_changed', 'This reference was recorded with another content')
  return known
}
