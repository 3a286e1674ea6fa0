import { requestState } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { Cover, Covers } from '../books/cover-schema.ts'
import { requireRole } from '../shared/context.ts'
import { lastMonthEnd } from '../shared/days.ts'
import { CentsNumber, createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { countStock } from './count-stock.ts'
import { cancelMove, declareMove, receiveMove } from './move-stock.ts'
import {
  listMoves,
  listRequests,
  listStockedCampaigns,
  type StockMove as MoveRow,
  type BookRequest as RequestRow,
  readStockFacts,
} from './queries.ts'
import { readUnusedValue } from './read-unused-value.ts'
import { replaceBook } from './replace-book.ts'
import { answerRequest, requestBooks } from './request-books.ts'
import { eveningOf, everyMonth, monthsOver, stockOn } from './stock.ts'

const Count = z.number().int()
const StockLine = z
  .object({
    campaignId: z.uuid(),
    prescriberId: z.uuid().nullable().openapi({ description: 'Null: the stock of the campaign' }),
    received: Count,
    handedOut: Count,
    replaced: Count,
    returned: Count,
    damaged: Count,
    lost: Count,
    ended: Count,
    left: Count,
    active: Count.openapi({ description: 'Of what is left: worth its face value' }),
    onTheWay: Count,
    activeOnTheWay: Count.openapi({ description: 'Of these: worth their face value' }),
    missing: Count,
  })
  .openapi('StockLine')
const UnusedValue = z
  .object({
    campaignId: z.uuid(),
    prescriberId: z.uuid().nullable(),
    books: Count,
    vouchers: Count,
    valueCents: CentsNumber,
    ownCents: CentsNumber.openapi({ description: 'The part of the funder that asks' }),
    isOnTheWay: z.boolean().openapi({ description: 'Sent there and not acknowledged yet' }),
    inactiveBooks: Count.openapi({ description: 'Printed, and worth nothing yet' }),
  })
  .openapi('UnusedValue')
const MoveDetails = Covers.extend({
  campaignId: z.uuid(),
  prescriberId: z.uuid(),
  direction: z.enum(['return', 'send']).openapi({ description: 'Back to the stock of the campaign, or out of it' }),
})
const StockMove = Covers.extend({
  id: z.uuid(),
  campaignId: z.uuid(),
  fromPrescriberId: z.uuid().nullable(),
  toPrescriberId: z.uuid().nullable(),
  declaredOn: DayText,
  receivedOn: DayText.nullable(),
  cancelledOn: DayText.nullable(),
}).openapi('StockMove')
const Counting = z.object({
  campaignId: z.uuid(),
  prescriberId: z.uuid().nullish(),
  covers: z.array(Covers).max(200),
})
const StockCount = z
  .object({
    id: z.uuid(),
    expected: Count,
    counted: Count,
    difference: Count,
    elsewhere: z.array(Covers).openapi({ description: 'Counted, and not expected there. Kept nowhere' }),
    absent: z.array(Covers).nullable().openapi({ description: 'Of the stock of the campaign alone. Kept nowhere' }),
  })
  .openapi('StockCount')
const BookRequest = z
  .object({
    id: z.uuid(),
    prescriberId: z.uuid(),
    campaignId: z.uuid(),
    books: Count,
    state: z.enum(requestState.enumValues),
    requestedOn: DayText,
    decidedOn: DayText.nullable(),
  })
  .openapi('BookRequest')
const Replaced = z.object({ prescriberId: z.uuid(), campaignId: z.uuid(), month: DayText, replacements: Count })

const guarded = ['unauthenticated', 'forbidden'] as const
const items = <Item extends z.ZodType>(item: Item, what: string) => json(z.object({ items: z.array(item) }), what)

const readStock = createRoute({
  method: 'get',
  path: '/stock',
  summary: 'Books of a campaign by where they lie; never which ones',
  request: { query: z.object({ campaignId: z.uuid() }) },
  responses: { 200: items(StockLine, 'Stock'), ...problems(...guarded) },
})
const readValue = createRoute({
  method: 'get',
  path: '/unused-value',
  summary: 'What unused books are worth at the end of a day, by where they lie',
  description:
    'Hand-outs are counted by month: those of months that were over on that day are taken off, up to `countedUntil`.',
  request: { query: z.object({ day: DayText.optional() }) },
  responses: {
    200: json(z.object({ day: DayText, countedUntil: DayText, items: z.array(UnusedValue) }), 'State of unused value'),
    ...problems(...guarded, 'invalid'),
  },
})
const declare = createRoute({
  method: 'post',
  path: '/stock-moves',
  summary: 'Unused books go back to the stock of the campaign, or out of it',
  request: { body: json(MoveDetails, 'Which books, from or to whom') },
  responses: { 201: json(StockMove, 'The move'), ...problems(...guarded, 'invalid', 'not_found', 'conflict') },
})
const readMoves = createRoute({
  method: 'get',
  path: '/stock-moves',
  summary: 'Moves of books between stocks, the newest first',
  request: { query: z.object({ campaignId: z.uuid().optional() }) },
  responses: { 200: items(StockMove, 'Moves'), ...problems(...guarded) },
})
const end = <const Act extends string>(name: Act, summary: string) =>
  createRoute({
    method: 'post',
    path: `/stock-moves/{id}/${name}`,
    summary,
    request: { params: Id },
    responses: { 200: json(StockMove, 'The move'), ...problems(...guarded, 'not_found', 'conflict') },
  })
const count = createRoute({
  method: 'post',
  path: '/stock-counts',
  summary: 'Somebody counted a shelf; only how many is kept',
  request: { body: json(Counting, 'What lay there') },
  responses: { 201: json(StockCount, 'The difference'), ...problems(...guarded, 'invalid', 'not_found') },
})
const replace = createRoute({
  method: 'post',
  path: '/prescribers/{id}/replacements',
  summary: 'Stop a lost book and count another one given in its place; never which',
  request: {
    params: Id,
    body: json(
      z.object({ campaignId: z.uuid(), cover: Cover, reason: z.enum(['lost', 'stolen', 'damaged']) }),
      'The lost one',
    ),
  },
  responses: { 200: json(Replaced, 'The count of the month'), ...problems(...guarded, 'not_found', 'conflict') },
})
const ask = createRoute({
  method: 'post',
  path: '/book-requests',
  summary: 'Ask the coordination for more books',
  request: { body: json(z.object({ campaignId: z.uuid(), books: Count.min(1).max(100_000) }), 'How many') },
  responses: { 201: json(BookRequest, 'The request'), ...problems(...guarded, 'not_found', 'conflict') },
})
const readRequests = createRoute({
  method: 'get',
  path: '/book-requests',
  summary: 'Requests for more books; a prescriber sees its own',
  responses: { 200: items(BookRequest, 'Requests'), ...problems(...guarded) },
})
const answer = createRoute({
  method: 'post',
  path: '/book-requests/{id}/answer',
  summary: 'Say yes or no to a request',
  request: { params: Id, body: json(z.object({ isAccepted: z.boolean() }), 'The answer') },
  responses: { 200: json(BookRequest, 'The request'), ...problems(...guarded, 'not_found', 'conflict') },
})

const showMove = ({ declaredBy: _declared, receivedBy: _received, ...move }: MoveRow) => move
const showRequest = ({ id, prescriberId, campaignId, books, state, requestedOn, decidedOn }: RequestRow) => ({
  ...{ id, prescriberId, campaignId, books, state, requestedOn, decidedOn },
})
const scheme = ['coordinator', 'finance_approver', 'auditor'] as const

export const stockRoutes = createRouter()
  .openapi(readStock, async (c) => {
    const { actor, db, today } = c.var.context
    const { role, tenantId } = requireRole(actor, ...scheme, 'prescriber', 'funder')
    const { campaignId } = c.req.valid('query')
    const [campaign] = await listStockedCampaigns(db, campaignId)
    const counts = role === 'funder' ? monthsOver(eveningOf(today(), today())) : everyMonth
    const lines = campaign ? stockOn(await readStockFacts(db, campaignId), today(), counts) : []
    const own = lines.filter(({ depository }) => role !== 'prescriber' || depository === tenantId)
    return c.json(
      { items: own.map(({ depository, ...line }) => ({ campaignId, prescriberId: depository, ...line })) },
      200,
    )
  })
  .openapi(readValue, async (c) => {
    const today = c.var.context.today()
    const day = c.req.valid('query').day ?? today
    const lines = await readUnusedValue(c.var.context, day)
    const shown = lines.map(({ campaign, depository, prescriber: _name, ...line }) => ({
      ...{ campaignId: campaign.id, prescriberId: depository },
      ...line,
    }))
    return c.json({ day, countedUntil: lastMonthEnd(eveningOf(day, today)), items: shown }, 200)
  })
  .openapi(declare, async (c) => c.json(showMove(await declareMove(c.var.context, c.req.valid('json'))), 201))
  .openapi(readMoves, async (c) => {
    requireRole(c.var.context.actor, ...scheme, 'prescriber', 'funder')
    return c.json({ items: (await listMoves(c.var.context.db, c.req.valid('query').campaignId)).map(showMove) }, 200)
  })
  .openapi(end('receipt', 'Acknowledge moved books, as the other side'), async (c) =>
    c.json(showMove(await receiveMove(c.var.context, c.req.valid('param').id)), 200),
  )
  .openapi(end('cancellation', 'Books that were declared moved never left'), async (c) =>
    c.json(showMove(await cancelMove(c.var.context, c.req.valid('param').id)), 200),
  )
  .openapi(count, async (c) => {
    const { id, expected, counted, difference, elsewhere, absent } = await countStock(
      c.var.context,
      c.req.valid('json'),
    )
    return c.json({ id, expected, counted, difference, elsewhere, absent }, 201)
  })
  .openapi(replace, async (c) => {
    const { prescriberId, campaignId, month, replacements } = await replaceBook(
      c.var.context,
      c.req.valid('param').id,
      c.req.valid('json'),
    )
    return c.json({ prescriberId, campaignId, month, replacements }, 200)
  })
  .openapi(ask, async (c) => c.json(showRequest(await requestBooks(c.var.context, c.req.valid('json'))), 201))
  .openapi(readRequests, async (c) => {
    requireRole(c.var.context.actor, 'coordinator', 'auditor', 'prescriber')
    return c.json({ items: (await listRequests(c.var.context.db)).map(showRequest) }, 200)
  })
  .openapi(answer, async (c) =>
    c.json(
      showRequest(await answerRequest(c.var.context, c.req.valid('param').id, c.req.valid('json').isAccepted)),
      200,
    ),
  )
