import type { Context as HonoContext } from 'hono'
import type { AppEnv } from '../../shared/context.ts'
import { isDay } from '../../shared/days.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, idOf } from '../../shared/http.ts'
import { makeShareLink, readShareLinks, revokeShareLink } from '../../statistics/share-links.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { tenantNameOf } from '../tenant-name.ts'
import { SharesPage } from './shares-page.tsx'

/** Links that a funder gives away. The folder's guard has let the caller in; the use cases decide whose links they are. */
export const createSharePageRoutes = ({ mode, publicUrl }: Pick<PageParts, 'mode' | 'publicUrl'>) => {
  const show = async (c: HonoContext<AppEnv>, made?: string) => {
    const ctx = c.var.context
    const links = await readShareLinks(ctx)
    const tenant = await tenantNameOf(ctx)
    return draw(c, <SharesPage {...propsOf(c, mode)} links={links} today={ctx.today()} made={made} tenant={tenant} />)
  }
  return createRouter()
    .get('/financeur/partages', (c) => show(c))
    .post('/financeur/partages', async (c) => {
      const form = await c.req.parseBody()
      const label = String(form.label ?? '')
        .trim()
        .slice(0, 100)
      const expiresOn = String(form.expiresOn ?? '')
      if (label === '' || !isDay(expiresOn))
        throw new AppError('invalid', 'invalid_request', 'A link needs a name and a last day')
      const { token } = await makeShareLink(c.var.context, { label, expiresOn })
      c.header('cache-control', 'no-store')
      return show(c, `${publicUrl}/partage/${token}`)
    })
    .post('/financeur/partages/:id/arret', async (c) => {
      await revokeShareLink(c.var.context, idOf(c.req.param('id'), 'share_link'))
      return c.redirect('/financeur/partages', 303)
    })
}
