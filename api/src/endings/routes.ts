import { endingStep } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { Covers } from '../books/cover-schema.ts'
import { readCampaign } from '../campaigns/read-campaign.ts'
import { requireRole } from '../shared/context.ts'
import { formatsOf } from '../shared/formats.ts'
import { createRouter, DayText, Id, json, problems, readLocale } from '../shared/http.ts'
import { translate } from '../shared/messages.ts'
import { declareLeftovers } from './declare-leftovers.ts'
import { makeJointStatementPdf } from './joint-statement-pdf.ts'
import { readEnding } from './read-ending.ts'
import { approveBlocking, takeLateHandouts } from './sign-ending.ts'
import { signJointStatement } from './sign-joint-statement.ts'
import { getStatement, listStatements, readSignerNames, type StatementView } from './statement-queries.ts'

const Signature = z.object({ funderId: z.uuid(), funder: z.string(), signedOn: DayText })
const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Shown = json(z.object({ sha256: Hash }), 'The hash that was shown')
const Ending = z
  .object({
    endsOn: DayText,
    steps: z.array(
      z.object({
        step: z.enum(endingStep.enumValues),
        on: DayText,
        doneOn: DayText.nullable(),
        mailCount: z.number().int().nullable(),
      }),
    ),
    counts: z
      .object({
        issuedBooks: z.number().int(),
        handedOutBooks: z.number().int(),
        startedBooks: z.number().int().nullable().openapi({ description: 'None below eleven' }),
      })
      .nullable()
      .openapi({ description: 'At the first alert' }),
    blocking: z.object({ ranges: z.array(Covers), books: z.number().int(), sha256: z.string() }),
    approvals: z.array(Signature),
    lateHandouts: z.array(Signature),
  })
  .openapi('Ending')
const Joint = z
  .object({
    id: z.uuid(),
    campaignId: z.uuid(),
    funderId: z.uuid(),
    funder: z.string(),
    number: z.number().int(),
    content: z.string().openapi({ description: 'The text that is signed: JSON' }),
    sha256: z.string(),
    madeOn: DayText,
    coordinatorSignedOn: DayText.nullable(),
    funderSignedOn: DayText.nullable(),
  })
  .openapi('JointStatement')
const jointBody = ({ coordinatorId: _one, signerId: _other, ...statement }: StatementView): z.infer<typeof Joint> =>
  statement
const signatureBody = ({ funderId, funder, signedOn }: z.infer<typeof Signature>) => ({ funderId, funder, signedOn })

const guarded = ['unauthenticated', 'forbidden', 'not_found'] as const
const read = createRoute({
  method: 'get',
  path: '/campaigns/{id}/ending',
  summary: 'The end of validity: its dates, what was done, what is to be signed',
  request: { params: Id },
  responses: { 200: json(Ending, 'The end'), ...problems(...guarded) },
})
const declare = createRoute({
  method: 'post',
  path: '/campaigns/{id}/leftovers',
  summary: 'Say which covers a prescriber still has, in the last fifteen days; what is said last counts',
  request: {
    params: Id,
    body: json(
      z.object({ prescriberId: z.uuid(), covers: z.array(Covers).max(200) }),
      'Covers; none when none is left',
    ),
  },
  responses: {
    200: json(z.object({ books: z.number().int() }), 'How many books'),
    ...problems(...guarded, 'invalid', 'conflict'),
  },
})
const block = createRoute({
  method: 'post',
  path: '/campaigns/{id}/blocking-approval',
  summary: 'Approve the list of books to block; with the last funder they are blocked',
  request: { params: Id, body: Shown },
  responses: {
    200: json(z.object({ blocked: z.number().int() }), 'How many books are blocked now'),
    ...problems(...guarded, 'invalid', 'conflict'),
  },
})
const late = createRoute({
  method: 'post',
  path: '/campaigns/{id}/late-handouts-signature',
  summary: 'Take responsibility for books handed out in the last seven days',
  request: { params: Id },
  responses: { 200: json(Ending, 'The end'), ...problems(...guarded, 'conflict') },
})
const statements = createRoute({
  method: 'get',
  path: '/campaigns/{id}/joint-statements',
  summary: 'What both sides state of a campaign that is over; a funder reads its own',
  request: { params: Id },
  responses: { 200: json(z.object({ items: z.array(Joint) }), 'Statements'), ...problems(...guarded) },
})
const sign = createRoute({
  method: 'post',
  path: '/joint-statements/{id}/signature',
  summary: 'Sign for the funder, or for the coordination',
  request: { params: Id, body: Shown },
  responses: { 200: json(Joint, 'The statement'), ...problems(...guarded, 'invalid', 'conflict') },
})
const pdf = createRoute({
  method: 'get',
  path: '/joint-statements/{id}/paper.pdf',
  summary: 'A joint statement on paper',
  request: { params: Id },
  responses: {
    200: {
      description: 'The paper',
      content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...problems(...guarded),
  },
})

const endingBody = async (ctx: Parameters<typeof readEnding>[0], id: string): Promise<z.infer<typeof Ending>> => {
  const { campaign, steps, plan, approvals, lateHandouts } = await readEnding(ctx, id)
  const alert = steps.find(({ step }) => step === 'alert')?.done
  const { issuedBooks = null, handedOutBooks = null, startedBooks = null } = alert ?? {}
  return {
    endsOn: campaign.endsOn,
    steps: steps.map(({ step, on, done }) => ({
      ...{ step, on, doneOn: done?.doneOn ?? null, mailCount: done?.mailCount ?? null },
    })),
    counts: issuedBooks === null || handedOutBooks === null ? null : { issuedBooks, handedOutBooks, startedBooks },
    blocking: plan,
    approvals: approvals.map(signatureBody),
    lateHandouts: lateHandouts.map(signatureBody),
  }
}

export const endingRoutes = createRouter()
  .openapi(read, async (c) => c.json(await endingBody(c.var.context, c.req.valid('param').id), 200))
  .openapi(declare, async (c) => {
    const campaignId = c.req.valid('param').id
    return c.json(await declareLeftovers(c.var.context, { campaignId, ...c.req.valid('json') }), 200)
  })
  .openapi(block, async (c) =>
    c.json(await approveBlocking(c.var.context, c.req.valid('param').id, c.req.valid('json').sha256), 200),
  )
  .openapi(late, async (c) => {
    const { id } = c.req.valid('param')
    await takeLateHandouts(c.var.context, id)
    return c.json(await endingBody(c.var.context, id), 200)
  })
  .openapi(statements, async (c) => {
    const { db, tenant } = c.var.context
    const { id } = await readCampaign(c.var.context, c.req.valid('param').id)
    return c.json({ items: (await listStatements(db, id, tenant)).map(jointBody) }, 200)
  })
  .openapi(sign, async (c) =>
    c.json(
      jointBody(await signJointStatement(c.var.context, c.req.valid('param').id, c.req.valid('json').sha256)),
      200,
    ),
  )
endingRoutes.openapi(pdf, async (c) => {
  const { actor, db } = c.var.context
  const { tenantId } = requireRole(actor, 'coordinator', 'finance_approver', 'auditor', 'funder')
  const locale = readLocale(c)
  const statement = await getStatement(db, c.req.valid('param').id, tenantId)
  const names = await readSignerNames(db, statement)
  const bytes = await makeJointStatementPdf({ t: translate(locale), formats: formatsOf(locale), statement, names })
  return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="etat-contradictoire-${statement.number}.pdf"`,
  })
})
