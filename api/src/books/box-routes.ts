import { boxState, stopReason } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { readCampaign } from '../campaigns/read-campaign.ts'
import { requireRole } from '../shared/context.ts'
import { createRouter, DayText, Id, json, ListQuery, problems } from '../shared/http.ts'
import { acknowledgeDelivery } from './acknowledge-delivery.ts'
import { activateBox } from './activate-box.ts'
import { nextSample } from './box.ts'
import { dispatchBox } from './dispatch-box.ts'
import { type Box as BoxRow, listBoxes } from './queries.ts'
import { revokeBox } from './revoke-boxes.ts'
import { liftStop, stopBooks } from './stop-books.ts'
import { listStopOrders, type StopOrder as StopOrderRow } from './stop-queries.ts'

const Cover = z.number().int().min(1).max(9_999_999)
const Covers = z.object({ firstCover: Cover, lastCover: Cover })
const Box = Covers.extend({
  id: z.uuid(),
  printRunId: z.uuid(),
  campaignId: z.uuid(),
  number: z.number().int(),
  state: z.enum(boxState.enumValues),
  prescriberId: z.uuid().nullable(),
  dispatchedOn: DayText.nullable(),
  deliveredOn: DayText.nullable(),
  goodSamples: z.number().int(),
  nextSample: Covers.nullable().openapi({ description: 'From which covers one voucher is to be scanned next' }),
  activatedOn: DayText.nullable(),
  revokedOn: DayText.nullable(),
}).openapi('Box')

const StopDetails = Covers.extend({ campaignId: z.uuid(), reason: z.enum(stopReason.enumValues) })
const StopOrder = StopDetails.extend({
  id: z.uuid(),
  orderedOn: DayText,
  liftedOn: DayText.nullable(),
}).openapi('StopOrder')

const guarded = ['unauthenticated', 'forbidden'] as const

const list = createRoute({
  method: 'get',
  path: '/boxes',
  summary: 'Boxes by campaign and cover; a prescriber sees those sent to it',
  request: {
    query: ListQuery.pick({ limit: true }).extend({
      cursor: z.coerce.number().int().min(0).default(0),
      campaignId: z.uuid().optional(),
      printRunId: z.uuid().optional(),
      state: z.enum(boxState.enumValues).optional(),
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(Box), nextCursor: z.string().nullable() }), 'Boxes'),
    ...problems(...guarded),
  },
})

const dispatch = createRoute({
  method: 'post',
  path: '/boxes/{id}/dispatch',
  summary: 'Send a box to a prescriber',
  request: { params: Id, body: json(z.object({ prescriberId: z.uuid() }), 'To whom') },
  responses: { 200: json(Box, 'The box'), ...problems(...guarded, 'not_found', 'conflict') },
})

const act = <const Act extends string>(name: Act, summary: string) =>
  createRoute({
    method: 'post',
    path: `/boxes/{id}/${name}`,
    summary,
    request: { params: Id },
    responses: { 200: json(Box, 'The box'), ...problems(...guarded, 'not_found', 'conflict', 'unavailable') },
  })

const stop = createRoute({
  method: 'post',
  path: '/stop-orders',
  summary: 'Block the books of a range of covers',
  request: { body: json(StopDetails, 'Which books, and why') },
  responses: { 201: json(StopOrder, 'The stop order'), ...problems(...guarded, 'invalid', 'not_found') },
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

const show = ({ dispatchedBy: _from, deliveredBy: _to, ...box }: BoxRow) => ({
  ...box,
  nextSample: nextSample(box, box.goodSamples),
})
const showStop = ({ orderedBy: _ordered, liftedBy: _lifted, ...order }: StopOrderRow) => order

export const boxRoutes = createRouter()
  .openapi(list, async (c) => {
    const { actor, db } = c.var.context
    const person = requireRole(actor, 'coordinator', 'finance_approver', 'auditor', 'prescriber')
    const { limit, cursor, ...filter } = c.req.valid('query')
    const found = await listBoxes(
      db,
      { ...filter, prescriberId: person.tenantId ?? undefined },
      { limit, offset: cursor },
    )
    const nextCursor = found.length === limit ? String(cursor + limit) : null
    return c.json({ items: found.map(show), nextCursor }, 200)
  })
  .openapi(dispatch, async (c) =>
    c.json(show(await dispatchBox(c.var.context, c.req.valid('param').id, c.req.valid('json').prescriberId)), 200),
  )
  .openapi(act('delivery', 'Acknowledge a box, as its prescriber or another person than the sender'), async (c) =>
    c.json(show(await acknowledgeDelivery(c.var.context, c.req.valid('param').id)), 200),
  )
  .openapi(act('activation', 'Activate a delivered box that scanned well, against its money'), async (c) =>
    c.json(show(await activateBox(c.var.context, c.req.valid('param').id)), 200),
  )
  .openapi(act('revocation', 'Revoke a box of which no voucher was accepted'), async (c) =>
    c.json(show(await revokeBox(c.var.context, c.req.valid('param').id)), 200),
  )
  .openapi(stop, async (c) => c.json(showStop(await stopBooks(c.var.context, c.req.valid('json'))), 201))
  .openapi(listStops, async (c) => {
    const { id } = await readCampaign(c.var.context, c.req.valid('query').campaignId)
    return c.json({ items: (await listStopOrders(c.var.context.db, id)).map(showStop) }, 200)
  })
  .openapi(lift, async (c) => c.json(showStop(await liftStop(c.var.context, c.req.valid('param').id)), 200))
