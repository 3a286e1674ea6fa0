import type { Actor, Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { replacementsOn } from './catalogue-version.ts'
import {
  type CatalogueServiceRow,
  type CatalogueVersion,
  getCurrentVersion,
  getVersion,
  listServices,
  listThemes,
  listVersions,
} from './queries.ts'
import { serviceSearch } from './service-search.ts'

export type Catalogue = {
  version: CatalogueVersion
  themes: { code: string; title: string }[]
  services: CatalogueServiceRow[]
  search: (query: string) => string[]
}

/** A published version never changes, so its search is made once. */
const published = new Map<string, Catalogue>()

/** The catalogue in force today. Throws `not_found` before the first publication. */
export async function readCatalogue(ctx: Context): Promise<Catalogue> {
  const version = await getCurrentVersion(ctx.db, ctx.today())
  const known = published.get(version.id)
  if (known) return { ...known, version }

  const catalogue = await loadCatalogue(ctx, version)
  published.set(version.id, catalogue)
  return catalogue
}

async function loadCatalogue({ db, today }: Context, version: CatalogueVersion): Promise<Catalogue> {
  const [themes, services] = [await listThemes(db, version.id), await listServices(db, version.id)]
  const themeTitle = new Map(themes.map((theme) => [theme.code, theme.title]))
  const found = serviceSearch(
    services.map((service) => ({ ...service, themeTitle: themeTitle.get(service.themeCode) ?? '' })),
  )
  // The words of a retired service find the one that replaces it.
  const search = (query: string) => {
    const replacements = replacementsOn(services, today())
    return [...new Set(found(query).map((code) => replacements.get(code) ?? code))]
  }
  return { version, themes, services, search }
}

/** A version with all that it says. Throws as `readVersion`. */
export const readVersionCatalogue = async (ctx: Context, id: string): Promise<Catalogue> =>
  loadCatalogue(ctx, await readVersion(ctx, id))

/** A draft is for those who work on it; what is or was in force is everybody's. */
const seesDrafts = (actor: Actor): boolean =>
  actor.kind === 'person' && (actor.role === 'coordinator' || actor.role === 'auditor')

/** Newest first. */
export const readVersions = ({ db, actor }: Context): Promise<CatalogueVersion[]> =>
  listVersions(db, { withDrafts: seesDrafts(actor) })

/** Throws `not_found`, also for a draft that the actor may not read. */
export async function readVersion({ db, actor }: Context, id: string): Promise<CatalogueVersion> {
  const version = await getVersion(db, id)
  if (version.state === 'draft' && !seesDrafts(actor))
    throw new AppError('not_found', 'catalogue_version_not_found', `There is no version ${id}`)
  return version
}
