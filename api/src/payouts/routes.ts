import { batchState, payoutState } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { CentsNumber, createRouter, DayText, Id, json, problems, SerialNumber } from '../shared/http.ts'
import type { Batch as BatchRow, Payout as PayoutRow } from './batch-queries.ts'
import { waitReasons } from './payout.ts'
import { approveBatch, freezeBatch, prepareBatch } from './prepare-batch.ts'
import { readBatch, readBatches } from './read-batches.ts'
import { bookPayout, rejectPayout, returnPayout, withdrawPayout } from './settle-payout.ts'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Reason = z.string().trim().min(3).max(200)

const Batch = z
  .object({
    id: z.uuid(),
    number: z.number().int(),
    state: z.enum(batchState.enumValues),
    preparedOn: DayText,
    executesOn: DayText,
    totalCents: CentsNumber.nullable(),
    sha256: Sha256.nullable().openapi({ description: 'Of the whole list: what is approved' }),
    approvedOn: DayText.nullable(),
  })
  .openapi('PaymentBatch')

const Lines = z.array(z.object({ campaignId: z.uuid(), amountCents: CentsNumber }))
const Payee = z.object({
  iban: z.string(),
  bic: z.string(),
  holderName: z.string(),
  siret: z.string().nullable(),
  legalName: z.string(),
})
const Payout = z
  .object({
    id: z.uuid(),
    batchId: z.uuid(),
    organisationId: z.uuid(),
    payingAccountId: z.uuid(),
    state: z.enum(payoutState.enumValues),
    amountCents: CentsNumber,
    endToEndId: z.string(),
    payee: Payee,
    lines: Lines,
    bookedOn: DayText.nullable(),
    bookedProof: z.string().nullable(),
    failedOn: DayText.nullable(),
    failureReason: z.string().nullable(),
  })
  .openapi('Payout')
const Whole = Batch.extend({
  payouts: z.array(Payout),
  proposed: z.array(
    z.object({
      organisationId: z.uuid(),
      payingAccountId: z.uuid(),
      amountCents: CentsNumber,
      payee: Payee,
      lines: Lines,
    }),
  ),
  waiting: z.array(
    z.object({
      organisationId: z.uuid(),
      legalName: z.string(),
      payingAccountId: z.uuid(),
      amountCents: CentsNumber,
      reason: z.enum(waitReasons),
      until: DayText.nullable().openapi({ description: 'When it is paid at the latest' }),
      note: z.string().nullable(),
    }),
  ),
}).openapi('PaymentBatchWithPayouts')

const batchBody = (row: BatchRow): z.infer<typeof Batch> => {
  const { id, number, state, preparedOn, executesOn, totalCents, sha256, approvedOn } = row
  return { id, number, state, preparedOn, executesOn, totalCents, sha256, approvedOn }
}
const payoutBody = ({ bankAccountId: _account, bookedBy: _person, ...payout }: PayoutRow): z.infer<typeof Payout> =>
  payout

const everyone = ['unauthenticated', 'forbidden'] as const

const list = createRoute({
  method: 'get',
  path: '/payment-batches',
  summary: 'Payment batches, newest first',
  request: {
    query: z.object({
      limit: z.coerce.number().int().min(1).max(500).default(100),
      cursor: SerialNumber.optional(),
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(Batch), nextCursor: z.string().nullable() }), 'Newest first'),
    ...problems('invalid', ...everyone),
  },
})
const prepare = createRoute({
  method: 'post',
  path: '/payment-batches',
  summary: 'Prepare a draft; it shows what is payable until it is frozen',
  request: { body: json(z.object({ executesOn: DayText.optional() }), 'A bank day; the next one unless told') },
  responses: { 201: json(Batch, 'The draft'), ...problems('invalid', 'conflict', ...everyone) },
})
const read = createRoute({
  method: 'get',
  path: '/payment-batches/{id}',
  summary: 'A batch with its payouts, and who waits for what reason',
  request: { params: Id },
  responses: { 200: json(Whole, 'The batch'), ...problems('invalid', 'not_found', ...everyone) },
})
const freeze = createRoute({
  method: 'post',
  path: '/payment-batches/{id}/freezing',
  summary: 'Write the list of a draft: lines, total and hash',
  request: { params: Id },
  responses: { 200: json(Batch, 'The frozen batch'), ...problems('invalid', 'conflict', 'not_found', ...everyone) },
})
const approve = createRoute({
  method: 'post',
  path: '/payment-batches/{id}/approval',
  summary: 'Approve a frozen batch, as somebody who did not prepare it',
  request: { params: Id, body: json(z.object({ sha256: Sha256 }), 'The hash that was shown') },
  responses: { 200: json(Batch, 'The approved batch'), ...problems('invalid', 'conflict', 'not_found', ...everyone) },
})

const settlement = <Schema extends z.ZodType>(act: string, summary: string, schema: Schema, what: string) =>
  createRoute({
    method: 'post',
    path: `/payouts/{id}/${act}`,
    summary,
    request: { params: Id, body: json(schema, what) },
    responses: { 200: json(Payout, 'The payout'), ...problems('invalid', 'conflict', 'not_found', ...everyone) },
  })
const book = settlement(
  'booking',
  'The bank debited it, confirmed by hand',
  z.object({ bookedOn: DayText, proof: z.string().trim().min(3).max(500) }),
  'When, and where it can be read',
)
const withdraw = settlement(
  'withdrawal',
  'Take it out of its batch: payable again, approval void',
  z.object({ reason: Reason }),
  'Why',
)
const Failure = z.object({ on: DayText, reason: Reason })
const reject = settlement('rejection', 'The bank did not execute it', Failure, 'When and why, as the bank says')
const giveBack = settlement('return', 'The bank of the payee sent it back', Failure, 'When and why, as the bank says')

export const payoutRoutes = createRouter()
  .openapi(list, async (c) => {
    const { limit, cursor } = c.req.valid('query')
    const { batches, next } = await readBatches(c.var.context, { limit, before: cursor })
    return c.json({ items: batches.map(batchBody), nextCursor: next === null ? null : String(next) }, 200)
  })
  .openapi(prepare, async (c) => c.json(batchBody(await prepareBatch(c.var.context, c.req.valid('json'))), 201))
  .openapi(read, async (c) => {
    const { batch, payouts, proposed, waiting } = await readBatch(c.var.context, c.req.valid('param').id)
    const shown = proposed.map(({ bankAccountId: _account, ...proposal }) => proposal)
    return c.json({ ...batchBody(batch), payouts: payouts.map(payoutBody), proposed: shown, waiting }, 200)
  })
  .openapi(freeze, async (c) => c.json(batchBody(await freezeBatch(c.var.context, c.req.valid('param').id)), 200))
  .openapi(approve, async (c) => {
    const { sha256 } = c.req.valid('json')
    return c.json(batchBody(await approveBatch(c.var.context, c.req.valid('param').id, sha256)), 200)
  })
  .openapi(book, async (c) =>
    c.json(payoutBody(await bookPayout(c.var.context, c.req.valid('param').id, c.req.valid('json'))), 200),
  )
  .openapi(withdraw, async (c) =>
    c.json(payoutBody(await withdrawPayout(c.var.context, c.req.valid('param').id, c.req.valid('json').reason)), 200),
  )
  .openapi(reject, async (c) =>
    c.json(payoutBody(await rejectPayout(c.var.context, c.req.valid('param').id, c.req.valid('json'))), 200),
  )
  .openapi(giveBack, async (c) =>
    c.json(payoutBody(await returnPayout(c.var.context, c.req.valid('param').id, c.req.valid('json'))), 200),
  )
