import type { Context as HonoContext } from 'hono'
import { readCatalogue } from '../../catalogue/read-catalogue.ts'
import { type AppEnv, requireRole } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter } from '../../shared/http.ts'
import { listVenueServices } from '../../venues/offer-queries.ts'
import { listOwnVenues } from '../../venues/queries.ts'
import { changeVenue } from '../../venues/write-venue.ts'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { type Choice, choiceOf, readChoice } from '../offer/choice-form.ts'
import { ServiceChoice } from '../offer/service-choice.tsx'
import { ServicesPage } from '../offer/services-page.tsx'
import { VenueTabs } from '../offer/venue-tabs.tsx'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'

const path = '/lieu/services'

/** What each venue of an organisation offers: everything, or a choice. */
export const createVenueServicesRoutes = ({ mode }: PageParts) => {
  const findVenue = async (c: HonoContext<AppEnv>, id: string | undefined) => {
    const { db, actor, today } = c.var.context
    const venues = await listOwnVenues(db, today(), requireRole(actor, 'venue_manager').tenantId!)
    const venue = id === undefined || id === '' ? venues[0] : venues.find((own) => own.id === id)
    if (!venue) throw new AppError('not_found', 'venue_not_found', 'There is no such venue')
    return { venue, venues }
  }
  type Shown = Awaited<ReturnType<typeof findVenue>> & { choice: Choice; form: FormState }
  const show = async (c: HonoContext<AppEnv>, { venue, venues, choice, form }: Shown) => {
    const page = propsOf(c, mode)
    const { t } = page
    const title = t('choice.venue')
    const catalogue = await readCatalogue(c.var.context)
    const place = {
      lede: venue.name,
      says: t('choice.venue.says'),
      crumbs: [{ href: '/lieu', label: t('nav.venue') }, { label: title }],
    }
    const status = form === emptyForm ? 200 : 422
    return draw(
      c,
      <ServicesPage {...page} {...place} title={title} audience="venue" isSaved={c.req.query('fait') === 'services'}>
        <div class="stack">
          <VenueTabs t={t} path={path} venues={venues} current={venue.id} />
          <ServiceChoice {...page} {...{ catalogue, choice, form }} action={path} also={{ lieu: venue.id }} />
        </div>
      </ServicesPage>,
      status,
    )
  }
  return createRouter()
    .get(path, async (c) => {
      const found = await findVenue(c, c.req.query('lieu'))
      const choice = choiceOf(await listVenueServices(c.var.context.db, found.venue.id))
      return show(c, { ...found, choice, form: emptyForm })
    })
    .post(path, async (c) => {
      const values = valuesOf(await c.req.parseBody({ all: true }))
      const found = await findVenue(c, values.lieu)
      const choice = readChoice(values)
      if (!choice.isSaved) return show(c, { ...found, choice, form: emptyForm })
      const { t, locale } = propsOf(c, mode)
      if (!choice.isAll && choice.codes.length === 0)
        return show(c, { ...found, choice, form: { values, errors: { which: t('choice.none') } } })
      try {
        await changeVenue(c.var.context, found.venue.id, { services: choice.isAll ? null : [...choice.codes] })
      } catch (error) {
        return show(c, { ...found, choice, form: refusedForm(values, error, { locale, other: 'which' }) })
      }
      return c.redirect(`${path}?lieu=${found.venue.id}&fait=services`, 303)
    })
}
