import type { Context as HonoContext } from 'hono'
import { readRanges } from '../../books/cover-ranges.ts'
import { listPrescribers } from '../../prescribers/queries.ts'
import { type AppEnv, type Person, requireOwn, requirePerson } from '../../shared/context.ts'
import { isDay, lastMonthEnd } from '../../shared/days.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, idOf } from '../../shared/http.ts'
import type { Translate } from '../../shared/messages.ts'
import { type CountedStock, countStock } from '../../stock/count-stock.ts'
import { cancelMove, declareMove, receiveMove } from '../../stock/move-stock.ts'
import {
  listMoves,
  listPrescriberNames,
  listStockCounts,
  listStockedCampaigns,
  readStockFacts,
} from '../../stock/queries.ts'
import { readUnusedValue, type UnusedLine } from '../../stock/read-unused-value.ts'
import { type Depository, emptyLine, eveningOf, everyMonth, monthsOver, stockOn } from '../../stock/stock.ts'
import { csvResponse } from '../components/csv.ts'
import { afterDoing } from '../components/done-notice.tsx'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { readListQuery } from '../components/list-query.ts'
import { onlyFor } from '../page-guard.tsx'
import type { PageParts } from '../page-parts.ts'
import { draw, type PageProps, propsOf } from '../page-props.tsx'
import { tenantNameOf } from '../tenant-name.ts'
import { historyOf } from './shelf-history.ts'
import { ShelfPage, type ShelfView } from './shelf-page.tsx'
import { arrangeStock, StockPage, type StockRow, stockColumns } from './stock-page.tsx'
import { placeOf, UnusedPage } from './unused-page.tsx'

type C = HonoContext<AppEnv>
const scheme = ['coordinator', 'finance_approver', 'auditor'] as const

/** Funders read hand-outs of months that are over: a stock that follows each one would tell its day. */
const countsFor = (c: C, { role }: Person) =>
  role === 'funder' ? monthsOver(eveningOf(c.var.context.today(), c.var.context.today())) : everyMonth

async function readRows(c: C, t: Translate): Promise<StockRow[]> {
  const { db, actor, today } = c.var.context
  const person = requirePerson(actor)
  const names = await listPrescriberNames(db)
  const rows: StockRow[] = []
  for (const campaign of await listStockedCampaigns(db)) {
    const lines = stockOn(await readStockFacts(db, campaign.id), today(), countsFor(c, person))
    rows.push(...lines.map((line) => ({ ...line, campaign, place: placeName(line.depository, names, t) })))
  }
  return rows
}
const placeName = (depository: Depository, names: ReadonlyMap<string, string>, t: Translate): string =>
  depository === null ? t('stock.campaign_stock') : (names.get(depository) ?? '–')

/** Books in stock, one stock at a time, and what they are worth. */
export function createStockPageRoutes(parts: PageParts) {
  const { mode } = parts
  const routes = createRouter()
  for (const path of ['/stock', '/stock.csv', '/valeurs-inactives', '/valeurs-inactives.csv'])
    routes.use(path, onlyFor([...scheme, 'funder'], parts))
  routes.use('/stock/*', onlyFor([...scheme, 'funder', 'prescriber'], parts))

  return routes
    .get('/stock', async (c) => {
      const page = propsOf(c, mode)
      const query = readListQuery(c.req.query(), ['campagne'])
      const tenant = await tenantNameOf(c.var.context)
      return draw(c, <StockPage {...page} rows={await readRows(c, page.t)} query={query} tenant={tenant} />)
    })
    .get('/stock.csv', async (c) => {
      const page = propsOf(c, mode)
      return stockCsv(c, page, await readRows(c, page.t))
    })
    .get('/valeurs-inactives', async (c) => {
      const day = dayAsked(c)
      const lines = await readUnusedValue(c.var.context, day)
      const form = { ...emptyForm, values: { jour: day } }
      const tenant = await tenantNameOf(c.var.context)
      const props = { ...propsOf(c, mode), lines, day, until: countedUntil(c, day), form, tenant }
      return draw(c, <UnusedPage {...props} />)
    })
    .get('/valeurs-inactives.csv', async (c) => {
      const day = dayAsked(c)
      return unusedCsv(c, propsOf(c, mode), await readUnusedValue(c.var.context, day), day)
    })
    .route('/', createShelfRoutes(parts))
}

const dayAsked = (c: C): string => {
  const asked = c.req.query('jour') ?? ''
  return isDay(asked) ? asked : c.var.context.today()
}

const countedUntil = (c: C, day: string) => lastMonthEnd(eveningOf(day, c.var.context.today()))

function stockCsv(c: C, page: PageProps, all: readonly StockRow[]) {
  const query = readListQuery(c.req.query(), ['campagne'])
  const { all: rows } = arrangeStock(all, query, stockColumns(page, all))
  const heads = 'campaign place received handedOut replaced returned damaged lost ended onTheWay missing left active'
  const cells = rows.map((row) => [
    ...[row.campaign.name, row.place, row.received, row.handedOut, row.replaced, row.returned, row.damaged, row.lost],
    ...[row.ended, row.onTheWay, row.missing, row.left, row.active],
  ])
  return csvResponse(c, 'stock', heads.split(' '), cells)
}

