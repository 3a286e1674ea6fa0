import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { checkFirstDay, checkPublication } from './catalogue-version.ts'
import {
  type CatalogueVersion,
  findPublishedVersion,
  getVersion,
  listServices,
  lockPublication,
  moveVersion,
} from './queries.ts'

/**
 * Publishes a draft from a day on; the version before it is superseded, and still answers for the days before.
 * Throws `forbidden`, `not_found`, `conflict` (see `checkPublication`, `checkFirstDay`).
 */
export async function publishCatalogue(ctx: Context, versionId: string, from: Day): Promise<CatalogueVersion> {
  requireOperatorOr(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    await lockPublication(tx)
    const version = await getVersion(tx, versionId)
    const previous = await findPublishedVersion(tx)
    checkFirstDay(from, previous?.publishedFrom ?? null, ctx.today())
    checkPublication(await listServices(tx, version.id), previous ? await listServices(tx, previous.id) : [])
    if (previous) await moveVersion(tx, previous, 'supersede')
    const published = await moveVersion(tx, version, 'publish', { publishedFrom: from })
    await recordAudit(tx, ctx, 'catalogue_published', { versionId, number: version.number, from })
    return published
  })
}
