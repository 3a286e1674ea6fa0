import type { MiddlewareHandler } from 'hono'
import { requireScope } from '../accounts/authenticate.ts'
import type { AppEnv, Role } from '../shared/context.ts'
import { draw, propsOf } from './page-props.tsx'
import type { PageParts } from './routes.tsx'
import { SignInPage } from './sign-in-page.tsx'

/**
 * Lets one role into a folder of pages; anybody else reads who may, with status 401 or 403. What a person may see there
 * is decided by the use cases, as for the API. Pages are for sessions: a token with a few scopes stays outside.
 */
export const onlyFor =
  (role: Role, { mode, demoAccounts }: PageParts): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const { actor } = c.var.context
    requireScope(actor, 'pages')
    if (actor.kind === 'person' && actor.role === role) return next()
    const page = propsOf(c, mode)
    const status = actor.kind === 'person' ? 403 : 401
    return draw(c, <SignInPage {...page} needed={role} accounts={await demoAccounts()} />, status)
  }
