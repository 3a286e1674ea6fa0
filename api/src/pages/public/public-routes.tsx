import { deleteCookie, getCookie } from 'hono/cookie'
import { cookieName } from '../../accounts/authenticate.ts'
import { endSession } from '../../accounts/session.ts'
import { createRouter } from '../../shared/http.ts'
import { draw, propsOf } from '../page-props.tsx'
import type { PageParts } from '../routes.tsx'
import { StartPage } from './start-page.tsx'

/** Pages for everybody: no account, and nothing is kept of who asked. */
export const createPublicRoutes = ({ mode, publicUrl, demoAccounts }: PageParts) =>
  createRouter()
    .get('/', async (c) => draw(c, <StartPage {...propsOf(c, mode)} accounts={await demoAccounts()} />))
    .post('/deconnexion', async (c) => {
      const token = getCookie(c, cookieName(publicUrl))
      if (token !== undefined) await endSession(c.var.context, token)
      deleteCookie(c, cookieName(publicUrl), { path: '/', secure: publicUrl.startsWith('https:') })
      return c.redirect('/', 303)
    })
