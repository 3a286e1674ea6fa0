import { createRoute, z } from '@hono/zod-openapi'
import { CentsNumber, createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { annualLines } from './annual-account.ts'
import { annualYears, readAnnualAccount } from './read-annual-account.ts'

const Sums = z.object(
  Object.fromEntries(annualLines.map((line) => [line, CentsNumber])) as Record<
    (typeof annualLines)[number],
    typeof CentsNumber
  >,
)
const Account = z
  .object({
    funder: z.object({ id: z.uuid(), name: z.string(), siret: z.string().nullable() }),
    year: z.number().int(),
    from: DayText,
    until: DayText.openapi({ description: 'A year that is not over ends yesterday' }),
    campaigns: z.array(Sums.extend({ campaignId: z.uuid(), campaign: z.string() })),
    whole: Sums,
  })
  .openapi('AnnualAccount')

const account = createRoute({
  method: 'get',
  path: '/funders/{id}/annual-account',
  summary: 'A funder’s account of a calendar year, campaign by campaign; a funder reads its own',
  request: {
    params: Id,
    query: z.object({ year: z.coerce.number().int().optional().openapi({ description: 'This one unless told' }) }),
  },
  responses: {
    200: json(Account, 'From the opening to the closing balance, with what it is made of'),
    ...problems('invalid', 'not_found', 'unauthenticated', 'forbidden'),
  },
})

export const annualRoutes = createRouter().openapi(account, async (c) => {
  const ctx = c.var.context
  const { year = annualYears(ctx.today(), 1)[0]! } = c.req.valid('query')
  return c.json(await readAnnualAccount(ctx, { funderId: c.req.valid('param').id, year }), 200)
})
