import { findAuditHead } from '../../accounts/audit-queries.ts'
import { nationalServices } from '../../catalogue/national-services.ts'
import { type Catalogue, readCatalogue } from '../../catalogue/read-catalogue.ts'
import { levels } from '../../catalogue/service-level.ts'
import { listPeriods } from '../../periods/queries.ts'
import type { Context } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter } from '../../shared/http.ts'
import {
  type FinderQuery,
  findVenues,
  listLikePlaces,
  listVenueCommunes,
  type OpenWhen,
  radii,
} from '../../venues/find-venues.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { AccessibilityPage } from './accessibility-page.tsx'
import { createCatalogueFileRoutes } from './catalogue-file-routes.ts'
import { CataloguePage, offered } from './catalogue-page.tsx'
import { MethodPage } from './method-page.tsx'
import { lastSealingOf, PrivacyPage } from './privacy-page.tsx'
import { StartPage } from './start-page.tsx'
import { createTransparencyRoutes } from './transparency-routes.tsx'
import { WherePage } from './where-page.tsx'

type Asked = (name: string) => string | undefined

const moments = ['today', 'evening', 'saturday'] as const satisfies readonly OpenWhen[]

/** A word that is not one of the choices counts as none: an address that was mistyped still shows the page. */
function finderQuery(asked: Asked): FinderQuery {
  return {
    place: (asked('commune') ?? '').trim().slice(0, 80),
    kind: nationalServices.find((kind) => kind === asked('besoin')),
    when: moments.find((when) => when === asked('ouvert')),
    radius: radii.find((radius) => String(radius) === asked('rayon')) ?? radii[0],
  }
}

/** Venues are found before the first catalogue, too. */
async function findCatalogue(ctx: Context): Promise<Catalogue | undefined> {
  try {
    return await readCatalogue(ctx)
  } catch (error) {
    if (error instanceof AppError && error.code === 'catalogue_not_published') return undefined
    throw error
  }
}

const formerCodes = ({ services }: Catalogue, code: string) =>
  services.filter(({ replacedBy, retiredOn }) => replacedBy === code && retiredOn !== null).map((former) => former.code)

const pageNumber = (asked: Asked) => Math.min(99, Math.max(1, Number.parseInt(asked('page') ?? '1', 10) || 1))

/** Pages for everybody: no account, and nothing is kept of who asked. */
export const createPublicRoutes = (parts: PageParts) => {
  const { mode, demoAccounts, operatorContact } = parts
  return createRouter()
    .get('/', async (c) => draw(c, <StartPage {...propsOf(c, mode)} accounts={await demoAccounts()} />))
    .get('/ou', async (c) => {
      const catalogue = await findCatalogue(c.var.context)
      const service = catalogue && offered(catalogue).find(({ code }) => code === c.req.query('service'))
      const meant = service && [service.code, ...formerCodes(catalogue, service.code)]
      const query = { ...finderQuery((name) => c.req.query(name)), services: meant }
      const [found, communes] = [await findVenues(c.var.context, query), await listVenueCommunes(c.var.context)]
      const departmentCodes = [...new Set(communes.map(({ departmentCode }) => departmentCode))]
      const like = found ? found.others : await listLikePlaces(c.var.context, query.place, departmentCodes)
      const page = pageNumber((name) => c.req.query(name))
      const isWhole = c.req.query('tout') === '1'
      return draw(c, <WherePage {...propsOf(c, mode)} {...{ query, found, like, communes, page, isWhole, service }} />)
    })
    .get('/catalogue', async (c) => {
      const catalogue = await readCatalogue(c.var.context)
      const q = (c.req.query('q') ?? '').trim().slice(0, 200)
      const level = levels.find((known) => known === c.req.query('niveau'))
      const theme = catalogue.themes.find(({ code }) => code === c.req.query('theme'))?.code
      const services = new Map(offered(catalogue).map((service) => [service.code, service]))
      const found = catalogue
        .search(q)
        .flatMap((code) => services.get(code) ?? [])
        .filter((service) => (!level || service.level === level) && (!theme || service.themeCode === theme))
      const query = { q, level, theme, isWhole: c.req.query('tout') === '1' }
      return draw(c, <CataloguePage {...propsOf(c, mode)} catalogue={catalogue} query={query} found={found} />)
    })
    .route('/', createCatalogueFileRoutes(mode))
    .route('/', createTransparencyRoutes(parts))
    .get('/accessibilite', (c) => draw(c, <AccessibilityPage {...propsOf(c, mode)} contact={operatorContact} />))
    .get('/methode', (c) => draw(c, <MethodPage {...propsOf(c, mode)} />))
    .get('/confidentialite', async (c) => {
      const lastSealing = lastSealingOf(await listPeriods(c.var.context.db))
      const auditHead = await findAuditHead(c.var.context.db)
      return draw(c, <PrivacyPage {...propsOf(c, mode)} lastSealing={lastSealing} auditHead={auditHead} />)
    })
}
