import { createRoute, z } from '@hono/zod-openapi'
import { CentsGiven } from '../campaigns/campaign-schema.ts'
import { requireRole } from '../shared/context.ts'
import { createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { checkInvariants } from './invariants.ts'
import { fundReserve, recordBankFee, recordRepayment } from './move-funds.ts'

const Invariants = z
  .object({
    ok: z.boolean(),
    checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
    on: DayText,
  })
  .openapi('LedgerInvariants')

const invariants = createRoute({
  method: 'get',
  path: '/ledger/invariants',
  summary: 'What must be true of the money, checked now',
  responses: { 200: json(Invariants, 'Each equation by name'), ...problems('unauthenticated', 'forbidden') },
})

const Movement = z.object({
  amountCents: CentsGiven,
  reference: z.string().trim().min(3).max(140).openapi({ description: 'Of the bank: entered twice it counts once' }),
  proof: z.string().trim().min(3).max(500).openapi({ description: 'Where it can be read' }),
})
const Done = z.object({ reference: z.string() })
const movementProblems = () => problems('invalid', 'unauthenticated', 'forbidden', 'not_found', 'conflict')

const reserve = createRoute({
  method: 'post',
  path: '/ledger/reserve-fundings',
  summary: "The operator's own money is put aside for what organisations may come to owe",
  request: { body: json(Movement.extend({ payingAccountId: z.uuid() }), 'What the bank received') },
  responses: { 201: json(Done, 'Posted'), ...movementProblems() },
})
const fee = createRoute({
  method: 'post',
  path: '/ledger/bank-fees',
  summary: 'The bank took a fee; it is paid from the reserve',
  request: { body: json(Movement.extend({ payingAccountId: z.uuid() }), 'What the bank took') },
  responses: { 201: json(Done, 'Posted'), ...movementProblems() },
})
const repayment = createRoute({
  method: 'post',
  path: '/campaigns/{id}/repayments',
  summary: 'An organisation paid back what it owed',
  request: { params: Id, body: json(Movement.extend({ organisationId: z.uuid() }), 'What the bank received') },
  responses: { 201: json(Done, 'Posted'), ...movementProblems() },
})
export const ledgerRoutes = createRouter()
  .openapi(invariants, async (c) => {
    const { actor, db, today } = c.var.context
    requireRole(actor, 'coordinator', 'finance_approver', 'auditor')
    return c.json({ ...(await checkInvariants(db)), on: today() }, 200)
  })
  .openapi(reserve, async (c) => {
    const { payingAccountId, ...movement } = c.req.valid('json')
    await fundReserve(c.var.context, payingAccountId, movement)
    return c.json({ reference: movement.reference }, 201)
  })
  .openapi(fee, async (c) => {
    const { payingAccountId, ...movement } = c.req.valid('json')
    await recordBankFee(c.var.context, payingAccountId, movement)
    return c.json({ reference: movement.reference }, 201)
  })
  .openapi(repayment, async (c) => {
    const movement = c.req.valid('json')
    await recordRepayment(c.var.context, c.req.valid('param').id, movement)
    return c.json({ reference: movement.reference }, 201)
  })
