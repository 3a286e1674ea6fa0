import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { getRelease, insertRevision } from './release-queries.ts'

/**
 * Says in public what was found wrong in a release. The figures stay: two versions of one month, one use apart, would tell more
 * than either. One note a day. Throws `unauthenticated`, `forbidden`, `not_found`, `conflict` `revision_noted_today`.
 */
export async function reviseRelease(ctx: Context, id: string, note: string): Promise<{ note: string; revisedOn: Day }> {
  requireRole(ctx.actor, 'coordinator')
  const release = await getRelease(ctx.db, id)
  return ctx.transaction(async (tx) => {
    const revision = await insertRevision(tx, { releaseId: id, note, revisedOn: ctx.today() })
    if (!revision)
      throw new AppError('conflict', 'revision_noted_today', 'A note was written today: write the next one tomorrow')
    await recordAudit(tx, ctx, 'release_revised', { month: release.month, note })
    return { note: revision.note, revisedOn: revision.revisedOn }
  })
}
