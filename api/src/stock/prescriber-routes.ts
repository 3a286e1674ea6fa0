import { createRoute, z } from '@hono/zod-openapi'
import { addPrescriber } from '../prescribers/add-prescriber.ts'
import { getPrescriber, listHandouts, listPrescribers } from '../prescribers/queries.ts'
import { requireOwn, requireRole } from '../shared/context.ts'
import { createRouter, DayText, Id, json, ListQuery, problems } from '../shared/http.ts'
import { countHandouts } from './count-handouts.ts'

const PrescriberDetails = z.object({
  name: z.string().trim().min(2).max(200),
  communeCode: z.string().max(5).nullish(),
})
const Prescriber = z
  .object({ id: z.uuid(), name: z.string(), communeCode: z.string().nullable(), createdOn: DayText })
  .openapi('Prescriber')
const Handout = z
  .object({
    prescriberId: z.uuid(),
    campaignId: z.uuid(),
    month: DayText,
    books: z.number().int(),
    replacements: z.number().int().openapi({ description: 'Given in the place of lost ones; no further hand-out' }),
  })
  .openapi('Handout')
const HandoutDetails = z.object({
  month: DayText.openapi({ description: 'The first day of the month' }),
  books: z.number().int().min(-10_000).max(10_000).openapi({ description: 'Added to the month; negative: taken back' }),
  campaignId: z.uuid().optional().openapi({ description: 'Needed when several campaigns run' }),
})

const readers = ['coordinator', 'finance_approver', 'auditor', 'prescriber'] as const
const guarded = ['unauthenticated', 'forbidden'] as const

const list = createRoute({
  method: 'get',
  path: '/prescribers',
  summary: 'Who hands books out; a prescriber sees itself',
  request: { query: ListQuery },
  responses: {
    200: json(z.object({ items: z.array(Prescriber), nextCursor: z.string().nullable() }), 'Prescribers by name'),
    ...problems(...guarded),
  },
})

const add = createRoute({
  method: 'post',
  path: '/prescribers',
  summary: 'Add a prescriber',
  request: { body: json(PrescriberDetails, 'The prescriber') },
  responses: { 201: json(Prescriber, 'The prescriber'), ...problems(...guarded, 'invalid', 'conflict') },
})

const readHandouts = createRoute({
  method: 'get',
  path: '/prescribers/{id}/handouts',
  summary: 'Books handed out, per campaign and month',
  request: { params: Id },
  responses: {
    200: json(z.object({ items: z.array(Handout) }), 'Counts'),
    ...problems(...guarded, 'not_found'),
  },
})

const handOut = createRoute({
  method: 'post',
  path: '/prescribers/{id}/handouts',
  summary: 'Count books handed out in a month; never to whom',
  request: { params: Id, body: json(HandoutDetails, 'How many') },
  responses: {
    200: json(Handout, 'The count of the month'),
    ...problems(...guarded, 'invalid', 'not_found', 'conflict'),
  },
})

export const prescriberRoutes = createRouter()
  .openapi(list, async (c) => {
    const person = requireRole(c.var.context.actor, ...readers)
    const { limit, cursor, q } = c.req.valid('query')
    const items = await listPrescribers(c.var.context.db, { onlyId: person.tenantId, q, after: cursor, limit })
    return c.json({ items, nextCursor: items.length === limit ? items.at(-1)!.name : null }, 200)
  })
  .openapi(add, async (c) => c.json(await addPrescriber(c.var.context, c.req.valid('json')), 201))
  .openapi(readHandouts, async (c) => {
    const person = requireRole(c.var.context.actor, ...readers)
    const { id } = c.req.valid('param')
    requireOwn(person, id, 'prescriber')
    await getPrescriber(c.var.context.db, id)
    return c.json({ items: await listHandouts(c.var.context.db, id) }, 200)
  })
  .openapi(handOut, async (c) =>
    c.json(await countHandouts(c.var.context, c.req.valid('param').id, c.req.valid('json')), 200),
  )
