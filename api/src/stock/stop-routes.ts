import { stopAsker, stopReason } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { Covers } from '../books/cover-schema.ts'
import { listStopOrders, type StopOrder as StopOrderRow } from '../books/stop-queries.ts'
import { readCampaign } from '../campaigns/read-campaign.ts'
import { createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { liftStop, stopBooks } from './stop-books.ts'

const StopDetails = Covers.extend({
  campaignId: z.uuid(),
  reason: z.enum(stopReason.enumValues),
  askedBy: z.enum(stopAsker.enumValues).optional().openapi({ description: 'Which side asked; never a person' }),
  isFromStock: z
    .boolean()
    .optional()
    .openapi({ description: 'The books were given to nobody: they leave their stock' }),
})
const StopOrder = StopDetails.extend({
  id: z.uuid(),
  askedBy: z.enum(stopAsker.enumValues).nullable(),
  isFromStock: z.boolean(),
  orderedOn: DayText,
  liftedOn: DayText.nullable(),
}).openapi('StopOrder')

const guarded = ['unauthenticated', 'forbidden'] as const

const stop = createRoute({
  method: 'post',
  path: '/stop-orders',
  summary: 'Block the books of a range of covers',
  request: { body: json(StopDetails, 'Which books, and why') },
  responses: { 201: json(StopOrder, 'The stop order'), ...problems(...guarded, 'invalid', 'not_found', 'conflict') },
})

const listStops = createRoute({
  method: 'get',
  path: '/stop-orders',
  summary: 'The stop orders of a campaign',
  request: { query: z.object({ campaignId: z.uuid() }) },
  responses: {
    200: json(z.object({ items: z.array(StopOrder) }), 'Stop orders'),
    ...problems(...guarded, 'not_found'),
  },
})

const lift = createRoute({
  method: 'post',
  path: '/stop-orders/{id}/lifting',
  summary: 'Let the books of a stop order be used again',
  request: { params: Id },
  responses: { 200: json(StopOrder, 'The stop order'), ...problems(...guarded, 'not_found') },
})

const showStop = ({ orderedBy: _ordered, liftedBy: _lifted, ...order }: StopOrderRow) => order

export const stopRoutes = createRouter()
  .openapi(stop, async (c) => c.json(showStop(await stopBooks(c.var.context, c.req.valid('json'))), 201))
  .openapi(listStops, async (c) => {
    const { id } = await readCampaign(c.var.context, c.req.valid('query').campaignId)
    return c.json({ items: (await listStopOrders(c.var.context.db, id)).map(showStop) }, 200)
  })
  .openapi(lift, async (c) => c.json(showStop(await liftStop(c.var.context, c.req.valid('param').id)), 200))
