import { randomInt } from 'node:crypto'
import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { listActivePeople } from '../accounts/invitation-queries.ts'
import { type Campaign, getCampaign, listParts, lockCampaign } from '../campaigns/queries.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import { addDays } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { formatsOf } from '../shared/formats.ts'
import { type Cents, sumCents, timesCents } from '../shared/money.ts'
import { type FundingCall, insertCall, listCalls } from './call-queries.ts'

/** A public body pays within thirty days. */
const paymentDays = 30
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `CN0007-3F2K9Q`: the campaign's number, and six letters that no other call has. Found again in whatever a bank tells. */
const newCallReference = (campaignNumber: number): string =>
  `CN${String(campaignNumber).padStart(4, '0')}-${Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('')}`

/**
 * Asks a funder to pay for a campaign, under a reference its transfer must carry; its calls together are its part of the budget at
 * most. Throws `forbidden`, `not_found`, `invalid` `not_a_funder_of_the_campaign`, `conflict` (`campaign_is_…`, `call_exceeds_part`).
 */
export async function callFunds(
  ctx: Context,
  campaignId: string,
  { funderId, amountCents }: { funderId: string; amountCents: Cents },
): Promise<FundingCall> {
  const person = requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    // Of two who call at once, the second reads what the first called.
    const campaign = await lockCampaign(tx, campaignId)
    const { state } = campaign
    const part = (await listParts(tx, campaignId)).find((one) => one.funderId === funderId)
    if (!part) throw new AppError('invalid', 'not_a_funder_of_the_campaign', 'It is no funder of that campaign')
    if (state !== 'agreed' && state !== 'open')
      throw new AppError('conflict', `campaign_is_${state}`, 'It can only be funded once agreed and until it ends')
    const called = sumCents((await listCalls(tx, campaignId, funderId)).map((one) => one.amountCents))
    const leftCents = timesCents(campaign.budgetedBooks * campaign.bookSize, part.partCents) - called
    if (amountCents > leftCents)
      throw new AppError('conflict', 'call_exceeds_part', 'Its part of the budget is less', { leftCents })
    const call = await insertCallDue(tx, ctx, campaign, { funderId, amountCents, calledBy: person.personId })
    await recordAudit(tx, ctx, 'funds_called', { campaignId, funderId, amountCents, reference: call.reference })
    return call
  })
}

type NewCall = { funderId: string; amountCents: Cents; calledBy: string; amendmentId?: string }

/** A call under a reference of its own; the funder's people read it by mail. */
export async function insertCallDue(
  tx: Transaction,
  ctx: Context,
  { id: campaignId, name, number }: Campaign,
  call: NewCall,
): Promise<FundingCall> {
  const dueOn = addDays(ctx.today(), paymentDays)
  const reference = newCallReference(number)
  const inserted = await insertCall(tx, { campaignId, ...call, reference, calledOn: ctx.today(), dueOn })
  for (const { email, language } of await listActivePeople(tx, 'funder', ctx.today(), [call.funderId])) {
    const { euros, day } = formatsOf(language)
    const facts = { campaignId, campaign: name, amount: euros(call.amountCents), reference, day: day(dueOn) }
    await queueMail(tx, ctx, { to: email, language, template: 'funds_called', facts })
  }
  return inserted
}

/** Calls of a campaign with what came for each; a funder sees its own. Throws `forbidden`, `not_found`. */
export async function readCalls(ctx: Context, campaignId: string): Promise<FundingCall[]> {
  const person = requireRole(ctx.actor, 'coordinator', 'finance_approver', 'auditor', 'funder')
  const parts = await listParts(ctx.db, (await getCampaign(ctx.db, campaignId)).id)
  if (person.tenantId !== null && !parts.some(({ funderId }) => funderId === person.tenantId))
    requireOwn(person, '', 'campaign')
  return listCalls(ctx.db, campaignId, person.tenantId)
}
