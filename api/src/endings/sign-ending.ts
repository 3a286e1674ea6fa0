import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import type { CoverRange } from '../books/box.ts'
import { without } from '../books/cover-ranges.ts'
import { blockBooks, insertStopOrder, listStopOrders, lockStops } from '../books/stop-queries.ts'
import { hasBegun } from '../campaigns/ending.ts'
import { type Campaign, listParts, lockCampaign } from '../campaigns/queries.ts'
import { type Context, type Person, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { type BlockingPlan, lateHandoutsHash, planOf } from './blocking-plan.ts'
import { checkStopped } from './declare-leftovers.ts'
import { insertSignature, listLeftovers, listSignatures } from './queries.ts'

type Signed = { campaignId: string; funderId: string; isLast: boolean }
type Signing = { campaign: Campaign; funderIds: string[]; signer: Person }

/** The campaign, locked, for one of its funders. Throws `not_found`, also for another's. */
async function lockForSigner(tx: Transaction, signer: Person, campaignId: string): Promise<Signing> {
  const campaign = await lockCampaign(tx, campaignId)
  const funderIds = (await listParts(tx, campaignId)).map(({ funderId }) => funderId)
  if (!funderIds.includes(signer.tenantId ?? ''))
    throw new AppError('not_found', 'campaign_not_found', 'There is no such campaign')
  return { campaign, funderIds, signer }
}

/** Gives whether all funders have signed this text now. Throws `conflict` `signed_already`. */
async function sign(
  tx: Transaction,
  ctx: Context,
  { campaign, funderIds, signer }: Signing,
  text: { act: 'blocking' | 'late_handouts'; sha256: string },
): Promise<Signed> {
  const { id: campaignId, endsOn } = campaign
  const funderId = signer.tenantId ?? ''
  const by = { signedBy: signer.personId, signedOn: ctx.today() }
  if (!(await insertSignature(tx, { campaignId, funderId, endsOn, ...text, ...by })))
    throw new AppError('conflict', 'signed_already', 'This funder has signed it')
  const same = (await listSignatures(tx, campaignId, endsOn)).filter(
    ({ act, sha256 }) => act === text.act && sha256 === text.sha256,
  )
  return { campaignId, funderId, isLast: same.length === funderIds.length }
}

/**
 * A funder approves the list of books to block as it was shown; with the last funder they are blocked, at once. Throws
 * `forbidden`, `not_found`, `conflict` (`campaign_is_…`, `step_not_begun`, `blocking_changed`, `signed_already`).
 */
export async function approveBlocking(
  ctx: Context,
  campaignId: string,
  shownSha256: string,
): Promise<{ blocked: number }> {
  const signer = requireRole(ctx.actor, 'funder')
  return ctx.transaction(async (tx) => {
    const signing = await lockForSigner(tx, signer, campaignId)
    checkStopped(signing.campaign, ctx.today())
    const plan = planOf(signing.campaign, await listLeftovers(tx, signing.campaign))
    if (plan.sha256 !== shownSha256) throw new AppError('conflict', 'blocking_changed', 'Read the list again')
    const signed = await sign(tx, ctx, signing, { act: 'blocking', sha256: plan.sha256 })
    if (signed.isLast) await block(tx, ctx, { campaignId, plan, signer })
    await recordAudit(tx, ctx, 'blocking_approved', { ...signed, books: plan.books, sha256: plan.sha256 })
    return { blocked: signed.isLast ? plan.books : 0 }
  }, 'carnet_jobs')
}

/** Books of the list that an order of the end stops already are not stopped twice. */
async function block(
  tx: Transaction,
  ctx: Context,
  { campaignId, plan, signer }: { campaignId: string; plan: BlockingPlan; signer: Person },
): Promise<void> {
  await lockStops(tx, campaignId)
  const stopped: CoverRange[] = (await listStopOrders(tx, campaignId)).filter(
    ({ liftedOn, reason }) => liftedOn === null && reason === 'end_of_validity',
  )
  const by = { orderedBy: signer.personId, orderedOn: ctx.today(), askedBy: 'funder', isFromStock: true } as const
  for (const range of plan.ranges.flatMap((one) => without(one, stopped))) {
    await insertStopOrder(tx, { campaignId, ...range, reason: 'end_of_validity', ...by })
    await blockBooks(tx, { campaignId, ...range })
  }
}

/**
 * From seven days before the end on, a funder takes responsibility for books that are handed out all the same. Throws as
 * `approveBlocking` does.
 */
export async function takeLateHandouts(ctx: Context, campaignId: string): Promise<void> {
  const signer = requireRole(ctx.actor, 'funder')
  await ctx.transaction(async (tx) => {
    const signing = await lockForSigner(tx, signer, campaignId)
    const { campaign } = signing
    if (campaign.state === 'closed' || !hasBegun(campaign, 'late_handouts', ctx.today()))
      throw new AppError('conflict', 'step_not_begun', 'It is signed in the last seven days')
    const signed = await sign(tx, ctx, signing, { act: 'late_handouts', sha256: lateHandoutsHash(campaign) })
    await recordAudit(tx, ctx, 'late_handouts_taken', { ...signed })
  }, 'carnet_jobs')
}
