import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { readCatalogueCsv, type referenceCounts } from './catalogue-file.ts'
import { type CatalogueVersion, insertVersion, lockPublication } from './queries.ts'

/**
 * Makes a draft version from a CSV (columns in db/seeds/README.md). Throws `forbidden`, `invalid` (see `readCatalogueCsv`).
 */
export async function draftCatalogue(
  ctx: Context,
  csv: string,
  expected?: typeof referenceCounts,
): Promise<CatalogueVersion> {
  requireOperatorOr(ctx.actor, 'coordinator')
  const content = readCatalogueCsv(csv, expected)
  return ctx.transaction(async (tx) => {
    await lockPublication(tx)
    const version = await insertVersion(tx, ctx.today(), content)
    await recordAudit(tx, ctx, 'catalogue_drafted', { versionId: version.id, services: content.services.length })
    return version
  })
}
