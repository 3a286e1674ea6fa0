import { periodState } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { closePeriod } from '../periods/close-period.ts'
import { type Period, sealingDays } from '../periods/period.ts'
import { listPeriods } from '../periods/queries.ts'
import { requireRole } from '../shared/context.ts'
import { createRouter, DayText, json, problems, SerialNumber } from '../shared/http.ts'
import { freezePeriod } from './freeze-period.ts'
import { sealPeriod } from './seal-period.ts'

const PeriodBody = z
  .object({
    id: z.number().int(),
    month: DayText.openapi({ description: 'First day of the month' }),
    state: z.enum(periodState.enumValues),
    openedOn: DayText,
    closedOn: DayText.nullable(),
    frozenOn: DayText.nullable(),
    sealedOn: DayText.nullable(),
    /** Of the audit line that tells of the sealing. */
    sealedAuditHash: z.string().nullable(),
    isAbandoned: z.boolean(),
    sealsFrom: DayText.openapi({ description: 'The first day on which it may be sealed' }),
    sealedAtTheLatestOn: DayText,
  })
  .openapi('Period')

function present({ sealedAuditHash, ...period }: Period): z.infer<typeof PeriodBody> {
  const { from, until } = sealingDays(period.month)
  const hash = sealedAuditHash && Buffer.from(sealedAuditHash).toString('hex')
  return { ...period, sealedAuditHash: hash, sealsFrom: from, sealedAtTheLatestOn: until }
}

const PeriodId = z.object({ id: SerialNumber })

const list = createRoute({
  method: 'get',
  path: '/periods',
  summary: 'Periods, the newest first',
  responses: {
    200: json(z.object({ items: z.array(PeriodBody) }), 'All periods'),
    ...problems('unauthenticated', 'forbidden'),
  },
})

const step = <Path extends string>(path: Path, summary: string) =>
  createRoute({
    method: 'post',
    path,
    summary,
    request: { params: PeriodId },
    responses: {
      200: json(PeriodBody, 'The period after the step'),
      ...problems('unauthenticated', 'forbidden', 'not_found', 'conflict', 'unavailable'),
    },
  })

const patienceOfARequest = { retryEveryMs: 1_000, giveUpAfterMs: 20_000 }

export const periodRoutes = createRouter()
  .openapi(list, async (c) => {
    requireRole(c.var.context.actor, 'coordinator', 'finance_approver', 'auditor')
    const periods = await listPeriods(c.var.context.db)
    return c.json({ items: periods.reverse().map(present) }, 200)
  })
  .openapi(step('/periods/{id}/closing', 'Close the open period and open the next'), async (c) =>
    c.json(present(await closePeriod(c.var.context, c.req.valid('param').id)), 200),
  )
  .openapi(step('/periods/{id}/freezing', 'Freeze a closed period and its statements'), async (c) =>
    c.json(present(await freezePeriod(c.var.context, c.req.valid('param').id)), 200),
  )
  .openapi(step('/periods/{id}/sealing', 'Seal a frozen period, or go on with it'), async (c) =>
    c.json(present(await sealPeriod(c.var.context, c.req.valid('param').id, patienceOfARequest)), 200),
  )
