import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireOperatorOr, requireRole } from '../shared/context.ts'
import { readCatalogueCsv, type referenceCounts } from './catalogue-file.ts'
import {
  type CatalogueVersion,
  getVersion,
  insertVersion,
  listServices,
  listThemes,
  lockPublication,
} from './queries.ts'

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

/** Makes a draft that says what another version says, to be edited service by service. Throws `forbidden`, `not_found`. */
export async function copyCatalogue(ctx: Context, versionId: string): Promise<CatalogueVersion> {
  requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    await lockPublication(tx)
    const original = await getVersion(tx, versionId)
    const themes = await listThemes(tx, original.id)
    const services = (await listServices(tx, original.id)).map(({ versionId: _original, ...service }) => service)
    const version = await insertVersion(tx, ctx.today(), { themes, services })
    await recordAudit(tx, ctx, 'catalogue_copied', { versionId: version.id, copyOf: original.id })
    return version
  })
}
