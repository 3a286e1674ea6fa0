import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { getCampaign, listParts } from '../campaigns/queries.ts'
import { boxRevoked } from '../ledger/events.ts'
import { post } from '../ledger/ledger.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { withoutScans } from '../shared/without-scans.ts'
import { bookCountOf, stateAfter } from './box.ts'
import { wasAnyAccepted } from './find-accepted.ts'
import { stateAfter as runStateAfter } from './print-run.ts'
import {
  type Box,
  finishRevocation,
  finishRunRevocation,
  getBox,
  getPrintRun,
  listBoxesOfRun,
  lockPrintRun,
  markRevoked,
  type PrintRun,
  restoreBoxes,
} from './queries.ts'

/**
 * Takes a box out for good, when no voucher of it was accepted; its money is available again. An interrupted revocation is
 * finished by asking again. Throws `forbidden`, `not_found`, `conflict` (`box_is_revoked`, `vouchers_were_accepted`,
 * `campaign_is_…` once its uploads are closed), `unavailable`.
 */
export async function revokeBox(ctx: Context, id: string): Promise<Box> {
  requireRole(ctx.actor, 'coordinator')
  const { printRunId } = await getBox(ctx.db, id)
  const boxes = await withoutScans(ctx, async (tx) => {
    await lockPrintRun(tx, printRunId)
    const box = await getBox(tx, id)
    await checkCampaign(tx, box.campaignId)
    if (!isUnfinished(box)) stateAfter(box.state, 'revoke')
    return markRevoked(tx, printRunId, [id])
  })
  await ctx.transaction((tx) => settle(tx, ctx, { boxes, printRunId }), 'carnet_jobs').then(refuseIfAccepted)
  return getBox(ctx.db, id)
}

/** The same for a whole run, whose file was lost for example: it is remade as another run. Throws as `revokeBox`, `print_run_is_revoked`. */
export async function revokePrintRun(ctx: Context, id: string): Promise<PrintRun> {
  requireRole(ctx.actor, 'coordinator')
  const boxes = await withoutScans(ctx, async (tx) => {
    const run = await lockPrintRun(tx, id)
    await checkCampaign(tx, run.campaignId)
    const all = await listBoxesOfRun(tx, id)
    if (!all.some(isUnfinished)) runStateAfter(run.state, 'revoke')
    return markRevoked(
      tx,
      id,
      all.map((box) => box.id),
    )
  })
  const isDone = await ctx.transaction(async (tx) => {
    const isSettled = await settle(tx, ctx, { boxes, printRunId: id })
    if (isSettled) await finishRunRevocation(tx, id, ctx.today())
    return isSettled
  }, 'carnet_jobs')
  refuseIfAccepted(isDone)
  ctx.keyring.destroyRunKey(id)
  return getPrintRun(ctx.db, id)
}

const isUnfinished = (box: Box) => box.state === 'revoked' && box.revokedOn === null

function refuseIfAccepted(isSettled: boolean): void {
  if (!isSettled)
    throw new AppError(
      'conflict',
      'vouchers_were_accepted',
      'Vouchers of it were accepted: it can be stopped, not revoked',
    )
}

/** Once its uploads are closed, what is issued has expired: there is nothing left to make available. */
async function checkCampaign(tx: Transaction, campaignId: string): Promise<void> {
  const { state } = await getCampaign(tx, campaignId)
  if (state === 'uploads_closed' || state === 'closed')
    throw new AppError('conflict', `campaign_is_${state}`, 'Its money has gone the way of the campaign')
}

/** The state is set and committed: no scan can be accepted any more. Now it is counted, then posted or undone. */
async function settle(
  tx: Transaction,
  ctx: Context,
  { boxes, printRunId }: { boxes: readonly Box[]; printRunId: string },
): Promise<boolean> {
  const active = boxes.filter((box) => box.activatedOn !== null)
  const isUsed = await wasAnyAccepted(tx, ctx.keyring, active)
  if (isUsed) await restoreBoxes(tx, printRunId, boxes)
  else {
    await giveBack(tx, ctx, active)
    await finishRevocation(tx, boxes, ctx.today())
  }
  const action = isUsed ? 'revocation_refused' : 'boxes_revoked'
  await recordAudit(tx, ctx, action, { printRunId, boxes: boxes.map(({ number }) => number) })
  return !isUsed
}

async function giveBack(tx: Transaction, ctx: Context, active: readonly Box[]): Promise<void> {
  const [first] = active
  if (!first) return
  const { id: campaignId, payingAccountId, bookSize } = await getCampaign(tx, first.campaignId)
  const parts = await listParts(tx, campaignId)
  const transfers = active.flatMap((box) =>
    boxRevoked({
      payingAccountId,
      campaignId,
      documentRef: `box:${box.id}`,
      parts,
      voucherCount: bookCountOf(box) * bookSize,
    }),
  )
  await post(tx, ctx, transfers)
}
