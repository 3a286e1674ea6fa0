import { closePeriod } from '../../periods/close-period.ts'
import { freezePeriod } from '../../sealing/freeze-period.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter } from '../../shared/http.ts'
import { listPeriodRows, listVenueRows } from '../../statistics/scheme-queries.ts'
import { csvResponse } from '../components/csv.ts'
import { readListQuery } from '../components/list-query.ts'
import { onlyFor } from '../page-guard.tsx'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { createAccountingRoutes } from './accounting-routes.tsx'
import { createApplicationRoutes } from './application-routes.tsx'
import { createBankRoutes } from './bank-routes.tsx'
import { createBatchRoutes } from './batch-routes.tsx'
import { createCatalogueRoutes } from './catalogue-routes.tsx'
import { createContestRoutes } from './contest-routes.tsx'
import { createCoverageRoutes } from './coverage-routes.tsx'
import { readCoordinatorHome, schemeReaders } from './home-facts.ts'
import { CoordinatorHome } from './home-page.tsx'
import { createJournalRoutes } from './journal-routes.tsx'
import { createLogoPageRoutes } from './logo-page-routes.tsx'
import { blockersOf } from './period-view.ts'
import { nextStep, PeriodsPage } from './periods-page.tsx'
import { createPrintingRoutes } from './printing-routes.tsx'
import { createReleasePageRoutes } from './release-page-routes.tsx'
import { createStructureRoutes } from './structure-routes.tsx'
import { createVenueImportRoutes } from './venue-import-routes.tsx'
import { createVenueQueueRoutes } from './venue-queue-routes.tsx'
import { createVenuePageRoutes } from './venue-routes.tsx'
import { arrangeVenues, VenuesPage, venueColumns } from './venues-page.tsx'
import { createWaitingRoutes } from './waiting-routes.tsx'

const periodId = (text: string) => {
  if (!/^\d{1,9}$/.test(text)) throw new AppError('not_found', 'period_not_found', 'There is no such period')
  return Number(text)
}

/** The pages of those who run the scheme; the auditor reads them. */
export const createCoordinatorRoutes = (parts: PageParts) => {
  const routes = createRouter()
  for (const path of ['/coordination', '/coordination/*']) routes.use(path, onlyFor(schemeReaders, parts))
  return routes
    .get('/coordination', async (c) =>
      draw(c, <CoordinatorHome {...propsOf(c, parts.mode)} facts={await readCoordinatorHome(c.var.context)} />),
    )
    .route('/', createBatchRoutes(parts))
    .route('/', createAccountingRoutes(parts))
    .route('/', createBankRoutes(parts))
    .route('/', createWaitingRoutes(parts))
    .route('/', createContestRoutes(parts))
    .route('/', createStructureRoutes(parts))
    .route('/', createApplicationRoutes(parts))
    .route('/', createJournalRoutes(parts))
    .route('/', createPrintingRoutes(parts))
    .route('/', createLogoPageRoutes(parts))
    .route('/', createVenueImportRoutes(parts))
    .route('/', createVenueQueueRoutes(parts))
    .route('/', createVenuePageRoutes(parts))
    .route('/', createCoverageRoutes(parts))
    .route('/', createPeriodRoutes(parts))
    .route('/', createReleasePageRoutes(parts))
    .route('/', createCatalogueRoutes(parts))
    .route('/', createListRoutes(parts))
}

const createPeriodRoutes = ({ mode }: PageParts) =>
  createRouter()
    .get('/coordination/mois', async (c) => {
      const { db, keyring, actor, today } = c.var.context
      const rows = await listPeriodRows(db)
      const mayAct = actor.kind === 'person' && actor.role === 'coordinator'
      const facts = { rows, today: today(), hasKey: (id: number) => keyring.hasPeriodKey(id), mayAct }
      return draw(c, <PeriodsPage {...propsOf(c, mode)} {...facts} query={readListQuery(c.req.query())} />)
    })
    .get('/coordination/mois.csv', async (c) => {
      const { db, keyring, today } = c.var.context
      const page = propsOf(c, mode)
      const facts = { today: today(), hasKey: (id: number) => keyring.hasPeriodKey(id) }
      const rows = (await listPeriodRows(db)).map((row) => [
        ...[row.id, row.month, row.state, row.accepted, row.statements, row.statementCents],
        ...[nextStep(page, row), blockersOf(row, facts).join(' '), row.auditHash ?? ''],
      ])
      const heads = 'id month state accepted statements statementCents next blockedBy sealedAuditHash'.split(' ')
      return csvResponse(c, 'mois', heads, rows)
    })
    .post('/coordination/mois/:id/arret', async (c) => {
      await freezePeriod(c.var.context, periodId(c.req.param('id')))
      return c.redirect('/coordination/mois', 303)
    })
    .post('/coordination/mois/:id/cloture', async (c) => {
      await closePeriod(c.var.context, periodId(c.req.param('id')))
      return c.redirect('/coordination/mois', 303)
    })

const createListRoutes = ({ mode }: PageParts) =>
  createRouter()
    .get('/coordination/lieux', async (c) => {
      const { db, today } = c.var.context
      const query = readListQuery(c.req.query(), ['etat'])
      return draw(c, <VenuesPage {...propsOf(c, mode)} rows={await listVenueRows(db, today())} query={query} />)
    })
    .get('/coordination/lieux.csv', async (c) => {
      const { db, today } = c.var.context
      const columns = venueColumns(propsOf(c, mode))
      const query = readListQuery(c.req.query(), ['etat'])
      const { all: rows } = arrangeVenues(await listVenueRows(db, today()), query, columns)
      const heads = ['name', 'organisation', 'commune', 'postalCode', 'state', 'since', 'lastUsedMonth', 'phones']
      return csvResponse(
        c,
        'lieux',
        heads,
        rows.map((row) => [
          ...[row.name, row.organisation, row.commune, row.postalCode, row.state],
          ...[row.since, row.lastUsedMonth, row.phones],
        ]),
      )
    })
