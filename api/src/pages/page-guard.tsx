import type { MiddlewareHandler } from 'hono'
import { requireScope } from '../accounts/authenticate.ts'
import type { AppEnv, Role } from '../shared/context.ts'
import type { PageParts } from './page-parts.ts'
import { draw, propsOf } from './page-props.tsx'
import { ReservedPage } from './reserved-page.tsx'

/**
 * Lets one role, or some, into a folder of pages; anybody else reads who may, with status 401 or 403. What a person may see there
 * is decided by the use cases, as for the API. Pages are for sessions: a token with a few scopes stays outside.
 */
export const onlyFor =
  (roles: Role | readonly Role[], { mode, demoAccounts }: PageParts): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const { actor } = c.var.context
    requireScope(actor, 'pages')
    const allowed: readonly Role[] = typeof roles === 'string' ? [roles] : roles
    if (actor.kind === 'person' && allowed.includes(actor.role)) return next()
    const page = propsOf(c, mode)
    const status = actor.kind === 'person' ? 403 : 401
    return draw(c, <ReservedPage {...page} needed={allowed[0]!} accounts={await demoAccounts()} />, status)
  }
