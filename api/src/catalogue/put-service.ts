import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import type { CatalogueService } from './catalogue-content.ts'
import { checkService } from './catalogue-version.ts'
import {
  type CatalogueServiceRow,
  getVersion,
  listServices,
  listThemes,
  lockPublication,
  putServiceRow,
} from './queries.ts'

/**
 * Writes one service of a draft: a new one, or the one of this code in other words. Throws `forbidden`, `not_found`, `conflict`
 * (`catalogue_version_is_…` unless it is a draft), `invalid` (see `checkService`).
 */
export async function putService(
  ctx: Context,
  versionId: string,
  service: CatalogueService,
): Promise<CatalogueServiceRow> {
  requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    await lockPublication(tx)
    const { state } = await getVersion(tx, versionId)
    if (state !== 'draft')
      throw new AppError('conflict', `catalogue_version_is_${state}`, 'Copy it: only a draft changes')
    checkService(service, await listThemes(tx, versionId), await listServices(tx, versionId))
    const written = await putServiceRow(tx, versionId, service)
    await recordAudit(tx, ctx, 'catalogue_service_written', { versionId, code: service.code })
    return written
  })
}
