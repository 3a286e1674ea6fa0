import { boxState, type Database, gapState } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { requireRole } from '../shared/context.ts'
import { createRouter, DayText, Id, json, ListQuery, problems } from '../shared/http.ts'
import { acknowledgeDelivery } from './acknowledge-delivery.ts'
import { activateBox } from './activate-box.ts'
import { nextSample } from './box.ts'
import { Covers } from './cover-schema.ts'
import { arrivedOf } from './delivery.ts'
import { dispatchBox } from './dispatch-box.ts'
import { type DeliveryGap, listGaps } from './gap-queries.ts'
import { type Box as BoxRow, listBoxes } from './queries.ts'
import { readOwnBox } from './read-own-box.ts'
import { revokeBox } from './revoke-boxes.ts'
import { settleGap } from './settle-gap.ts'

const Gap = Covers.extend({
  id: z.uuid(),
  boxId: z.uuid(),
  state: z.enum(gapState.enumValues),
  reportedOn: DayText,
  settledOn: DayText.nullable(),
  activatedOn: DayText.nullable(),
}).openapi('DeliveryGap', { description: 'Covers that were not in the box when it was acknowledged' })
const Report = z.strictObject({
  arrivedBooks: z.number().int().min(0).max(100_000).optional().openapi({ description: 'How many were counted' }),
  arrived: z.array(Covers).max(200).optional().openapi({ description: 'Which covers; left out: all of them' }),
})
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
  missingBooks: z.number().int().openapi({ description: 'Books that are worth nothing with it' }),
  gaps: z.array(Gap),
  nextSample: Covers.nullable().openapi({ description: 'From which covers one voucher is to be scanned next' }),
  activatedOn: DayText.nullable(),
  revokedOn: DayText.nullable(),
}).openapi('Box')

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

const read = createRoute({
  method: 'get',
  path: '/boxes/{id}',
  summary: 'A box, with what did not arrive of it',
  request: { params: Id },
  responses: { 200: json(Box, 'The box'), ...problems(...guarded, 'not_found') },
})

const deliver = createRoute({
  method: 'post',
  path: '/boxes/{id}/delivery',
  summary: 'Acknowledge a box, whole or in part, as its prescriber or another person than the sender',
  request: { params: Id, body: { ...json(Report, 'What arrived; nothing: all of it'), required: false } },
  responses: { 200: json(Box, 'The box'), ...problems(...guarded, 'invalid', 'not_found', 'conflict') },
})

const settle = <const Act extends string>(name: Act, summary: string) =>
  createRoute({
    method: 'post',
    path: `/delivery-gaps/{id}/${name}`,
    summary,
    request: { params: Id },
    responses: { 200: json(Gap, 'The gap'), ...problems(...guarded, 'not_found', 'conflict') },
  })

const act = <const Act extends string>(name: Act, summary: string) =>
  createRoute({
    method: 'post',
    path: `/boxes/{id}/${name}`,
    summary,
    request: { params: Id },
    responses: { 200: json(Box, 'The box'), ...problems(...guarded, 'not_found', 'conflict', 'unavailable') },
  })

const showGap = ({ reportedBy: _reported, settledBy: _settled, campaignId: _campaign, ...gap }: DeliveryGap) => gap
const show = ({ dispatchedBy: _from, deliveredBy: _to, ...box }: BoxRow, all: readonly DeliveryGap[]) => {
  const gaps = all.filter(({ boxId }) => boxId === box.id)
  const arrived = arrivedOf(box, gaps)
  return {
    ...box,
    gaps: gaps.map(showGap),
    nextSample: arrived.length > 0 ? nextSample(arrived, box.goodSamples) : null,
  }
}
const showOne = async (db: Database, box: BoxRow) => show(box, await listGaps(db, [box.id]))
const readers = ['coordinator', 'finance_approver', 'auditor', 'prescriber'] as const

export const boxRoutes = createRouter()
  .openapi(list, async (c) => {
    const { actor, db } = c.var.context
    const person = requireRole(actor, ...readers)
    const { limit, cursor, ...filter } = c.req.valid('query')
    const found = await listBoxes(
      db,
      { ...filter, prescriberId: person.tenantId ?? undefined },
      { limit, offset: cursor },
    )
    const nextCursor = found.length === limit ? String(cursor + limit) : null
    const gaps = await listGaps(
      db,
      found.map(({ id }) => id),
    )
    return c.json({ items: found.map((box) => show(box, gaps)), nextCursor }, 200)
  })
  .openapi(read, async (c) => {
    const { actor, db } = c.var.context
    requireRole(actor, ...readers)
    return c.json(await showOne(db, await readOwnBox(c.var.context, c.req.valid('param').id)), 200)
  })
  .openapi(dispatch, async (c) => {
    const box = await dispatchBox(c.var.context, c.req.valid('param').id, c.req.valid('json').prescriberId)
    return c.json(await showOne(c.var.context.db, box), 200)
  })
  .openapi(deliver, async (c) => {
    const box = await acknowledgeDelivery(c.var.context, c.req.valid('param').id, c.req.valid('json'))
    return c.json(await showOne(c.var.context.db, box), 200)
  })
  .openapi(settle('arrival', 'Books that were missing have arrived'), async (c) =>
    c.json(showGap(await settleGap(c.var.context, c.req.valid('param').id, 'arrived')), 200),
  )
  .openapi(settle('loss', 'Books that were missing are lost: they stay blocked'), async (c) =>
    c.json(showGap(await settleGap(c.var.context, c.req.valid('param').id, 'lost')), 200),
  )
  .openapi(act('activation', 'Activate what arrived of a box that scanned well, against its money'), async (c) =>
    c.json(await showOne(c.var.context.db, await activateBox(c.var.context, c.req.valid('param').id)), 200),
  )
  .openapi(act('revocation', 'Revoke a box of which no voucher was accepted'), async (c) =>
    c.json(await showOne(c.var.context.db, await revokeBox(c.var.context, c.req.valid('param').id)), 200),
  )
