import type { Context as HonoContext } from 'hono'
import { readCatalogue } from '../../catalogue/read-catalogue.ts'
import { type AppEnv, requireRole } from '../../shared/context.ts'
import { isDay } from '../../shared/days.ts'
import { createRouter, idPattern } from '../../shared/http.ts'
import { findTerritory } from '../../territories/queries.ts'
import { readSurroundings } from '../../territories/surroundings.ts'
import { hoursForm } from '../../venues/hours-form.ts'
import { listVenueServices } from '../../venues/offer-queries.ts'
import { findCurrentQualification } from '../../venues/payee-queries.ts'
import { type QualificationState, qualificationTransitions } from '../../venues/qualification.ts'
import { qualifyVenue } from '../../venues/qualify-venue.ts'
import { getOrganisation, getStandardRow, getVenue } from '../../venues/queries.ts'
import { changeVenue } from '../../venues/write-venue.ts'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { PageHead } from '../components/page-head.tsx'
import { Layout } from '../layout.tsx'
import { type Choice, choiceOf, readChoice } from '../offer/choice-form.ts'
import { saveSheet } from '../offer/save-sheet.ts'
import { ServiceChoice } from '../offer/service-choice.tsx'
import { ServicesPage } from '../offer/services-page.tsx'
import { sheetOf } from '../offer/venue-sheet.ts'
import { VenueSheetForm } from '../offer/venue-sheet-form.tsx'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { VenuePage, venueHref } from './venue-page.tsx'

const one = `/coordination/lieux/:id{${idPattern}}` as const
type Request = HonoContext<AppEnv>

const isState = (text: string): text is QualificationState => text !== 'none' && text in qualificationTransitions

async function readFacts({ var: { context } }: Request, id: string) {
  const { db, today } = context
  const venue = await getVenue(db, today(), id)
  const territory = await findTerritory(db, venue.communeCode)
  const { latitude, longitude, communeCode } = venue
  const point = latitude === null || longitude === null ? null : { latitude, longitude }
  return {
    venue,
    territory,
    organisation: await getOrganisation(db, venue.organisationId),
    row: await getStandardRow(db, id),
    services: await listVenueServices(db, id),
    catalogue: await readCatalogue(context),
    qualification: await findCurrentQualification(db, id),
    about: await readSurroundings(db, { communeCode, epciCode: territory?.epci?.code ?? null, point }),
  }
}

/** One venue, for the coordination: its sheet, its services, the decision on it. */
export const createVenuePageRoutes = (parts: PageParts) =>
  createRouter()
    .route('/', createDecisionRoutes(parts))
    .route('/', createSheetRoutes(parts))
    .route('/', createOfferRoutes(parts))

const createDecisionRoutes = ({ mode }: PageParts) => {
  const show = async (c: Request, id: string, form: FormState) => {
    const facts = { ...(await readFacts(c, id)), done: c.req.query('fait') ?? '' }
    const shown = form === emptyForm ? { values: { from: c.var.context.today() }, errors: {} } : form
    return draw(c, <VenuePage {...propsOf(c, mode)} {...facts} form={shown} />, form === emptyForm ? 200 : 422)
  }
  return createRouter()
    .get(one, (c) => show(c, c.req.param('id'), emptyForm))
    .post(`${one}/qualification`, async (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      const id = c.req.param('id')
      const values = valuesOf(await c.req.parseBody())
      const { state = '', from = '' } = values
      const { t, locale } = propsOf(c, mode)
      if (!isDay(from)) return show(c, id, { values, errors: { from: t('import.cell.day') } })
      if (!isState(state)) return show(c, id, { values, errors: { state: t('sheet.decide.choose') } })
      try {
        await qualifyVenue(c.var.context, id, { state, from })
      } catch (error) {
        return show(c, id, refusedForm(values, error, { locale, other: 'state' }))
      }
      return c.redirect(`${venueHref(id)}?fait=decision`, 303)
    })
}

const createSheetRoutes = ({ mode }: PageParts) => {
  const show = async (c: Request, id: string, form?: FormState) => {
    const page = propsOf(c, mode)
    const { t } = page
    const venue = await getVenue(c.var.context.db, c.var.context.today(), id)
    const row = await getStandardRow(c.var.context.db, id)
    const crumbs = [
      { href: '/coordination/lieux', label: t('venues.title') },
      { href: venueHref(id), label: venue.name },
      { label: t('sheet.title') },
    ]
    const title = t('sheet.title')
    return draw(
      c,
      <Layout
        {...page}
        title={title}
        audience="coordinator"
        head={<PageHead {...{ title, crumbs }} lede={venue.name} />}
      >
        <VenueSheetForm
          {...page}
          action={`${venueHref(id)}/fiche`}
          form={form ?? { values: sheetOf(row), errors: {} }}
          otherHours={hoursForm(venue.openingHours) === undefined ? (venue.openingHours ?? undefined) : undefined}
        />
      </Layout>,
      form ? 422 : 200,
    )
  }
  return createRouter()
    .get(`${one}/fiche`, (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      return show(c, c.req.param('id'))
    })
    .post(`${one}/fiche`, async (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      const id = c.req.param('id')
      const wrong = await saveSheet(c, id, valuesOf(await c.req.parseBody()), propsOf(c, mode).t)
      return wrong ? show(c, id, wrong) : c.redirect(`${venueHref(id)}?fait=fiche`, 303)
    })
}

const createOfferRoutes = ({ mode }: PageParts) => {
  const show = async (c: Request, id: string, { choice, form }: { choice: Choice; form: FormState }) => {
    const page = propsOf(c, mode)
    const { t } = page
    const venue = await getVenue(c.var.context.db, c.var.context.today(), id)
    const catalogue = await readCatalogue(c.var.context)
    const place = {
      title: t('sheet.offers'),
      lede: venue.name,
      says: t('sheet.offers.says'),
      crumbs: [
        { href: '/coordination/lieux', label: t('venues.title') },
        { href: venueHref(id), label: venue.name },
        { label: t('sheet.offers') },
      ],
    }
    return draw(
      c,
      <ServicesPage {...page} {...place} audience="coordinator" isSaved={c.req.query('fait') === 'services'}>
        <ServiceChoice {...page} {...{ catalogue, choice, form }} action={`${venueHref(id)}/services`} />
      </ServicesPage>,
      form === emptyForm ? 200 : 422,
    )
  }
  return createRouter()
    .get(`${one}/services`, async (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      const id = c.req.param('id')
      const choice = choiceOf(await listVenueServices(c.var.context.db, id))
      return show(c, id, { choice, form: emptyForm })
    })
    .post(`${one}/services`, async (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      const id = c.req.param('id')
      const values = valuesOf(await c.req.parseBody({ all: true }))
      const choice = readChoice(values)
      if (!choice.isSaved) return show(c, id, { choice, form: emptyForm })
      const { t, locale } = propsOf(c, mode)
      if (!choice.isAll && choice.codes.length === 0)
        return show(c, id, { choice, form: { values, errors: { which: t('choice.none') } } })
      try {
        await changeVenue(c.var.context, id, { services: choice.isAll ? null : [...choice.codes] })
      } catch (error) {
        return show(c, id, { choice, form: refusedForm(values, error, { locale, other: 'which' }) })
      }
      return c.redirect(`${venueHref(id)}/services?fait=services`, 303)
    })
}
