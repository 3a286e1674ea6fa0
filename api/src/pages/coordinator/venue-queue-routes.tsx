import type { Context as HonoContext } from 'hono'
import { type AppEnv, requireRole } from '../../shared/context.ts'
import { isDay } from '../../shared/days.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, idPattern } from '../../shared/http.ts'
import { errorSentence } from '../../shared/messages.ts'
import { listVenueRows } from '../../statistics/scheme-queries.ts'
import { qualifyVenues, type RefusedVenue } from '../../venues/qualify-venues.ts'
import { afterDoing } from '../components/done-notice.tsx'
import type { FormState } from '../components/form.tsx'
import { refusedForm } from '../components/form-state.ts'
import { readListQuery } from '../components/list-query.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { VenueQueuePage } from './venue-queue-page.tsx'
import { isWaitingVenue, venueQueuePath } from './waiting-venues.ts'

const nothingDone: { qualified: number; refused: readonly RefusedVenue[] } = { qualified: 0, refused: [] }
const isId = (text: unknown): text is string => typeof text === 'string' && new RegExp(`^${idPattern}$`).test(text)

/** Venues that wait to be qualified, and the decision on many of them. */
export function createVenueQueueRoutes({ mode }: PageParts) {
  async function show(c: HonoContext<AppEnv>, form: FormState, { qualified, refused } = nothingDone) {
    const { db, today } = c.var.context
    const page = propsOf(c, mode)
    const rows = (await listVenueRows(db, today())).filter(isWaitingVenue)
    const nameOf = (id: string) => rows.find((row) => row.id === id)?.name ?? ''
    const props = {
      ...{ ...page, rows, form, query: readListQuery(c.req.query(), ['etat']), isAll: c.req.query('tous') === '1' },
      qualified,
      refused: refused.map(({ venueId, code }) => ({ name: nameOf(venueId), says: errorSentence(code, page.locale) })),
    }
    const isWrong = refused.length > 0 || Object.keys(form.errors).length > 0
    return draw(c, <VenueQueuePage {...props} />, isWrong ? 422 : 200)
  }
  return createRouter()
    .get(venueQueuePath, (c) => show(c, { values: { from: c.var.context.today() }, errors: {} }))
    .post(venueQueuePath, async (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      const { venues = [], from } = await c.req.parseBody({ all: true })
      const ids = [venues].flat().filter(isId)
      const values = { venues: ids.join(','), from: String(from ?? '') }
      const { t } = propsOf(c, mode)
      if (!isDay(values.from)) return show(c, { values, errors: { from: t('import.cell.day') } })
      if (ids.length === 0) return show(c, { values, errors: { venues: t('venue_queue.nothing') } })
      try {
        const done = await qualifyVenues(c.var.context, ids, values.from)
        if (done.refused.length > 0) return show(c, { values, errors: {} }, done)
      } catch (error) {
        if (!(error instanceof AppError) || error.kind !== 'invalid') throw error
        return show(c, refusedForm(values, error, { locale: propsOf(c, mode).locale, other: 'venues' }))
      }
      return c.redirect(afterDoing(venueQueuePath, 'lieux-qualifies'), 303)
    })
}
