import type { Context as HonoContext } from 'hono'
import type { AppEnv } from '../shared/context.ts'
import { createRouter } from '../shared/http.ts'
import { errorSentence } from '../shared/messages.ts'
import { createAccountRoutes } from './account/account-routes.tsx'
import { createMailboxRoutes } from './account/mailbox-page.tsx'
import { createPasskeyRoutes } from './account/passkey-routes.tsx'
import { createSignInRoutes } from './account/sign-in-routes.tsx'
import { createApplyRoutes } from './apply/apply-routes.tsx'
import { createCoordinatorRoutes } from './coordinator/coordinator-routes.tsx'
import { ErrorPage } from './error-page.tsx'
import { createFunderRoutes } from './funder/funder-routes.tsx'
import type { PageParts } from './page-parts.ts'
import { draw, type Mode, propsOf } from './page-props.tsx'
import { createPeopleRoutes } from './people/people-routes.tsx'
import { createPrescriberRoutes } from './prescriber/prescriber-routes.tsx'
import { createDataRoutes } from './public/data-routes.tsx'
import { createPublicRoutes } from './public/public-routes.tsx'
import { ReferencePage } from './reference-page.tsx'
import { createBoxPageRoutes } from './stock/box-page-routes.tsx'
import { createStockPageRoutes } from './stock/stock-page-routes.tsx'
import { createStopPageRoutes } from './stock/stop-page-routes.tsx'
import { fonts, icon, stylesheet } from './stylesheet.ts'
import { createVenueRoutes } from './venue/venue-routes.tsx'

const year = 'public, max-age=31536000, immutable'

/** What pages need to look as they do. */
const assetRoutes = createRouter()
  .get('/assets/pages.css', (c) =>
    c.body(stylesheet, 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': c.req.query('v') === undefined ? 'public, max-age=300' : year,
    }),
  )
  .get('/assets/carnet.svg', (c) => c.body(icon, 200, { 'content-type': 'image/svg+xml', 'cache-control': year }))
  .get('/assets/fonts/:name', (c) => {
    const font = fonts.get(c.req.param('name'))
    return font ? c.body(font, 200, { 'content-type': 'font/woff2', 'cache-control': year }) : c.notFound()
  })

/** Pages are a second door to the same use cases: the handler loads, the page draws. One file of routes for each audience. */
export function createPageRoutes(parts: PageParts) {
  const { mode, document } = parts
  return createRouter()
    .get('/api/docs', (c) => draw(c, <ReferencePage {...propsOf(c, mode)} document={document()} />))
    .route('/', assetRoutes)
    .route('/', createPublicRoutes(parts))
    .route('/', createDataRoutes(parts))
    .route('/', createMailboxRoutes(parts))
    .route('/', createSignInRoutes(parts))
    .route('/', createPasskeyRoutes(parts))
    .route('/', createAccountRoutes(parts))
    .route('/', createVenueRoutes(parts))
    .route('/', createPeopleRoutes(parts))
    .route('/', createApplyRoutes(parts))
    .route('/', createPrescriberRoutes(parts))
    .route('/', createBoxPageRoutes(parts))
    .route('/', createStockPageRoutes(parts))
    .route('/', createStopPageRoutes(parts))
    .route('/', createFunderRoutes(parts))
    .route('/', createCoordinatorRoutes(parts))
}

/** What a person sees of an error, in their language. */
export function errorPage(
  c: HonoContext<AppEnv>,
  mode: Mode,
  { status, code }: { status: number; code: string },
): Response | Promise<Response> {
  if (code === 'fresh_proof_needed' || (code === 'sign_in_needed' && c.req.method === 'GET'))
    return c.redirect(`/connexion?to=${encodeURIComponent(pageBefore(c.req.method, c.req.url))}`, 303)
  const page = propsOf(c, mode)
  const sentence = errorSentence(code, page.locale)
  return draw(c, <ErrorPage {...page} status={status} sentence={sentence} requestId={c.var.requestId} />, status)
}

/** The page that a form was on: the address of its act without the last word. */
function pageBefore(method: string, address: string): string {
  const { pathname, search } = new URL(address)
  return method === 'GET' ? pathname + search : pathname.replace(/(?<=.)\/[^/]+$/, '')
}
