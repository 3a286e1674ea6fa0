import { approveProof } from '../../books/approve-proof.ts'
import { createRouter, idOf } from '../../shared/http.ts'
import { listOrders } from '../../statistics/campaign-queries.ts'
import { createAgreementRoutes } from '../agreements/agreement-routes.tsx'
import { createEndingRoutes } from '../agreements/ending-routes.tsx'
import { csvResponse } from '../components/csv.ts'
import { afterDoing } from '../components/done-notice.tsx'
import { onlyFor } from '../page-guard.tsx'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { tenantNameOf } from '../tenant-name.ts'
import { createFunderAccountingRoutes } from './accounting-routes.tsx'
import { readCampaignFacts } from './campaign-facts.ts'
import { CampaignPage } from './campaign-page.tsx'
import { createCampaignServicesRoutes } from './campaign-services-routes.tsx'
import { FigureListPage } from './figure-list-page.tsx'
import { figuresCsv, type ListName, listNames, readFigureList } from './figure-lists.ts'
import { readHome } from './home-facts.ts'
import { FunderHome } from './home-page.tsx'
import { readAsOf } from './read-as-of.ts'
import { createReportRoutes } from './report-routes.ts'
import { createSharePageRoutes } from './share-page-routes.tsx'
import { createSimulatorRoutes } from './simulator-routes.tsx'

const names = listNames.join('|')

/** The funder's pages; those who serve the scheme read them too. The use cases decide whose campaigns they are. */
export const createFunderRoutes = (parts: PageParts) => {
  const { mode } = parts
  const routes = createRouter()
  const guard = onlyFor(['funder', 'coordinator', 'finance_approver', 'auditor'], parts)
  for (const path of ['/financeur', '/financeur/*']) routes.use(path, guard)

  return routes
    .route('/', createSharePageRoutes(parts))
    .route('/', createSimulatorRoutes(parts))
    .route('/', createEndingRoutes(parts))
    .route('/', createAgreementRoutes(parts))
    .route('/', createFunderAccountingRoutes(parts))
    .route('/', createCampaignServicesRoutes(parts))
    .route('/', createReportRoutes(mode))
    .get('/financeur', async (c) => {
      const page = propsOf(c, mode)
      const { campaigns, next } = await readHome(c.var.context, c.req.query('apres'))
      const nextHref = next && `/financeur?apres=${encodeURIComponent(next)}`
      return draw(
        c,
        <FunderHome {...page} campaigns={campaigns} next={nextHref} tenant={await tenantNameOf(c.var.context)} />,
      )
    })
    .get('/financeur/campagnes/:id', async (c) => {
      const id = c.req.param('id')
      const facts = await readCampaignFacts(c.var.context, id, c.req.query('au'))
      const base = `/financeur/campagnes/${id}`
      const today = c.var.context.today()
      return draw(
        c,
        <CampaignPage
          {...propsOf(c, mode)}
          facts={facts}
          base={base}
          today={today}
          tenant={await tenantNameOf(c.var.context)}
        />,
      )
    })
    .get('/financeur/campagnes/:id/chiffres.csv', async (c) => {
      const asOf = await readAsOf(c.var.context, c.req.param('id'), c.req.query('au'))
      const rows = await figuresCsv({ ...asOf, db: c.var.context.db })
      return csvResponse(c, `${asOf.on}-chiffres`, ['on', 'step', 'cents'], rows)
    })
    .get(`/financeur/campagnes/:id/:file{(${names})\\.csv}`, async (c) => {
      const { t, formats } = propsOf(c, mode)
      const asOf = await readAsOf(c.var.context, c.req.param('id'), c.req.query('au'))
      const name = c.req.param('file').replace('.csv', '') as ListName
      const { heads, rows } = await readFigureList(name, { ...asOf, t, formats, db: c.var.context.db })
      return csvResponse(
        c,
        `${asOf.on}-${name}`,
        heads.map((key) => t(key)),
        rows.map((row) => row.map(({ raw }) => raw)),
      )
    })
    .get(`/financeur/campagnes/:id/:list{${names}}`, async (c) => {
      const page = propsOf(c, mode)
      const { db, actor } = c.var.context
      const asOf = await readAsOf(c.var.context, c.req.param('id'), c.req.query('au'))
      const name = c.req.param('list') as ListName
      const list = await readFigureList(name, { ...asOf, t: page.t, formats: page.formats, db })
      const orders = await listOrders(db, { campaignId: asOf.campaign.id, on: c.var.context.today() })
      const mayApprove = name === 'commandes' && actor.kind === 'person' && actor.role === 'funder'
      const proofs = mayApprove ? orders.filter(({ state }) => state === 'requested') : []
      const base = `/financeur/campagnes/${asOf.campaign.id}`
      const props = { ...page, name, list, asOf, base, proofs, tenant: await tenantNameOf(c.var.context) }
      return draw(c, <FigureListPage {...props} />)
    })
    .post('/financeur/campagnes/:id/tirages/:run/bon-a-tirer', async (c) => {
      const { id, run } = c.req.param()
      await readAsOf(c.var.context, id, undefined)
      await approveProof(c.var.context, idOf(run, 'print_run'))
      return c.redirect(afterDoing(`/financeur/campagnes/${id}/commandes`, 'bon-a-tirer'), 303)
    })
}
