import { funderKind } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { requireOwn, requireRole } from '../shared/context.ts'
import { createRouter, DayText, Id, json, ListQuery, problems } from '../shared/http.ts'
import { addFunder } from './add-funder.ts'
import { changeFunder } from './change-funder.ts'
import { getFunder, listFunders } from './queries.ts'

const Funder = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.enum(funderKind.enumValues),
    siret: z.string().nullable(),
    contactEmail: z.string().nullable(),
    createdOn: DayText,
  })
  .openapi('Funder')

const FunderDetails = z.object({
  name: z.string().trim().min(2).max(200),
  kind: z.enum(funderKind.enumValues),
  siret: z.string().max(20).nullish(),
  contactEmail: z.email().max(200).nullish(),
})

const FunderList = z.object({ items: z.array(Funder), nextCursor: z.string().nullable() })
const readers = ['coordinator', 'finance_approver', 'auditor', 'funder'] as const

const list = createRoute({
  method: 'get',
  path: '/funders',
  summary: 'Who pays for vouchers; a funder sees itself',
  request: { query: ListQuery },
  responses: { 200: json(FunderList, 'Funders by name'), ...problems('unauthenticated', 'forbidden') },
})

const add = createRoute({
  method: 'post',
  path: '/funders',
  summary: 'Add a funder',
  request: { body: json(FunderDetails, 'The funder') },
  responses: { 201: json(Funder, 'The funder'), ...problems('unauthenticated', 'forbidden', 'invalid', 'conflict') },
})

const read = createRoute({
  method: 'get',
  path: '/funders/{id}',
  summary: 'One funder',
  request: { params: Id },
  responses: { 200: json(Funder, 'The funder'), ...problems('unauthenticated', 'forbidden', 'not_found') },
})

const change = createRoute({
  method: 'patch',
  path: '/funders/{id}',
  summary: 'Change the details of a funder',
  request: { params: Id, body: json(FunderDetails.partial(), 'What changes') },
  responses: {
    200: json(Funder, 'The funder'),
    ...problems('unauthenticated', 'forbidden', 'invalid', 'not_found', 'conflict'),
  },
})

export const funderRoutes = createRouter()
  .openapi(list, async (c) => {
    const person = requireRole(c.var.context.actor, ...readers)
    const { limit, cursor, q } = c.req.valid('query')
    const items = await listFunders(c.var.context.db, { onlyId: person.tenantId, q, after: cursor, limit })
    return c.json({ items, nextCursor: items.length === limit ? items.at(-1)!.name : null }, 200)
  })
  .openapi(add, async (c) => c.json(await addFunder(c.var.context, c.req.valid('json')), 201))
  .openapi(read, async (c) => {
    const person = requireRole(c.var.context.actor, ...readers)
    const { id } = c.req.valid('param')
    requireOwn(person, id, 'funder')
    return c.json(await getFunder(c.var.context.db, id), 200)
  })
  .openapi(change, async (c) =>
    c.json(await changeFunder(c.var.context, c.req.valid('param').id, c.req.valid('json')), 200),
  )
