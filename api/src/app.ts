import type { BlockList } from 'node:net'
import type { Database } from '@carnet/db'
import { getCookie } from 'hono/cookie'
import { annualRoutes } from './accounting/annual-routes.ts'
import { repaymentRoutes } from './accounting/repayment-routes.ts'
import { accountingRoutes } from './accounting/routes.ts'
import { auditReads } from './accounts/audit-reads.ts'
import { auditRoutes } from './accounts/audit-routes.ts'
import { authenticate, cookieName, requireScope } from './accounts/authenticate.ts'
import type { DemoAccount } from './accounts/demo-accounts.ts'
import { answerOnce } from './accounts/idempotency.ts'
import type { OidcProvider } from './accounts/oidc-provider.ts'
import { peopleRoutes } from './accounts/people-routes.ts'
import { accountRoutes } from './accounts/routes.ts'
import { createDemoSignInRoutes, createSessionRoutes } from './accounts/session-routes.ts'
import { amendmentRoutes } from './amendments/routes.ts'
import { createPdfRoutes } from './books/pdf/pdf-routes.ts'
import { bookRoutes } from './books/routes.ts'
import { campaignRoutes } from './campaigns/routes.ts'
import { steeringRoutes } from './campaigns/steering-routes.ts'
import { catalogueRoutes } from './catalogue/routes.ts'
import { createContestRoutes } from './contests/routes.ts'
import { createDemoRoutes } from './demo/routes.ts'
import { createHandingRoutes } from './devices/handing-routes.ts'
import { createDeviceRoutes } from './devices/routes.ts'
import { endingRoutes } from './endings/routes.ts'
import { logoRoutes } from './funders/logo-routes.ts'
import { funderRoutes } from './funders/routes.ts'
import type { Keyring } from './keyring/keyring.ts'
import { createMailbox, type Mailer } from './mail/mailer.ts'
import { createPageRoutes, errorPage } from './pages/routes.tsx'
import { createScannerRoutes } from './pages/scanner-files.ts'
import { exportRoutes } from './payouts/export-routes.ts'
import { holdRoutes } from './payouts/hold-routes.ts'
import { ledgerRoutes } from './payouts/ledger-routes.ts'
import { payoutRoutes } from './payouts/routes.ts'
import { statementRoutes } from './payouts/statement-routes.ts'
import { createRedemptionRoutes, type ScanParts } from './redemptions/routes.ts'
import { createQueueImportRoutes } from './saved-queues/routes.ts'
import { createAlarmWatch } from './sealing/alarms.ts'
import { periodRoutes } from './sealing/routes.ts'
import { type ApiDocument, completeDocument, registerSecurity } from './shared/api-docs.ts'
import { createContext } from './shared/context.ts'
import { dayOf } from './shared/days.ts'
import { errorLine } from './shared/error-log.ts'
import { AppError } from './shared/errors.ts'
import { askDatabase } from './shared/health-queries.ts'
import { createRouter, problemResponse, publicError, routeOf, tellWhenToRetry } from './shared/http.ts'
import { protectAnswers } from './shared/http-headers.ts'
import { limitBody, limitSenders } from './shared/http-limits.ts'
import { checkOrigin } from './shared/http-origin.ts'
import { limitRates } from './shared/http-rates.ts'
import { createMetricsRoutes } from './shared/metrics-routes.ts'
import { createLimit, type Limit } from './shared/rate-limit.ts'
import { createOpenDataRoutes } from './statistics/open-data-routes.ts'
import { releaseRoutes } from './statistics/release-routes.ts'
import { statisticsRoutes } from './statistics/routes.ts'
import { shareLinkRoutes } from './statistics/share-link-routes.ts'
import { prescriberRoutes } from './stock/prescriber-routes.ts'
import { stockRoutes } from './stock/stock-routes.ts'
import { stopRoutes } from './stock/stop-routes.ts'
import { balanceRoutes } from './treasury/balance-routes.ts'
import { contestPaymentRoutes } from './treasury/contest-routes.ts'
import { orderRoutes } from './treasury/order-routes.ts'
import { treasuryRoutes } from './treasury/routes.ts'
import { bankDocumentRoutes } from './venues/bank-document-routes.ts'
import { organisationRoutes } from './venues/organisation-routes.ts'
import { venueRoutes } from './venues/routes.ts'

