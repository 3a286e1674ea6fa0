import type { Context as HonoContext } from 'hono'
import { readCatalogue } from '../../catalogue/read-catalogue.ts'
import type { AppEnv } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, idOf } from '../../shared/http.ts'
import { findLikeness, getApplication, listApplications } from '../../venues/application-queries.ts'
import { acceptApplication, refuseApplication } from '../../venues/decide-application.ts'
import { csvResponse } from '../components/csv.ts'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { readListQuery } from '../components/list-query.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { ApplicationPage, ApplicationsPage } from './application-pages.tsx'

/** Structures that applied to become venues, and the decision on each. */
export function createApplicationRoutes({ mode }: PageParts) {
  async function show(c: HonoContext<AppEnv>, id: string, form: FormState) {
    const { db } = c.var.context
    const { application, commune } = await getApplication(db, id)
    const page = propsOf(c, mode)
    const titles = application.themes === null ? null : (await readCatalogue(c.var.context)).themes
    const themes =
      titles
        ?.filter(({ code }) => application.themes!.includes(code))
        .map(({ title }) => title)
        .join(', ') ?? page.t('apply.scope.all')
    const props = { ...page, application, commune, likeness: await findLikeness(db, application), form, themes }
    return draw(c, <ApplicationPage {...props} />, form === emptyForm ? 200 : 422)
  }
  return createRouter()
    .get('/coordination/candidatures', async (c) => {
      const query = readListQuery(c.req.query(), ['etat'])
      const rows = await listApplications(c.var.context.db)
      return draw(c, <ApplicationsPage {...propsOf(c, mode)} rows={rows} query={query} />)
    })
    .get('/coordination/candidatures.csv', async (c) => {
      const heads = ['id', 'state', 'venueName', 'legalName', 'commune', 'postalCode', 'confirmedOn', 'decidedOn']
      const cells = (await listApplications(c.var.context.db)).map((row) => [
        ...[row.id, row.state, row.venueName, row.legalName, row.commune, row.postalCode],
        ...[row.confirmedOn, row.decidedOn],
      ])
      return csvResponse(c, 'candidatures', heads, cells)
    })
    .get('/coordination/candidatures/:id', (c) => show(c, idOf(c.req.param('id'), 'application'), emptyForm))
    .post('/coordination/candidatures/:id/acceptation', async (c) => {
      const id = idOf(c.req.param('id'), 'application')
      await acceptApplication(c.var.context, id)
      return c.redirect(`/coordination/candidatures/${id}`, 303)
    })
    .post('/coordination/candidatures/:id/refus', async (c) => {
      const id = idOf(c.req.param('id'), 'application')
      const values = valuesOf(await c.req.parseBody())
      try {
        await refuseApplication(c.var.context, id, values.reason ?? '')
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'reason_missing')) throw error
        return show(c, id, refusedForm(values, error, { locale: propsOf(c, mode).locale, other: 'reason' }))
      }
      return c.redirect(`/coordination/candidatures/${id}`, 303)
    })
}
