import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { deleteVersion, getVersion, lockPublication } from './queries.ts'

/** Throws away a draft and all that it says. Throws `forbidden`, `not_found`, `conflict` `catalogue_version_is_…` unless it is a draft. */
export async function deleteDraft(ctx: Context, versionId: string): Promise<void> {
  requireRole(ctx.actor, 'coordinator')
  await ctx.transaction(async (tx) => {
    await lockPublication(tx)
    const { number, state } = await getVersion(tx, versionId)
    if (state !== 'draft')
      throw new AppError('conflict', `catalogue_version_is_${state}`, 'What was published stays: only a draft goes')
    await deleteVersion(tx, versionId)
    await recordAudit(tx, ctx, 'catalogue_draft_deleted', { versionId, number })
  })
}
