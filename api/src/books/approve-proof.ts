import { recordAudit } from '../accounts/audit.ts'
import { listParts } from '../campaigns/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { getPrintRun, movePrintRun, type PrintRun } from './queries.ts'

/** A funder of the campaign says that the proof may be printed. Throws `forbidden`, `not_found`, `conflict` `print_run_is_…`. */
export async function approveProof(ctx: Context, id: string): Promise<PrintRun> {
  const approver = requireRole(ctx.actor, 'funder')
  return ctx.transaction(async (tx) => {
    const run = await getPrintRun(tx, id)
    const parts = await listParts(tx, run.campaignId)
    if (!parts.some(({ funderId }) => funderId === approver.tenantId))
      throw new AppError('not_found', 'print_run_not_found', 'There is no such print run')
    const approved = await movePrintRun(tx, run, 'approve_proof', { proofApprovedBy: approver.personId })
    await recordAudit(tx, ctx, 'print_run_proof_approved', { printRunId: id })
    return approved
  })
}
