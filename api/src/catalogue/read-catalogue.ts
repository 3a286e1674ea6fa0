import type { Actor, Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
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

  const [themes, services] = await Promise.all([listThemes(ctx.db, version.id), listServices(ctx.db, version.id)])
  const themeTitle = new Map(themes.map((theme) => [theme.code, theme.title]))
  const search = serviceSearch(
    services.map((service) => ({ ...service, themeTitle: themeTitle.get(service.themeCode) ?? '' })),
  )
  const catalogue = { version, themes, services, search }
  published.set(version.id, catalogue)
  return catalogue
}

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
