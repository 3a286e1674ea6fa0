import { createRoute, z } from '@hono/zod-openapi'
import { CentsNumber, createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { definitionOf, type IndicatorId } from './indicators.ts'
import { readFigures, readUsage } from './read-figures.ts'

const Count = z.number().int()
const Rate = z.number().nullable()
const units = {
  vouchers: 'In vouchers.',
  books: 'In books.',
  cents: 'In cents.',
  rate: 'From 0 to 1; null when there is nothing to divide by.',
  rates: 'Two counts and their rate, from 0 to 1.',
  campaigns: 'How many campaigns, and the range of their rates, from 0 to 1.',
}
/** The words of the method, after the unit of this very field: the method tells the same figure as a value too. */
const describedAs = <Schema extends z.ZodType>(schema: Schema, id: IndicatorId, unit: keyof typeof units): Schema =>
  schema.openapi({ description: `${units[unit]} ${definitionOf(id)}` })
const Fraction = z.object({ numerator: Count, denominator: Count, rate: Rate })
const Waterfall = z
  .object({
    on: DayText.openapi({ description: 'Figures are of the evening of this day' }),
    ordered: describedAs(Count, 'ordered', 'vouchers'),
    fundedCents: describedAs(CentsNumber, 'funded', 'cents'),
    issued: describedAs(Count, 'issued', 'vouchers'),
    active: describedAs(Count, 'active', 'vouchers'),
    circulating: describedAs(Count, 'circulating', 'vouchers'),
    booksHandedOut: describedAs(Count, 'handed_out', 'books'),
    redeemed: describedAs(Count, 'redeemed', 'vouchers'),
    availableCents: describedAs(CentsNumber, 'available', 'cents'),
    payableCents: CentsNumber.openapi({ description: 'Owed to organisations, `inPaymentCents` included' }),
    inPaymentCents: describedAs(CentsNumber, 'in_payment', 'cents'),
    paidCents: describedAs(CentsNumber, 'paid', 'cents'),
    returnedCents: describedAs(CentsNumber, 'returned', 'cents'),
    inGraceCents: describedAs(CentsNumber, 'in_grace', 'cents'),
    expiredCents: describedAs(CentsNumber, 'expired', 'cents'),
    creditedCents: describedAs(CentsNumber, 'credited', 'cents'),
  })
  .openapi('Waterfall')
const Usage = z
  .object({
    on: DayText,
    until: DayText.openapi({ description: 'Every count is of the end of this month, the newest one that is over' }),
    numerator: Count.openapi({ description: 'Vouchers redeemed in months that are over' }),
    denominator: Count.openapi({ description: 'Vouchers in the books handed out in months that are over' }),
    rate: describedAs(Rate, 'usage', 'rate'),
    ofIssued: describedAs(Fraction, 'usage_of_issued', 'rates'),
    circulation: describedAs(Fraction, 'circulation', 'rates'),
    handedOut: describedAs(Fraction, 'handed_out_rate', 'rates'),
    contextNote: z.string().nullable(),
    whyNoRate: z.enum(['context_note_missing', 'nothing_handed_out']).nullable(),
    isHandoutIncomplete: z.boolean().openapi({ description: 'Fewer hand-outs were reported than books circulate' }),
    usedSince: Count.openapi({ description: 'Redeemed after `until`: of a month under way, no rate is made' }),
    comparables: describedAs(
      z.object({
        campaigns: Count,
        range: z.object({ low: z.number(), median: z.number(), high: z.number() }).nullable(),
      }),
      'comparables',
      'campaigns',
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
