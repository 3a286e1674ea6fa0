import type { Context as HonoContext } from 'hono'
import { readRanges } from '../../books/cover-ranges.ts'
import { listEveryStop } from '../../books/stop-queries.ts'
import { type AppEnv, requireRole } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, idOf } from '../../shared/http.ts'
import { listPrescriberNames, listStockedCampaigns } from '../../stock/queries.ts'
import { liftStop, previewStop, type StopDetails, stopBooks } from '../../stock/stop-books.ts'
import { csvResponse } from '../components/csv.ts'
import { afterDoing } from '../components/done-notice.tsx'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { readListQuery } from '../components/list-query.ts'
import { onlyFor } from '../page-guard.tsx'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { type Effect, StopFormPage } from './stop-form-page.tsx'
import { arrangeStops, StopsPage, stopColumns } from './stops-page.tsx'

type C = HonoContext<AppEnv>
const [reasons, askers] = [
  ['lost', 'stolen', 'damaged'] as const,
  ['prescriber', 'funder', 'printer', 'coordination'] as const,
]

/** What the form says; one cover alone is a range too. Throws `invalid`. */
function detailsOf(values: Record<string, string>): StopDetails {
  const cover = (field: 'firstCover' | 'lastCover', text = '') => {
    const [range] = /^\d+$/.test(text) ? readRanges(text) : []
    if (!range) throw new AppError('invalid', 'covers_unreadable', 'Write a cover number', { field })
    return range.firstCover
  }
  return {
    campaignId: idOf(values.campaignId, 'campaign'),
    firstCover: cover('firstCover', values.firstCover),
    lastCover: cover('lastCover', values.lastCover || values.firstCover),
    reason: reasons.find((known) => known === values.reason) ?? 'lost',
    askedBy: askers.find((known) => known === values.askedBy),
    isFromStock: values.where === 'stock',
  }
}

/** Stop orders by ranges of covers: the list, the form with its effect, and unblocking. */
export function createStopPageRoutes(parts: PageParts) {
  const { mode } = parts
  const routes = createRouter()
  const readers = ['coordinator', 'prescriber', 'finance_approver', 'auditor'] as const
  for (const path of ['/oppositions', '/oppositions.csv', '/oppositions/*']) routes.use(path, onlyFor(readers, parts))

  const showForm = async (c: C, form: FormState, effect: Effect | null = null) => {
    const campaigns = await listStockedCampaigns(c.var.context.db)
    const status = Object.keys(form.errors).length > 0 ? 422 : 200
    return draw(c, <StopFormPage {...propsOf(c, mode)} campaigns={campaigns} form={form} effect={effect} />, status)
  }
  const refused = (c: C, values: Record<string, string>, error: unknown) =>
    showForm(c, refusedForm(values, error, { locale: propsOf(c, mode).locale, other: 'firstCover' }))

  async function effectOf(c: C, details: StopDetails): Promise<Effect> {
    const { db } = c.var.context
    const { books, blocked, keeper } = await previewStop(c.var.context, details)
    const [campaign] = await listStockedCampaigns(db, details.campaignId)
    const { t } = propsOf(c, mode)
    const place =
      keeper === undefined
        ? null
        : keeper === null
          ? t('stock.campaign_stock')
          : ((await listPrescriberNames(db)).get(keeper) ?? null)
    return { details, books, blocked, campaign: campaign?.name ?? '', place }
  }

  return routes
    .get('/oppositions', async (c) => {
      const query = readListQuery(c.req.query(), ['etat'])
      return draw(c, <StopsPage {...propsOf(c, mode)} rows={await listEveryStop(c.var.context.db)} query={query} />)
    })
    .get('/oppositions.csv', async (c) => {
      const columns = stopColumns(propsOf(c, mode))
      const query = readListQuery(c.req.query(), ['etat'])
      const all = await listEveryStop(c.var.context.db)
      const { all: rows } = arrangeStops(all, query, columns)
      const heads = [
        'id',
        'campaign',
        'firstCover',
        'lastCover',
        'reason',
        'askedBy',
        'isFromStock',
        'orderedOn',
        'liftedOn',
      ]
      const cells = rows.map((row) => [
        ...[row.id, row.campaign, row.firstCover, row.lastCover, row.reason, row.askedBy],
        ...[String(row.isFromStock), row.orderedOn, row.liftedOn],
      ])
      return csvResponse(c, 'oppositions', heads, cells)
    })
    .get('/oppositions/nouvelle', async (c) => {
      const { role } = requireRole(c.var.context.actor, 'coordinator', 'prescriber')
      const asked = role === 'prescriber' ? 'prescriber' : 'coordination'
      const values: Record<string, string> = { reason: 'lost', where: 'handed', askedBy: asked, ...c.req.query() }
      if (!values.firstCover) return showForm(c, { ...emptyForm, values })
      try {
        return await showForm(c, { ...emptyForm, values }, await effectOf(c, detailsOf(values)))
      } catch (error) {
        return refused(c, values, error)
      }
    })
    .post('/oppositions', async (c) => {
      const values = valuesOf(await c.req.parseBody({ all: true }))
      try {
        await stopBooks(c.var.context, detailsOf(values))
      } catch (error) {
        return refused(c, values, error)
      }
      return c.redirect(afterDoing('/oppositions', 'opposition'), 303)
    })
    .post('/oppositions/:id/levee', async (c) => {
      await liftStop(c.var.context, idOf(c.req.param('id'), 'stop_order'))
      return c.redirect(afterDoing('/oppositions', 'opposition-levee'), 303)
    })
}
