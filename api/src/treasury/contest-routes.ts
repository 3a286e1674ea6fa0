import { createRoute, z } from '@hono/zod-openapi'
import { createRouter, Id, json, problems } from '../shared/http.ts'
import { payContest } from './pay-contest.ts'

const payment = createRoute({
  method: 'post',
  path: '/contests/{id}/payment',
  summary: 'Propose to pay a contested voucher from the reserve: the platform was down; somebody else approves',
  request: { params: Id, body: json(z.object({ campaignId: z.uuid() }), 'The campaign that the paper names') },
  responses: {
    201: json(z.object({ orderId: z.uuid() }), 'The order to approve'),
    ...problems('invalid', 'unauthenticated', 'forbidden', 'not_found', 'conflict'),
  },
})

export const contestPaymentRoutes = createRouter().openapi(payment, async (c) => {
  const { id: orderId } = await payContest(c.var.context, c.req.valid('param').id, c.req.valid('json').campaignId)
  return c.json({ orderId }, 201)
})
