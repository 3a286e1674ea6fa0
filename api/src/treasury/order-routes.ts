import { fundSource, moneyOrderKind, moneyOrderState } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { CentsGiven } from '../campaigns/campaign-schema.ts'
import { requireRole } from '../shared/context.ts'
import { CentsNumber, createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { decideOrder } from './decide-order.ts'
import { type MoneyOrder, orderEndToEndId } from './money-order.ts'
import { listOrders } from './order-queries.ts'
import { proposeOrder } from './propose-order.ts'

const Uuid = z.uuid()
const Order = z
  .object({
    id: Uuid,
    kind: z.enum(moneyOrderKind.enumValues),
    state: z.enum(moneyOrderState.enumValues),
    reference: z.string(),
    endToEndId: z.string().openapi({ description: 'To write on the bank transfer: the statement tells it back' }),
    amountCents: CentsNumber,
    voucherCount: z.number().int().nullable(),
    campaignId: Uuid.nullable(),
    funderId: Uuid.nullable(),
    organisationId: Uuid.nullable(),
    toCampaignId: Uuid.nullable(),
    receiptId: Uuid.nullable(),
    source: z.enum(fundSource.enumValues).nullable(),
    reason: z.string(),
    proposedOn: DayText,
    decidedOn: DayText.nullable(),
    bookedOn: DayText.nullable(),
  })
  .openapi('MoneyOrder')

const common = {
  reference: z.string().trim().min(3).max(140).openapi({ description: 'Your own: the same again is the same order' }),
  reason: z.string().trim().min(3).max(500),
}
const source = z.enum(fundSource.enumValues)
const Asked = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('refund'),
    campaignId: Uuid,
    funderId: Uuid,
    source,
    amountCents: CentsGiven,
  }),
  z.object({
    ...common,
    kind: z.literal('transfer'),
    campaignId: Uuid,
    funderId: Uuid,
    source,
    toCampaignId: Uuid,
    amountCents: CentsGiven,
  }),
  z.object({ ...common, kind: z.literal('receipt_sent_back'), receiptId: Uuid }),
  z.object({
    ...common,
    kind: z.literal('correction'),
    campaignId: Uuid,
    organisationId: Uuid,
    voucherCount: z.number().int().min(1).max(100_000),
  }),
  z.object({
    ...common,
    kind: z.literal('reserve_payment'),
    campaignId: Uuid,
    organisationId: Uuid,
    amountCents: CentsGiven,
  }),
])

const orderBody = (order: MoneyOrder): z.infer<typeof Order> => {
  const { id, kind, state, reference, amountCents, voucherCount, campaignId, funderId, organisationId } = order
  const { toCampaignId, receiptId, source, reason, proposedOn, decidedOn, bookedOn } = order
  return {
    ...{ id, kind, state, reference, endToEndId: orderEndToEndId(id), amountCents, voucherCount },
    ...{ campaignId, funderId, organisationId, toCampaignId, receiptId, source, reason },
    ...{ proposedOn, decidedOn, bookedOn },
  }
}

const everyone = ['unauthenticated', 'forbidden'] as const
const list = createRoute({
  method: 'get',
  path: '/money-orders',
  summary: 'Orders of two people: those to decide first',
  request: { query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) }) },
  responses: {
    200: json(z.object({ items: z.array(Order), nextCursor: z.null() }), 'Orders'),
    ...problems('invalid', ...everyone),
  },
})
const propose = createRoute({
  method: 'post',
  path: '/money-orders',
  summary:
    'Propose a refund, a transfer, a receipt sent back, a correction after sealing or a payment from the reserve',
  request: { body: json(Asked, 'What to move, and why') },
  responses: { 201: json(Order, 'To be approved'), ...problems('invalid', 'not_found', 'conflict', ...everyone) },
})
const decide = createRoute({
  method: 'post',
  path: '/money-orders/{id}/decision',
  summary: 'Approve the order of somebody else, which moves the money, or refuse it',
  request: { params: Id, body: json(z.object({ isApproved: z.boolean() }), 'The decision') },
  responses: { 200: json(Order, 'The order'), ...problems('invalid', 'not_found', 'conflict', ...everyone) },
})

export const orderRoutes = createRouter()
  .openapi(list, async (c) => {
    requireRole(c.var.context.actor, 'coordinator', 'finance_approver', 'auditor')
    const orders = await listOrders(c.var.context.db, c.req.valid('query').limit)
    return c.json({ items: orders.map(orderBody), nextCursor: null }, 200)
  })
  .openapi(propose, async (c) => c.json(orderBody(await proposeOrder(c.var.context, c.req.valid('json'))), 201))
  .openapi(decide, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(orderBody(await decideOrder(c.var.context, id, c.req.valid('json'))), 200)
  })
