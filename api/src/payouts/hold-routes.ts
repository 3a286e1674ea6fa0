import { createRoute, z } from '@hono/zod-openapi'
import { requireRole } from '../shared/context.ts'
import { createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { decideReview, holdPayouts, liftHold } from './hold-payouts.ts'
import { type Hold, listHolds } from './hold-queries.ts'

const HoldShown = z
  .object({
    id: z.uuid(),
    organisationId: z.uuid(),
    reason: z.string(),
    openedOn: DayText,
    until: DayText,
    liftedOn: DayText.nullable(),
  })
  .openapi('PayoutHold')
const holdBody = ({ openedBy: _opened, liftedBy: _lifted, ...hold }: Hold): z.infer<typeof HoldShown> => hold
const everyone = ['unauthenticated', 'forbidden'] as const

const list = createRoute({
  method: 'get',
  path: '/payout-holds',
  summary: 'To whom nothing is paid now, why, and until when',
  responses: {
    200: json(z.object({ items: z.array(HoldShown), nextCursor: z.null() }), 'Holds'),
    ...problems(...everyone),
  },
})
const open = createRoute({
  method: 'post',
  path: '/payout-holds',
  summary: 'Hold what is paid to an organisation, with a reason and a last day',
  request: {
    body: json(
      z.object({ organisationId: z.uuid(), reason: z.string().trim().min(3).max(200), until: DayText }),
      'The hold',
    ),
  },
  responses: { 201: json(HoldShown, 'The hold'), ...problems('invalid', 'not_found', ...everyone) },
})
const lift = createRoute({
  method: 'post',
  path: '/payout-holds/{id}/lifting',
  summary: 'Pay in the next batch',
  request: { params: Id },
  responses: { 200: json(HoldShown, 'The hold'), ...problems('invalid', 'not_found', 'conflict', ...everyone) },
})
const Decision = z.object({ decision: z.enum(['paid', 'reversed']) })
const decide = createRoute({
  method: 'post',
  path: '/statement-reviews/{id}/decision',
  summary: 'Decide on what looked odd at a venue: its amount no longer waits',
  request: { params: Id, body: json(Decision, 'The decision') },
  responses: {
    200: json(Decision.extend({ id: z.uuid() }), 'Decided'),
    ...problems('invalid', 'not_found', ...everyone),
  },
})

export const holdRoutes = createRouter()
  .openapi(list, async (c) => {
    requireRole(c.var.context.actor, 'coordinator', 'finance_approver', 'auditor')
    return c.json({ items: (await listHolds(c.var.context.db)).map(holdBody), nextCursor: null }, 200)
  })
  .openapi(open, async (c) => c.json(holdBody(await holdPayouts(c.var.context, c.req.valid('json'))), 201))
  .openapi(lift, async (c) => c.json(holdBody(await liftHold(c.var.context, c.req.valid('param').id)), 200))
  .openapi(decide, async (c) => {
    const { decision } = c.req.valid('json')
    const { id } = await decideReview(c.var.context, c.req.valid('param').id, decision)
    return c.json({ id, decision }, 200)
  })
