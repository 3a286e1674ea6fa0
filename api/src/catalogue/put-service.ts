import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import type { CatalogueService } from './catalogue-content.ts'
import { checkService, newThemeOf } from './catalogue-version.ts'
import {
  type CatalogueServiceRow,
  getVersion,
  insertTheme,
  listServices,
  listThemes,
  lockPublication,
  putServiceRow,
} from './queries.ts'

/**
 * Writes one service of a draft: a new one, or the one of this code in other words. With the title of a theme that the draft does not
 * have, the theme is new too: a theme always has a service. Throws `forbidden`, `not_found`, `conflict` (`catalogue_version_is_…`
 * unless it is a draft), `invalid` (see `checkService`, `newThemeOf`).
 */
export async function putService(
  ctx: Context,
  versionId: string,
  service: CatalogueService,
  themeTitle?: string,
): Promise<CatalogueServiceRow> {
  requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    await lockPublication(tx)
    const { state } = await getVersion(tx, versionId)
    if (state !== 'draft')
      throw new AppError('conflict', `catalogue_version_is_${state}`, 'Copy it: only a draft changes')
    const themes = await listThemes(tx, versionId)
    const theme = newThemeOf(service, themes, themeTitle)
    checkService(service, theme ? [...themes, theme] : themes, await listServices(tx, versionId))
    if (theme) await insertTheme(tx, versionId, theme)
    const written = await putServiceRow(tx, versionId, service)
    await recordAudit(tx, ctx, 'catalogue_service_written', { versionId, code: service.code })
    return written
  })
}