export type AppParts = {
  db: Database
  keyring: Keyring
  now: () => Date
  mode: 'demo' | 'production'
  /** The address people type: decides the cookie's name and which origin may write. */
  publicUrl: string
  /** Who runs this installation, and where to write to them. */
  operatorContact?: string | undefined
  /** What this process holds for phones (scanning.ts). */
  scanning: ScanParts
  /** Whom the start page offers to sign in as. */
  demoAccounts?: () => Promise<readonly DemoAccount[]>
  /** Proxies whose `X-Forwarded-For` is believed; none unless given. */
  trustedProxies?: BlockList | null
  /** Counts how often (rate-limit.ts): one for the process. */
  limit?: Limit
  /** Who has it reads `/metrics`; none: this machine alone. */
  metricsToken?: string | undefined
  /** Where people may sign in besides; none: codes and passkeys alone. */
  oidc?: OidcProvider | undefined
  /** How mails leave. None: a mailbox in memory, as the demo has. */
  mailer?: Mailer
  /** Where a bug is told: one JSON line. */
  log?: (line: string) => void
}

export type App = ReturnType<typeof createApp>
type Router = ReturnType<typeof createRouter>

const base = '/api/v1'
/** Phones are many and fast: their routes pay for nothing they do not need, and know their phones by themselves. */
const isPhonePath = (path: string) => path.startsWith(`${base}/device/`)

/** The whole HTTP surface. Nothing here decides: a route calls a use case or a query. */
export function createApp(parts: AppParts) {
  const { db, mode, publicUrl, scanning, log = console.error, mailer = createMailbox(parts.now) } = parts
  const app = createRouter()

  app.onError((error, c) => {
    const known = publicError(error)
    if (!(error instanceof AppError) && !['request_refused', 'invalid_request'].includes(known.code))
      log(JSON.stringify(errorLine(error, { route: routeOf(c), requestId: c.var.requestId })))
    // Refused before anybody knew who asks: there is nothing to draw a page with.
    if (c.var.context && !c.req.path.startsWith('/api/') && c.req.header('accept')?.includes('text/html')) {
      tellWhenToRetry(c, known.status, known.facts)
      return errorPage(c, mode, known)
    }
    const facts = known.status === 500 ? { requestId: c.var.requestId } : known.facts
    return problemResponse(c, { ...known, facts })
  })
  app.notFound(() => {
    throw new AppError('not_found', 'route_not_found', 'Nothing is here')
  })

  // Alarms of the scheme are told and take no process out of service: the pages that help are in it too.
  const readAlarms = createAlarmWatch(createContext({ ...parts, actor: { kind: 'operator' } }))
  tellMetrics(app, parts, readAlarms)
  guard(app, parts)
  app.get('/healthz', (c) => c.text('ok'))
  app.get('/readyz', async (c) => {
    await askDatabase(db)
    return c.json({ status: 'ready', alarms: await readAlarms() })
  })

  for (const [module, routers] of Object.entries(modulesOf(parts)))
    for (const routes of routers) mount(app, module, routes)
  const demoAccounts = parts.demoAccounts ?? (async () => [])
  if (mode === 'demo') {
    app.route(base, createDemoRoutes({ ...parts, accounts: demoAccounts }))
    app.route('/', createDemoSignInRoutes(publicUrl))
  }

  const document = documentOf(app, publicUrl)
  app.get('/api/openapi.json', (c) => c.json(document()))
  app.route('/', createOpenDataRoutes(publicUrl))
  app.route('/', createScannerRoutes(mode))
  app.route(
    '/',
    createPageRoutes({
      ...parts,
      ...{ document, demoAccounts, mailer, oidc: parts.oidc, report: reportMail(log) },
      forgetDevice: scanning.directory.forgetDevice,
      desk: scanning.desk,
    }),
  )
  return app
}

