import type { Context as HonoContext } from 'hono'
import { type AppEnv, requireRole } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter } from '../../shared/http.ts'
import { hoursForm } from '../../venues/hours-form.ts'
import { getStandardRow, listOwnVenues } from '../../venues/queries.ts'
import type { FormState } from '../components/form.tsx'
import { valuesOf } from '../components/form-state.ts'
import { PageHead } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { saveSheet } from '../offer/save-sheet.ts'
import { sheetOf } from '../offer/venue-sheet.ts'
import { VenueSheetForm } from '../offer/venue-sheet-form.tsx'
import { VenueTabs } from '../offer/venue-tabs.tsx'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'

const path = '/lieu/fiche'
type Request = HonoContext<AppEnv>

/** Its own venue, or the first of them. Throws `forbidden`, `not_found` `venue_not_found`. */
async function findOwn(c: Request, id: string | undefined) {
  const { db, actor, today } = c.var.context
  const venues = await listOwnVenues(db, today(), requireRole(actor, 'venue_manager').tenantId!)
  const venue = id === undefined || id === '' ? venues[0] : venues.find((own) => own.id === id)
  if (!venue) throw new AppError('not_found', 'venue_not_found', 'There is no such venue')
  return { venue, venues }
}

/** What each venue of an organisation says of itself: its address, its hours, how to reach it. */
export const createVenueSheetRoutes = ({ mode }: PageParts) => {
  const show = async (c: Request, id: string | undefined, form?: FormState) => {
    const page = propsOf(c, mode)
    const { t } = page
    const { venue, venues } = await findOwn(c, id)
    const row = await getStandardRow(c.var.context.db, venue.id)
    const title = t('sheet.title')
    const crumbs = [{ href: '/lieu', label: t('nav.venue') }, { label: title }]
    const otherHours = hoursForm(venue.openingHours) === undefined ? (venue.openingHours ?? undefined) : undefined
    return draw(
      c,
      <Layout {...page} title={title} audience="venue" head={<PageHead {...{ title, crumbs }} lede={venue.name} />}>
        {c.req.query('fait') === 'fiche' && (
          <Notice title={t('sheet.saved')} tone="good" role="status">
            {t('sheet.saved.says')}
          </Notice>
        )}
        <VenueTabs t={t} path={path} venues={venues} current={venue.id} />
        <VenueSheetForm
          {...{ ...page, action: path, also: { lieu: venue.id }, otherHours }}
          form={form ?? { values: sheetOf(row), errors: {} }}
        />
      </Layout>,
      form ? 422 : 200,
    )
  }
  return createRouter()
    .get(path, (c) => show(c, c.req.query('lieu')))
    .post(path, async (c) => {
      const values = valuesOf(await c.req.parseBody())
      const { venue } = await findOwn(c, values.lieu)
      const wrong = await saveSheet(c, venue.id, values, propsOf(c, mode).t)
      return wrong ? show(c, venue.id, wrong) : c.redirect(`${path}?lieu=${venue.id}&fait=fiche`, 303)
    })
}
