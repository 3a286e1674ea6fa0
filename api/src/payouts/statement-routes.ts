import { createRoute, z } from '@hono/zod-openapi'
import { formatsOf } from '../shared/formats.ts'
import {
  CentsNumber,
  createRouter,
  DayText,
  json,
  ListQuery,
  problems,
  readLocale,
  SerialNumber,
} from '../shared/http.ts'
import { translate } from '../shared/messages.ts'
import { readStatementPaper } from './read-statement-paper.ts'
import { listStatements, readStatement } from './read-statements.ts'
import { reverseIncident } from './reverse-incident.ts'
import { makeStatementPdf, statementFileName } from './statement-pdf.ts'

const StatementId = z.string().max(50).openapi({
  description: '`<period>.<organisation>`, the same while it runs and once it is frozen',
  example: '3.6f1f0e0a-5d3c-4f5e-9b57-0c0f3c0d5a11',
})

const Summary = z
  .object({
    id: StatementId,
    periodId: z.number().int(),
    month: DayText,
    organisationId: z.uuid(),
    organisation: z.string(),
    state: z.enum(['open', 'closed', 'frozen', 'in_payment', 'paid']),
    number: z.number().int().nullable().openapi({ description: 'Without gaps; null until it is frozen' }),
    voucherCount: z.number().int(),
    totalCents: CentsNumber,
    nettedCents: CentsNumber.openapi({ description: 'Taken from it for what was owed' }),
    adjustedCents: CentsNumber.openapi({ description: 'Undone after it was frozen' }),
    frozenOn: DayText.nullable(),
    payableOn: DayText,
  })
  .openapi('StatementSummary')

const Line = z.object({
  venueId: z.uuid(),
  venue: z.string(),
  campaignId: z.uuid(),
  campaign: z.string(),
  voucherCount: z.number().int(),
  amountCents: CentsNumber,
})
const Statement = Summary.extend({
  lines: z.array(Line),
  adjustments: z.array(Line.extend({ decidedOn: DayText })),
}).openapi('Statement')

const list = createRoute({
  method: 'get',
  path: '/statements',
  summary: 'Statements, the running one included: own ones, or all for those who serve the scheme',
  request: {
    query: ListQuery.omit({ q: true }).extend({
      periodId: SerialNumber.optional(),
      organisationId: z.uuid().optional(),
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(Summary), nextCursor: z.string().nullable() }), 'Newest period first'),
    ...problems('invalid', 'unauthenticated', 'forbidden', 'not_found'),
  },
})

const one = createRoute({
  method: 'get',
  path: '/statements/{id}',
  summary: 'One statement with its lines by venue and campaign',
  request: { params: z.object({ id: StatementId }) },
  responses: { 200: json(Statement, 'The statement'), ...problems('unauthenticated', 'forbidden', 'not_found') },
})

const paper = {
  method: 'get',
  path: '/statements/{id}.pdf',
  summary: 'The same statement on A4, in the language that is asked for',
  request: { params: z.object({ id: StatementId }) },
  responses: {
    200: {
      description: 'The same bytes each time, once it is frozen',
      content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...problems('unauthenticated', 'forbidden', 'not_found'),
  },
} as const

const reversal = createRoute({
  method: 'post',
  path: '/scans/{scanId}/reversal',
  summary: 'A coordinator undoes a scan as an incident, until its period is sealed; the money follows',
  request: {
    params: z.object({ scanId: z.uuid() }),
    body: json(z.object({ organisationId: z.uuid() }), 'Whose scan it is'),
  },
  responses: {
    200: json(z.object({ outcome: z.literal('reversed') }), 'The voucher works again'),
    ...problems('invalid', 'unauthenticated', 'forbidden', 'not_found', 'conflict', 'unavailable'),
  },
})

/** The router takes `{id}.pdf` for one word, so this route says itself where the id ends. */
const paperRoutes = createRouter()
paperRoutes.openAPIRegistry.registerPath(paper)
paperRoutes.get('/statements/:id{[^/]+\\.pdf}', async (c) => {
  const locale = readLocale(c)
  const read = await readStatementPaper(c.var.context, c.req.param('id').slice(0, -'.pdf'.length))
  const pdf = await makeStatementPdf({ t: translate(locale), formats: formatsOf(locale), ...read })
  return c.body(pdf as Uint8Array<ArrayBuffer>, 200, {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${statementFileName(read.statement)}"`,
  })
})

export const statementRoutes = createRouter()
  .route('/', paperRoutes)
  .openapi(list, async (c) => {
    const { statements, next } = await listStatements(c.var.context, c.req.valid('query'))
    return c.json({ items: statements, nextCursor: next }, 200)
  })
  .openapi(one, async (c) => c.json(await readStatement(c.var.context, c.req.valid('param').id), 200))
  .openapi(reversal, async (c) => {
    await reverseIncident(c.var.context, c.req.valid('param').scanId, c.req.valid('json').organisationId)
    return c.json({ outcome: 'reversed' as const }, 200)
  })
