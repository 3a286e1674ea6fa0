import type { Context as HonoContext } from 'hono'
import { findLogo, type LogoOwner, listLogoOwners } from '../../funders/logo-queries.ts'
import { logoNotFound, removeLogo, setLogo } from '../../funders/set-logo.ts'
import { type AppEnv, requireRole } from '../../shared/context.ts'
import { createRouter, idOf } from '../../shared/http.ts'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { LogosPage, logosHome, schemeOwner } from './logos-page.tsx'

const ownerOf = (owner: string | undefined): LogoOwner => (owner === schemeOwner ? null : idOf(owner, 'funder'))

const bytesOf = async (file: unknown) =>
  file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array()

/** The logos of funders and of who runs the scheme: seen, sent and taken away. */
export function createLogoPageRoutes({ mode }: PageParts) {
  const show = async (c: HonoContext<AppEnv>, form: FormState) => {
    const { db, actor } = c.var.context
    const mayChange = actor.kind === 'person' && actor.role === 'coordinator'
    const props = { ...propsOf(c, mode), owners: await listLogoOwners(db), form, mayChange }
    return draw(c, <LogosPage {...props} isSaved={c.req.query('fait') === 'logo'} />, form === emptyForm ? 200 : 422)
  }
  return createRouter()
    .get(logosHome, (c) => show(c, emptyForm))
    .get(`${logosHome}/:file{[a-z0-9-]+\\.png}`, async (c) => {
      const logo = await findLogo(c.var.context.db, ownerOf(c.req.param('file').replace('.png', '')))
      if (!logo) throw logoNotFound()
      return c.body(Uint8Array.from(logo.png), 200, { 'content-type': 'image/png' })
    })
    .post(logosHome, async (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      const body = await c.req.parseBody()
      const values = valuesOf(body)
      try {
        await setLogo(c.var.context, ownerOf(values.owner), await bytesOf(body.logo))
      } catch (error) {
        return show(c, refusedForm(values, error, { locale: propsOf(c, mode).locale, other: 'logo' }))
      }
      return c.redirect(`${logosHome}?fait=logo`, 303)
    })
    .post(`${logosHome}/retrait`, async (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      await removeLogo(c.var.context, ownerOf(valuesOf(await c.req.parseBody()).owner))
      return c.redirect(logosHome, 303)
    })
}
