import { createRoute, z } from '@hono/zod-openapi'
import { CentsNumber, createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { CentsGiven, Line, Text } from './campaign-schema.ts'
import { readCampaign } from './read-campaign.ts'
import { recordFunding } from './record-funding.ts'
import { addContextNote, addDecision, addTarget } from './steer-campaign.ts'
import { listContextNotes, listDecisions, listFundings, listTargets } from './steering-queries.ts'

const FundingDetails = z.object({
  funderId: z.uuid(),
  amountCents: CentsGiven,
  reference: z.string().trim().min(4).max(140).openapi({ description: 'As on the bank statement' }),
  proof: Text.openapi({ description: 'Where the proof lies' }),
  receivedOn: DayText,
})
const Funding = FundingDetails.extend({ id: z.uuid(), campaignId: z.uuid(), amountCents: CentsNumber }).openapi(
  'Funding',
)
const Body = z.object({ body: Text })
const ContextNote = Body.extend({ id: z.uuid(), writtenOn: DayText }).openapi('ContextNote')
const Decision = Body.extend({ id: z.uuid(), decidedOn: DayText }).openapi('Decision')
const TargetDetails = z.object({
  indicator: Line,
  target: z.number().int().min(0).max(1_000_000_000),
  dueOn: DayText,
  responsible: Line,
})
const Target = TargetDetails.extend({ id: z.uuid() }).openapi('Target')

const guarded = ['unauthenticated', 'forbidden', 'not_found'] as const
const items = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) })

const listOf = <const Path extends string, Item extends z.ZodType>(path: Path, summary: string, item: Item) =>
  createRoute({
    method: 'get',
    path: `/campaigns/{id}/${path}`,
    summary,
    request: { params: Id },
    responses: { 200: json(items(item), summary), ...problems(...guarded) },
  })
const addTo = <const Path extends string, Given extends z.ZodType, Item extends z.ZodType>(
  path: Path,
  summary: string,
  given: Given,
  item: Item,
) =>
  createRoute({
    method: 'post',
    path: `/campaigns/{id}/${path}`,
    summary,
    request: { params: Id, body: json(given, summary) },
    responses: { 201: json(item, summary), ...problems(...guarded, 'invalid', 'conflict') },
  })

export const steeringRoutes = createRouter()
  .openapi(listOf('fundings', 'Money received for a campaign', Funding), async (c) => {
    const { id } = await readCampaign(c.var.context, c.req.valid('param').id)
    return c.json({ items: await listFundings(c.var.context.db, id) }, 200)
  })
  .openapi(addTo('fundings', 'Record money that has come', FundingDetails, Funding), async (c) =>
    c.json(await recordFunding(c.var.context, c.req.valid('param').id, c.req.valid('json')), 201),
  )
  .openapi(listOf('context-notes', 'What a rate is never shown without', ContextNote), async (c) => {
    const { id } = await readCampaign(c.var.context, c.req.valid('param').id)
    return c.json({ items: await listContextNotes(c.var.context.db, id) }, 200)
  })
  .openapi(addTo('context-notes', 'Write a context note', Body, ContextNote), async (c) =>
    c.json(await addContextNote(c.var.context, c.req.valid('param').id, c.req.valid('json').body), 201),
  )
  .openapi(listOf('targets', 'What a campaign should reach', Target), async (c) => {
    const { id } = await readCampaign(c.var.context, c.req.valid('param').id)
    return c.json({ items: await listTargets(c.var.context.db, id) }, 200)
  })
  .openapi(addTo('targets', 'Set a target', TargetDetails, Target), async (c) =>
    c.json(await addTarget(c.var.context, c.req.valid('param').id, c.req.valid('json')), 201),
  )
  .openapi(listOf('decisions', 'What was decided for a campaign', Decision), async (c) => {
    const { id } = await readCampaign(c.var.context, c.req.valid('param').id)
    return c.json({ items: await listDecisions(c.var.context.db, id) }, 200)
  })
  .openapi(addTo('decisions', 'Note a decision', Body, Decision), async (c) =>
    c.json(await addDecision(c.var.context, c.req.valid('param').id, c.req.valid('json').body), 201),
  )
