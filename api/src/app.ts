import type { Database } from '@carnet/db'
import { getCookie } from 'hono/cookie'
import { authenticate, cookieName } from './accounts/authenticate.ts'
import { catalogueRoutes } from './catalogue/routes.ts'
import { createDeviceRoutes } from './devices/routes.ts'
import type { Keyring } from './keyring/keyring.ts'
import { createRedemptionRoutes, type ScanParts } from './redemptions/routes.ts'
import { createContext } from './shared/context.ts'
import { dayOf } from './shared/days.ts'
import { AppError } from './shared/errors.ts'
import { createRouter, problemResponse, publicError } from './shared/http.ts'
import { limitBody } from './shared/http-limits.ts'
import { organisationRoutes } from './venues/organisation-routes.ts'
import { venueRoutes } from './venues/routes.ts'

export type AppParts = {
  db: Database
  keyring: Keyring
  now: () => Date
  mode: 'demo' | 'production'
  /** The address people type: decides the cookie's name and which origin may write. */
  publicUrl: string
  /** What this process holds for phones (scanning.ts). */
  scanning: ScanParts
}

export type App = ReturnType<typeof createApp>

/** The whole HTTP surface. Nothing here decides: a route calls a use case or a query. */
export function createApp(parts: AppParts) {
  const { db, keyring, now, publicUrl, scanning } = parts
  const app = createRouter()

  app.onError((error, c) => problemResponse(c, publicError(error)))
  app.notFound((c) => problemResponse(c, publicError(new AppError('not_found', 'route_not_found', 'Nothing is here'))))

  app.use('*', async (c, next) => {
    c.set('requestId', crypto.randomUUID())
    await next()
  })
  app.use('*', limitBody)
  app.use('/api/v1/*', async (c, next) => {
    const today = () => dayOf(now())
    // A phone's token is looked up by its own routes, from memory.
    const isPhone = c.req.path.startsWith('/api/v1/device/')
    const actor = isPhone
      ? ({ kind: 'public' } as const)
      : await authenticate(
          { db, now, today },
          { authorization: c.req.header('authorization'), sessionToken: getCookie(c, cookieName(publicUrl)) },
        )
    c.set('context', createContext({ db, now, keyring, actor }))
    await next()
  })

  app.get('/healthz', (c) => c.text('ok'))
  app.route('/api/v1', createDeviceRoutes(scanning))
  app.route('/api/v1', createRedemptionRoutes(scanning))
  app.route('/api/v1', catalogueRoutes)
  app.route('/api/v1', organisationRoutes)
  app.route('/api/v1', venueRoutes)
  return app
}
