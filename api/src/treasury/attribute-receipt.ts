import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { requireSession } from '../accounts/proof.ts'
import { getCampaign, listParts, lockCampaign } from '../campaigns/queries.ts'
import { findCallToPay, insertFunding } from '../campaigns/steering-queries.ts'
import { suspenseMatched, suspenseSentBack } from '../ledger/bank-events.ts'
import { owesRepaid, reserveFunded } from '../ledger/events.ts'
import { post } from '../ledger/ledger.ts'
import type { NewTransfer } from '../ledger/transfer.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { fundingOf } from './apply-effects.ts'
import { getCall } from './call-queries.ts'
import { getReceipt, moveReceipt, type Receipt } from './order-queries.ts'

/** Whose the money turned out to be. */
export type ReceiptOwner = { to: 'call'; callId: string } | Owner
type Owner =
  | { to: 'funder'; campaignId: string; funderId: string; fundingCallId?: string }
  | { to: 'debt'; campaignId: string; organisationId: string }
  | { to: 'reserve' }

/**
 * Says whose money in suspense is: a funder's for one of its calls or for a campaign, what an organisation owed, or the operator's
 * own. Throws `forbidden`, `not_found` (`funding_call_not_found`), `invalid` (`not_a_funder_of_the_campaign`,
 * `another_paying_account`), `conflict` (`receipt_is_…`, `campaign_is_…`, `not_enough_money`: it owes less).
 */
export async function attributeReceipt(ctx: Context, receiptId: string, said: ReceiptOwner): Promise<Receipt> {
  const person = requireRole(ctx.actor, 'coordinator', 'finance_approver')
  requireSession(ctx)
  return ctx.transaction(async (tx) => {
    const receipt = await getReceipt(tx, receiptId)
    const owner = said.to === 'call' ? await ownerOfCall(tx, said.callId) : said
    if (owner.to !== 'reserve') await checkAccount(tx, receipt, owner.campaignId)
    const { to, ...whose } = owner
    const by = { decidedBy: person.personId, decidedOn: ctx.today() }
    const moved = await moveReceipt(tx, receiptId, { state: 'attributed', ...whose, ...by })
    if (owner.to === 'funder') await keepFunding(tx, ctx, receipt, owner)
    await post(tx, ctx, transfersOf(receipt, owner))
    await recordAudit(tx, ctx, 'receipt_attributed', { receiptId, to, ...whose, amountCents: receipt.amountCents })
    return moved
  })
}

async function ownerOfCall(tx: Transaction, callId: string): Promise<Owner> {
  const { id: fundingCallId, campaignId, funderId } = await getCall(tx, callId)
  return { to: 'funder', campaignId, funderId, fundingCallId }
}

async function checkAccount(tx: Transaction, { payingAccountId }: Receipt, campaignId: string): Promise<void> {
  const campaign = await getCampaign(tx, campaignId)
  if (campaign.payingAccountId !== payingAccountId)
    throw new AppError('invalid', 'another_paying_account', 'The money came to another bank account: send it back')
}

async function keepFunding(
  tx: Transaction,
  ctx: Context,
  receipt: Receipt,
  { campaignId, funderId, fundingCallId: said }: Extract<Owner, { to: 'funder' }>,
): Promise<void> {
  const { state } = await lockCampaign(tx, campaignId)
  if (!(await listParts(tx, campaignId)).some((part) => part.funderId === funderId))
    throw new AppError('invalid', 'not_a_funder_of_the_campaign', 'It is no funder of that campaign')
  if (state !== 'agreed' && state !== 'open')
    throw new AppError('conflict', `campaign_is_${state}`, 'It can only be funded once agreed and until it ends')
  const text = receipt.remittance ?? ''
  const fundingCallId = said ?? (await findCallToPay(tx, { campaignId, funderId, text }))
  const recordedBy = ctx.actor.kind === 'person' ? ctx.actor.personId : null
  await insertFunding(tx, {
    campaignId,
    ...fundingOf({ ...receipt, funderId }),
    recordedBy,
    recordedAt: ctx.now(),
    fundingCallId,
  })
}

/** A debt and the reserve are paid as if the money had left suspense and come again: on one bank account nothing moves. */
function transfersOf({ id, payingAccountId, amountCents }: Receipt, owner: Owner): NewTransfer[] {
  const base = { payingAccountId, documentRef: `receipt:${id}`, amountCents }
  if (owner.to === 'funder') return suspenseMatched({ ...base, ...owner })
  const { to, ...whose } = owner
  return [
    ...suspenseSentBack(base),
    ...(to === 'reserve'
      ? reserveFunded(base)
      : owesRepaid({ ...base, ...(whose as { campaignId: string; organisationId: string }) })),
  ]
}
