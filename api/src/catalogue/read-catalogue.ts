import type { Context } from '../shared/context.ts'
import {
  type CatalogueServiceRow,
  type CatalogueVersion,
  getCurrentVersion,
  listServices,
  listThemes,
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
