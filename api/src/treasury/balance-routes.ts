import { balanceReason } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { readCampaign } from '../campaigns/read-campaign.ts'
import type { Context } from '../shared/context.ts'
import { createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { listAlerts } from './low-balance-queries.ts'
import { changeBalanceShare } from './warn-of-balance.ts'

const Percent = z.number().int().min(0).max(100)
const LowBalance = z
  .object({
    percent: Percent.openapi({ description: 'Told below this share of the budget' }),
    alerts: z.array(z.object({ reason: z.enum(balanceReason.enumValues), raisedOn: DayText })),
  })
  .openapi('LowBalance')
const guarded = ['unauthenticated', 'forbidden', 'not_found'] as const

const read = createRoute({
  method: 'get',
  path: '/campaigns/{id}/low-balance',
  summary: 'Whether too little money is left, and below which share that is told',
  request: { params: Id },
  responses: { 200: json(LowBalance, 'Alerts that stand'), ...problems(...guarded) },
})
const change = createRoute({
  method: 'put',
  path: '/campaigns/{id}/low-balance',
  summary: 'Say below which share of the budget everybody is told, once',
  request: { params: Id, body: json(z.object({ percent: Percent }), 'The share, in percent; 0 for never') },
  responses: { 200: json(LowBalance, 'Alerts that stand'), ...problems(...guarded, 'invalid') },
})

async function body(ctx: Context, campaignId: string): Promise<z.infer<typeof LowBalance>> {
  const { id, lowBalancePercent } = await readCampaign(ctx, campaignId)
  const alerts = await listAlerts(ctx.db, id)
  return { percent: lowBalancePercent, alerts: alerts.map(({ reason, raisedOn }) => ({ reason, raisedOn })) }
}

export const balanceRoutes = createRouter()
  .openapi(read, async (c) => c.json(await body(c.var.context, c.req.valid('param').id), 200))
  .openapi(change, async (c) => {
    const { id } = c.req.valid('param')
    await changeBalanceShare(c.var.context, id, c.req.valid('json').percent)
    return c.json(await body(c.var.context, id), 200)
  })
