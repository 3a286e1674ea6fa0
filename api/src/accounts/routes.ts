import { role } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { requirePerson } from '../shared/context.ts'
import { createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { createApiToken, revokeApiToken } from './api-token.ts'
import { listApiTokens } from './queries.ts'

const Session = z
  .object({
    name: z.string(),
    role: z.enum(role.enumValues),
    tenantId: z.uuid().nullable().openapi({ description: 'A funder, an organisation or a prescriber' }),
    scopes: z.array(z.string()),
  })
  .openapi('Session')
const ApiToken = z
  .object({
    id: z.uuid(),
    label: z.string(),
    scopes: z.array(z.string()),
    createdOn: DayText,
    expiresOn: DayText,
    lastUsedOn: DayText.nullable(),
  })
  .openapi('ApiToken')
const NewApiToken = z.object({
  label: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .openapi({ description: 'What the program is, to know it again in the list' }),
  scopes: z
    .array(z.string().regex(/^(\*|[a-z]+)$/))
    .min(1)
    .max(30)
    .openapi({ description: 'Modules the program may use, or *', example: ['campaigns'] }),
  expiresOn: DayText,
})
const readSession = createRoute({
  method: 'get',
  path: '/session',
  summary: 'Who asks',
  responses: { 200: json(Session, 'The person, and as whom'), ...problems('unauthenticated', 'forbidden') },
})
const listTokens = createRoute({
  method: 'get',
  path: '/api-tokens',
  summary: 'Own API tokens, without their text',
  responses: {
    200: json(z.object({ items: z.array(ApiToken) }), 'All of them'),
    ...problems('unauthenticated', 'forbidden'),
  },
})
const addToken = createRoute({
  method: 'post',
  path: '/api-tokens',
  summary: 'Make an API token for a program',
  request: { body: json(NewApiToken, 'What it may do, and until when') },
  responses: {
    201: json(z.object({ id: z.uuid(), token: z.string() }), 'The token: it is shown this once'),
    ...problems('invalid', 'unauthenticated', 'forbidden'),
  },
})
const removeToken = createRoute({
  method: 'delete',
  path: '/api-tokens/{id}',
  summary: 'Revoke an API token at once',
  request: { params: Id },
  responses: {
    204: { description: 'It opens nothing any more' },
    ...problems('unauthenticated', 'forbidden', 'not_found'),
  },
})
export const accountRoutes = createRouter()
  .openapi(readSession, (c) => {
    const { scopes, ...person } = requirePerson(c.var.context.actor)
    return c.json(Session.parse({ ...person, scopes: [...scopes] }), 200)
  })
  .openapi(listTokens, async (c) => {
    const { membershipId } = requirePerson(c.var.context.actor)
    return c.json({ items: await listApiTokens(c.var.context.db, membershipId) }, 200)
  })
  .openapi(addToken, async (c) => c.json(await createApiToken(c.var.context, c.req.valid('json')), 201))
  .openapi(removeToken, async (c) => {
    await revokeApiToken(c.var.context, c.req.valid('param').id)
    return c.body(null, 204)
  })