function unusedCsv(c: C, { t }: PageProps, lines: readonly UnusedLine[], day: string) {
  const until = countedUntil(c, day)
  const heads = 'day countedUntil campaign depository books vouchers valueCents ownCents inactiveBooks'
  const cells = lines.map((line) => [
    ...[day, until, line.campaign.name, placeOf(t, line.prescriber, line.isOnTheWay)],
    ...[line.books, line.vouchers, line.valueCents, line.ownCents, line.inactiveBooks],
  ])
  return csvResponse(c, `valeurs-inactives-${day}`, heads.split(' '), cells)
}

type Place = { campaignId: string; depository: Depository }
function placeAsked(c: C): Place {
  const { campaign, place } = c.req.param() as Record<string, string>
  const depository = place === 'campagne' ? null : idOf(place, 'prescriber')
  const person = requirePerson(c.var.context.actor)
  if (person.role === 'prescriber') requireOwn(person, depository ?? '', 'prescriber')
  return { campaignId: idOf(campaign, 'campaign'), depository }
}

async function viewOf(c: C, { campaignId, depository }: Place, t: Translate): Promise<ShelfView> {
  const { db, actor, today } = c.var.context
  const person = requirePerson(actor)
  const [campaign] = await listStockedCampaigns(db, campaignId)
  if (!campaign) throw new AppError('not_found', 'campaign_not_found', 'There is no such campaign')
  const names = await listPrescriberNames(db)
  if (depository !== null && !names.has(depository))
    throw new AppError('not_found', 'prescriber_not_found', 'There is no such prescriber')
  const facts = await readStockFacts(db, campaignId)
  const moves = (await listMoves(db, campaignId)).map((move) => ({
    ...move,
    from: move.fromPrescriberId,
    to: move.toPrescriberId,
  }))
  const counts = countsFor(c, person)
  const line = stockOn(facts, today(), counts).find((found) => found.depository === depository) ?? emptyLine(depository)
  const mayAct = person.role === 'coordinator' || person.role === 'prescriber'
  const counted = await listStockCounts(db, campaignId, depository)
  return {
    row: { ...line, campaign, place: placeName(depository, names, t) },
    events: historyOf({ ...facts, moves }, { depository, counts: counted, isTold: counts }),
    nameOf: (place) => placeName(place, names, t),
    prescribers: mayAct && depository === null ? await listPrescribers(db, { onlyId: null, limit: 1000 }) : [],
    mayAct,
  }
}

const numberOf = (text = ''): number => {
  const [range] = /^\d+$/.test(text) ? readRanges(text) : []
  if (!range) throw new AppError('invalid', 'covers_unreadable', 'Write a cover number', { field: 'firstCover' })
  return range.firstCover
}

function createShelfRoutes({ mode }: PageParts) {
  const show = async (c: C, { form = emptyForm, counted }: { form?: FormState; counted?: CountedStock } = {}) => {
    const page = propsOf(c, mode)
    const view = { ...(await viewOf(c, placeAsked(c), page.t)), counted }
    return draw(c, <ShelfPage {...page} view={view} form={form} />, form === emptyForm ? 200 : 422)
  }
  const refused = (c: C, values: Record<string, string>, error: unknown, other: string) =>
    show(c, { form: refusedForm(values, error, { locale: propsOf(c, mode).locale, other }) })

  return createRouter()
    .post('/stock/mouvements/:id/:act{reception|annulation}', async (c) => {
      const { id, act } = c.req.param()
      const end = act === 'reception' ? receiveMove : cancelMove
      const { campaignId, fromPrescriberId, toPrescriberId } = await end(c.var.context, idOf(id, 'stock_move'))
      const { role, tenantId } = requirePerson(c.var.context.actor)
      const back = role === 'prescriber' ? tenantId : act === 'reception' ? toPrescriberId : fromPrescriberId
      const doing = act === 'reception' ? 'mouvement-recu' : 'mouvement-annule'
      return c.redirect(afterDoing(`/stock/${campaignId}/${back ?? 'campagne'}`, doing), 303)
    })
    .get('/stock/:campaign/:place', async (c) => show(c))
    .post('/stock/:campaign/:place/mouvement', async (c) => {
      const { campaignId, depository } = placeAsked(c)
      const values = valuesOf(await c.req.parseBody({ all: true }))
      try {
        const covers = { firstCover: numberOf(values.firstCover), lastCover: numberOf(values.lastCover) }
        const other = depository === null ? idOf(values.to, 'prescriber') : depository
        const direction = depository === null ? ('send' as const) : ('return' as const)
        await declareMove(c.var.context, { campaignId, ...covers, prescriberId: other, direction })
      } catch (error) {
        return refused(c, values, error, 'firstCover')
      }
      return c.redirect(afterDoing(`/stock/${campaignId}/${depository ?? 'campagne'}`, 'mouvement'), 303)
    })
    .post('/stock/:campaign/:place/comptage', async (c) => {
      const { campaignId, depository } = placeAsked(c)
      const values = valuesOf(await c.req.parseBody({ all: true }))
      try {
        const said = { campaignId, prescriberId: depository, covers: readRanges(values.covers ?? '') }
        // Shown at once and not from an address: its covers are kept nowhere.
        return show(c, { counted: await countStock(c.var.context, said) })
      } catch (error) {
        return refused(c, values, error, 'covers')
      }
    })
}
