import type { Context as HonoContext } from 'hono'
import { readEnding } from '../../endings/read-ending.ts'
import { approveBlocking, takeLateHandouts } from '../../endings/sign-ending.ts'
import { signJointStatement } from '../../endings/sign-joint-statement.ts'
import { getStatement, readSignerNames } from '../../endings/statement-queries.ts'
import type { AppEnv } from '../../shared/context.ts'
import { createRouter, idPattern } from '../../shared/http.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { tenantNameOf } from '../tenant-name.ts'
import { EndingPage } from './ending-page.tsx'
import { JointPage } from './joint-page.tsx'

const path = `/financeur/campagnes/:id{${idPattern}}`
const baseOf = (c: HonoContext<AppEnv>) => `/financeur/campagnes/${c.req.param('id')}`
const shownIn = async (c: HonoContext<AppEnv>) => String((await c.req.parseBody()).sha256 ?? '')

/** The end of validity and its signatures. */
export const createEndingRoutes = ({ mode }: PageParts) =>
  createRouter()
    .get(`${path}/fin`, async (c) => {
      const ending = await readEnding(c.var.context, c.req.param('id'))
      const page = { ...propsOf(c, mode), ending, tenant: await tenantNameOf(c.var.context) }
      return draw(c, <EndingPage {...page} base={baseOf(c)} today={c.var.context.today()} />)
    })
    .post(`${path}/fin/blocage`, async (c) => {
      await approveBlocking(c.var.context, c.req.param('id'), await shownIn(c))
      return c.redirect(`${baseOf(c)}/fin#blocage`, 303)
    })
    .post(`${path}/fin/tardives`, async (c) => {
      await takeLateHandouts(c.var.context, c.req.param('id'))
      return c.redirect(`${baseOf(c)}/fin#tardives`, 303)
    })
    .get(`${path}/etat/:statement{${idPattern}}`, async (c) => {
      const { db, tenant } = c.var.context
      const statement = await getStatement(db, c.req.param('statement'), tenant)
      const names = await readSignerNames(db, statement)
      const page = { ...propsOf(c, mode), statement, names, tenant: await tenantNameOf(c.var.context) }
      return draw(c, <JointPage {...page} base={baseOf(c)} />)
    })
    .post(`${path}/etat/:statement{${idPattern}}`, async (c) => {
      const statement = c.req.param('statement')
      await signJointStatement(c.var.context, statement, await shownIn(c))
      return c.redirect(`${baseOf(c)}/etat/${statement}`, 303)
    })
