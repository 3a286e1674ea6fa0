import { createRoute, z } from '@hono/zod-openapi'
import { CentsNumber, createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { definitionOf, type IndicatorId } from './indicators.ts'
import { readFigures, readUsage } from './read-figures.ts'

const Count = z.number().int()
const Rate = z.number().nullable()
/** Vouchers, books or cents, with the words of the method. */
const of = <Schema extends z.ZodType>(schema: Schema, id: IndicatorId): Schema =>
  schema.openapi({ description: definitionOf(id) })
const Fraction = z.object({ numerator: Count, denominator: Count, rate: Rate })
const Waterfall = z
  .object({
    on: DayText.openapi({ description: 'Figures are of the evening of this day' }),
    ordered: of(Count, 'ordered'),
    fundedCents: of(CentsNumber, 'funded'),
    issued: of(Count, 'issued'),
    active: of(Count, 'active'),
    circulating: of(Count, 'circulating'),
    booksHandedOut: of(Count, 'handed_out'),
    redeemed: of(Count, 'redeemed'),
    availableCents: of(CentsNumber, 'available'),
    payableCents: CentsNumber.openapi({ description: 'Owed to organisations, `inPaymentCents` included' }),
    inPaymentCents: of(CentsNumber, 'in_payment'),
    paidCents: of(CentsNumber, 'paid'),
    returnedCents: of(CentsNumber, 'returned'),
    inGraceCents: of(CentsNumber, 'in_grace'),
    expiredCents: of(CentsNumber, 'expired'),
    creditedCents: of(CentsNumber, 'credited'),
  })
  .openapi('Waterfall')
const Usage = z
  .object({
    on: DayText,
    until: DayText.openapi({ description: 'Every count is of the end of this month, the newest one that is over' }),
    numerator: Count.openapi({ description: 'Vouchers redeemed in months that are over' }),
    denominator: Count.openapi({ description: 'Vouchers in the books handed out in months that are over' }),
    rate: of(Rate, 'usage'),
    ofIssued: of(Fraction, 'usage_of_issued'),
    circulation: of(Fraction, 'circulation'),
    handedOut: of(Fraction, 'handed_out_rate'),
    contextNote: z.string().nullable(),
    whyNoRate: z.enum(['context_note_missing', 'nothing_handed_out']).nullable(),
    isHandoutIncomplete: z.boolean().openapi({ description: 'Fewer hand-outs were reported than books circulate' }),
    usedSince: Count.openapi({ description: 'Redeemed after `until`: of a month under way, no rate is made' }),
    comparables: of(
      z.object({
        campaigns: Count,
        range: z.object({ low: z.number(), median: z.number(), high: z.number() }).nullable(),
      }),
      'comparables',
    ),
  })
  .openapi('Usage')

const guarded = ['unauthenticated', 'forbidden', 'not_found', 'conflict'] as const

const usage = createRoute({
  method: 'get',
  path: '/campaigns/{id}/usage',
  summary: 'How much of what was handed out is used, with its context',
  request: { params: Id },
  responses: { 200: json(Usage, 'The usage'), ...problems(...guarded) },
})

const waterfall = createRoute({
  method: 'get',
  path: '/campaigns/{id}/waterfall',
  summary: 'From the order to the payment, in exact figures',
  request: { params: Id, query: z.object({ on: DayText.optional() }) },
  responses: { 200: json(Waterfall, 'The figures'), ...problems(...guarded) },
})

export const statisticsRoutes = createRouter()
  .openapi(usage, async (c) => c.json(await readUsage(c.var.context, c.req.valid('param').id), 200))
  .openapi(waterfall, async (c) => {
    const { on: asked } = c.req.valid('query')
    const { on, waterfall: figures } = await readFigures(c.var.context, c.req.valid('param').id, asked)
    return c.json({ on, ...figures }, 200)
  })
