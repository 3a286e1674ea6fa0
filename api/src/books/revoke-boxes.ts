import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { getCampaign, listParts } from '../campaigns/queries.ts'
import { boxRevoked } from '../ledger/events.ts'
import { post } from '../ledger/ledger.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { withoutScans } from '../shared/without-scans.ts'
import { stateAfter, valuedBooksOf } from './box.ts'
import { wasAnyAccepted } from './find-accepted.ts'
import { stateAfter as runStateAfter } from './print-run.ts'
import {
  type Box,
  finishRevocation,
  getBox,
  getPrintRun,
  listBoxesOfRun,
  lockPrintRun,
  markRevoked,
  movePrintRun,
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
  await settle(ctx, { boxes, printRunId })
  return getBox(ctx.db, id)
}

/** The same for a whole run, whose file was lost for example: it is remade as another run. Throws as `revokeBox`, `print_run_is_revoked`. */
export async function revokePrintRun(ctx: Context, id: string): Promise<PrintRun> {
  requireRole(ctx.actor, 'coordinator')
  const { boxes, run } = await withoutScans(ctx, async (tx) => {
    const run = await lockPrintRun(tx, id)
    await checkCampaign(tx, run.campaignId)
    const all = await listBoxesOfRun(tx, id)
    if (!all.some(isUnfinished)) runStateAfter(run.state, 'revoke')
    const ids = all.map((box) => box.id)
    return { run, boxes: await markRevoked(tx, id, ids) }
  })
  await settle(ctx, { boxes, printRunId: id, ...(boxes.length === 0 && { emptyRun: run }) })
  ctx.keyring.destroyRunKey(id)
  return getPrintRun(ctx.db, id)
}

const isUnfinished = (box: Box) => box.state === 'revoked' && box.revokedOn === null

/** Once its uploads are closed, what is issued has expired: there is nothing left to make available. */
async function checkCampaign(tx: Transaction, campaignId: string): Promise<void> {
  const { state } = await getCampaign(tx, campaignId)
  if (state === 'uploads_closed' || state === 'closed')
    throw new AppError('conflict', `campaign_is_${state}`, 'Its money has gone the way of the campaign')
}

type Revocation = {
  boxes: readonly Box[]
  printRunId: string
  /** A run without boxes yet: nothing of it was generated meanwhile, or its revocation is a conflict. */
  emptyRun?: PrintRun
}

/** The state is set and committed: no scan can be accepted any more. Now it is counted, then posted or undone. */
async function settle(ctx: Context, { boxes, printRunId, emptyRun }: Revocation): Promise<void> {
  const active = boxes.filter((box) => box.activatedOn !== null)
  const isUsed = await ctx.transaction(async (tx) => {
    const wasUsed = await wasAnyAccepted(tx, ctx.keyring, active)
    if (wasUsed) await restoreBoxes(tx, printRunId, boxes)
    else {
      await giveBack(tx, ctx, active)
      if (emptyRun) await movePrintRun(tx, emptyRun, 'revoke')
      await finishRevocation(tx, printRunId, boxes, ctx.today())
    }
    const action = wasUsed ? 'revocation_refused' : 'boxes_revoked'
    await recordAudit(tx, ctx, action, { printRunId, boxes: boxes.map(({ number }) => number) })
    return wasUsed
  }, 'carnet_jobs')
  if (isUsed)
    throw new AppError(
      'conflict',
      'vouchers_were_accepted',
      'Vouchers of it were accepted: it can be stopped, not revoked',
    )
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
      voucherCount: valuedBooksOf(box) * bookSize,
    }),
  )
  await post(tx, ctx, transfers)
}