/** Every JSON route, by the module that an API token needs in its scopes. */
const modulesOf = ({ scanning, publicUrl }: AppParts): Record<string, readonly Router[]> => ({
  devices: [createDeviceRoutes(scanning), createHandingRoutes(scanning)],
  redemptions: [createRedemptionRoutes(scanning), createContestRoutes(scanning), createQueueImportRoutes(scanning)],
  accounts: [accountRoutes, createSessionRoutes(publicUrl), auditRoutes],
  people: [peopleRoutes],
  catalogue: [catalogueRoutes],
  venues: [organisationRoutes, bankDocumentRoutes, venueRoutes],
  funders: [funderRoutes, logoRoutes],
  campaigns: [campaignRoutes, steeringRoutes, balanceRoutes, amendmentRoutes, endingRoutes],
  books: [bookRoutes, createPdfRoutes(publicUrl), prescriberRoutes, stockRoutes, stopRoutes],
  periods: [periodRoutes],
  payouts: [statementRoutes, payoutRoutes, exportRoutes, holdRoutes],
  ledger: [
    ledgerRoutes,
    orderRoutes,
    contestPaymentRoutes,
    treasuryRoutes,
    accountingRoutes,
    annualRoutes,
    repaymentRoutes,
  ],
  statistics: [statisticsRoutes, releaseRoutes, shareLinkRoutes],
})

function mount(app: Router, module: string, routes: Router): void {
  for (const path of new Set(routes.routes.map((route) => base + route.path)))
    if (!isPhonePath(path))
      app.use(path, async (c, next) => {
        requireScope(c.var.context.actor, module)
        await next()
      })
  app.route(base, routes)
}

/** A code that did not leave: why, never to whom. */
const reportMail = (log: (line: string) => void) => (error: unknown) =>
  log(JSON.stringify(errorLine(error as Error, { route: 'mail', requestId: '' })))

/** Before the guard: its token is nobody's account. */
function tellMetrics(app: Router, parts: AppParts, readAlarms: ReturnType<typeof createAlarmWatch>): void {
  const isSecure = parts.publicUrl.startsWith('https:')
  app.use('/metrics', protectAnswers(isSecure))
  const { metrics } = parts.scanning
  // This server speaks http alone: an https address is that of a proxy.
  const isBehindProxy = isSecure || Boolean(parts.trustedProxies)
  app.route('/', createMetricsRoutes({ metrics, token: parts.metricsToken, isBehindProxy, readAlarms }))
}

/** What every request passes before its route: headers, size, who asks, from where, and whether it was answered before. */
function guard(app: Router, parts: AppParts): void {
  const { db, keyring, now, publicUrl } = parts
  const today = () => dayOf(now())
  app.use('*', async (c, next) => {
    c.set('requestId', crypto.randomUUID())
    await next()
  })
  app.use('*', protectAnswers(publicUrl.startsWith('https:')))
  app.use('*', limitBody)
  app.use('*', async (c, next) => {
    const actor = isPhonePath(c.req.path)
      ? ({ kind: 'public' } as const)
      : await authenticate(
          { db, now, today },
          { authorization: c.req.header('authorization'), sessionToken: getCookie(c, cookieName(publicUrl)) },
        )
    c.set('context', createContext({ db, now, keyring, actor }))
    await next()
  })
  app.use('*', limitSenders)
  app.use('*', limitRates(parts.limit ?? createLimit().limit, parts.trustedProxies ?? null))
  app.use('*', checkOrigin(publicUrl))
  app.use(`${base}/*`, answerOnce)
  app.use('*', auditReads)
}

/** Made at the first request: all routes are there then, and they never change. */
function documentOf(app: Router, publicUrl: string): () => ApiDocument {
  registerSecurity(app, cookieName(publicUrl))
  let document: ApiDocument | undefined
  return () => {
    document ??= completeDocument(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: 'Carnet', version: '1', license: { name: 'AGPL-3.0-or-later' } },
        servers: [{ url: publicUrl }],
      }),
    )
    return document
  }
}
