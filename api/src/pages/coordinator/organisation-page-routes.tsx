import type { Context as HonoContext } from 'hono'
import { type AppEnv, requireRole } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, idPattern } from '../../shared/http.ts'
import { changeOrganisation } from '../../venues/change-organisation.ts'
import { getOrganisation } from '../../venues/queries.ts'
import { afterDoing } from '../components/done-notice.tsx'
import type { FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { OrganisationPage, organisationHref } from './organisation-page.tsx'

type C = HonoContext<AppEnv>
const one = `/coordination/structures/:id{${idPattern}}` as const

/** The name and the SIRET of an organisation that runs venues. */
export function createOrganisationPageRoutes({ mode }: PageParts) {
  const show = async (c: C, id: string, form?: FormState) => {
    requireRole(c.var.context.actor, 'coordinator')
    const { legalName, siret } = await getOrganisation(c.var.context.db, id)
    const shown = form ?? { values: { legalName, siret: siret ?? '' }, errors: {} }
    return draw(
      c,
      <OrganisationPage {...propsOf(c, mode)} {...{ id, name: legalName, form: shown }} />,
      form ? 422 : 200,
    )
  }
  return createRouter()
    .get(one, (c) => show(c, c.req.param('id')))
    .post(one, async (c) => {
      const id = c.req.param('id')
      const values = valuesOf(await c.req.parseBody())
      const { legalName = '', siret = '' } = values
      try {
        if (legalName.length < 2)
          throw new AppError('invalid', 'structure_name_missing', 'legalName: a name', { field: 'legalName' })
        await changeOrganisation(c.var.context, id, { legalName: legalName.slice(0, 200), siret })
      } catch (error) {
        return show(c, id, refusedForm(values, error, { locale: propsOf(c, mode).locale, other: 'siret' }))
      }
      return c.redirect(afterDoing(organisationHref(id), 'structure'), 303)
    })
}
