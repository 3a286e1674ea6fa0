import { amendmentKind, amendmentState } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { Text } from '../campaigns/campaign-schema.ts'
import { readCampaign } from '../campaigns/read-campaign.ts'
import { createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { proposeAmendment, withdrawAmendment } from './propose-amendment.ts'
import { type Amendment, listAmendments } from './queries.ts'
import { signAmendment } from './sign-amendment.ts'

const Shown = z
  .object({
    id: z.uuid(),
    campaignId: z.uuid(),
    kind: z.enum(amendmentKind.enumValues),
    state: z.enum(amendmentState.enumValues),
    endsOn: DayText.nullable(),
    budgetedBooks: z.number().int().nullable(),
    reason: z.string(),
    proposedOn: DayText,
    decidedOn: DayText.nullable(),
  })
  .openapi('Amendment')
const Signed = Shown.extend({
  signatures: z.array(z.object({ funderId: z.uuid(), funder: z.string(), signedOn: DayText })),
}).openapi('SignedAmendment')
const reason = Text.openapi({ description: 'Why: funders read it before they sign' })
const Asked = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('extension'), endsOn: DayText, reason }),
  z.object({ kind: z.literal('top_up'), budgetedBooks: z.number().int().min(1).max(1_000_000), reason }),
  z.object({
    kind: z.literal('cancellation'),
    endsOn: DayText.nullable().openapi({ description: 'The new last day of an open campaign; null before it opens' }),
    reason,
  }),
])

const shown = ({ proposedBy: _person, ...amendment }: Amendment): z.infer<typeof Shown> => amendment
const everyone = ['unauthenticated', 'forbidden', 'not_found'] as const

const list = createRoute({
  method: 'get',
  path: '/campaigns/{id}/amendments',
  summary: 'Changes of what was agreed, the newest first, with who signed',
  request: { params: Id },
  responses: { 200: json(z.object({ items: z.array(Signed) }), 'Amendments'), ...problems(...everyone) },
})
const propose = createRoute({
  method: 'post',
  path: '/campaigns/{id}/amendments',
  summary: 'Propose to extend, to end early or to have more books; a draft is cancelled at once',
  request: { params: Id, body: json(Asked, 'What changes, and why') },
  responses: { 201: json(Shown, 'To be signed by every funder'), ...problems(...everyone, 'invalid', 'conflict') },
})
const sign = createRoute({
  method: 'post',
  path: '/amendments/{id}/signature',
  summary: 'Sign as one of the funders; the last signature makes it so',
  request: { params: Id },
  responses: { 200: json(Shown, 'The amendment'), ...problems(...everyone, 'conflict') },
})
const withdraw = createRoute({
  method: 'post',
  path: '/amendments/{id}/withdrawal',
  summary: 'Take it back before the last signature',
  request: { params: Id },
  responses: { 200: json(Shown, 'The amendment'), ...problems(...everyone, 'conflict') },
})

export const amendmentRoutes = createRouter()
  .openapi(list, async (c) => {
    const { id } = await readCampaign(c.var.context, c.req.valid('param').id)
    const items = await listAmendments(c.var.context.db, id)
    return c.json({ items: items.map(({ signatures, ...rest }) => ({ ...shown(rest), signatures })) }, 200)
  })
  .openapi(propose, async (c) =>
    c.json(shown(await proposeAmendment(c.var.context, c.req.valid('param').id, c.req.valid('json'))), 201),
  )
  .openapi(sign, async (c) => c.json(shown(await signAmendment(c.var.context, c.req.valid('param').id)), 200))
  .openapi(withdraw, async (c) => c.json(shown(await withdrawAmendment(c.var.context, c.req.valid('param').id)), 200))
