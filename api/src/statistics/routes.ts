import { createRoute, z } from '@hono/zod-openapi'
import { CentsNumber, createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { readFigures, readUsage } from './read-figures.ts'

const Count = z.number().int()
const Rate = z.number().nullable()
const Fraction = z.object({ numerator: Count, denominator: Count, rate: Rate })
const Waterfall = z
  .object({
    on: DayText.openapi({ description: 'Figures are of the evening of this day' }),
    ordered: Count,
    fundedCents: CentsNumber,
    issued: Count.openapi({ description: 'Vouchers of boxes that were activated against their money' }),
    active: Count.openapi({ description: 'Of these, those no stop order blocks' }),
    circulating: Count.openapi({ description: 'Vouchers of boxes that were sent out' }),
    booksHandedOut: Count.openapi({ description: 'In months that were over on that day' }),
    redeemed: Count,
    availableCents: CentsNumber.openapi({ description: 'Of the funders, taken by no active box' }),
    payableCents: CentsNumber.openapi({ description: 'Owed to organisations, `inPaymentCents` included' }),
    inPaymentCents: CentsNumber,
    paidCents: CentsNumber,
    returnedCents: CentsNumber.openapi({ description: 'Of boxes that were taken back' }),
    inGraceCents: CentsNumber.openapi({ description: 'Not used yet, in the days of grace' }),
    expiredCents: CentsNumber,
    creditedCents: CentsNumber.openapi({ description: 'Of what expired, what went back to the funders' }),
  })
  .openapi('Waterfall')
const Usage = z
  .object({
    on: DayText,
    until: DayText.openapi({ description: 'Every count is of the end of this month, the newest one that is over' }),
    numerator: Count.openapi({ description: 'Vouchers redeemed in months that are over' }),
    denominator: Count.openapi({ description: 'Vouchers in the books handed out in months that are over' }),
    rate: Rate.openapi({ description: 'Never given without a context note' }),
    ofIssued: Fraction,
    circulation: Fraction.openapi({ description: 'Vouchers of boxes that were sent out, of those ordered' }),
    handedOut: Fraction.openapi({ description: 'Vouchers in the books handed out, of those sent out' }),
    contextNote: z.string().nullable(),
    whyNoRate: z.enum(['context_note_missing', 'nothing_handed_out']).nullable(),
    isHandoutIncomplete: z.boolean().openapi({ description: 'Fewer hand-outs were reported than books circulate' }),
    usedSince: Count.openapi({ description: 'Redeemed after `until`: of a month under way, no rate is made' }),
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
