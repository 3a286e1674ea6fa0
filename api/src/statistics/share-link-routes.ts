import { createRoute, z } from '@hono/zod-openapi'
import { createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { makeShareLink, readShareLinks, revokeShareLink } from './share-links.ts'

const Link = z
  .object({
    id: z.uuid(),
    funderId: z.uuid(),
    funder: z.string(),
    label: z.string(),
    createdOn: DayText,
    expiresOn: DayText,
    revokedOn: DayText.nullable(),
  })
  .openapi('ShareLink')

const list = createRoute({
  method: 'get',
  path: '/share-links',
  summary: 'Links of a funder to its released figures, newest first',
  responses: {
    200: json(z.object({ items: z.array(Link), nextCursor: z.null() }), 'Links, without their secret'),
    ...problems('unauthenticated', 'forbidden'),
  },
})

const make = createRoute({
  method: 'post',
  path: '/share-links',
  summary: 'Make a link that shows released figures without an account',
  request: {
    body: json(
      z.object({ label: z.string().trim().min(1).max(100), expiresOn: DayText }),
      'For whom, and the last day on which it opens, within a year',
    ),
  },
  responses: {
    201: json(z.object({ id: z.uuid(), path: z.string() }), 'The path of its page, told only once'),
    ...problems('unauthenticated', 'forbidden', 'invalid'),
  },
})

const revoke = createRoute({
  method: 'delete',
  path: '/share-links/{id}',
  summary: 'End a link at once',
  request: { params: Id },
  responses: {
    204: { description: 'It opens no more' },
    ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid'),
  },
})

export const shareLinkRoutes = createRouter()
  .openapi(list, async (c) => c.json({ items: await readShareLinks(c.var.context), nextCursor: null }, 200))
  .openapi(make, async (c) => {
    const { id, token } = await makeShareLink(c.var.context, c.req.valid('json'))
    return c.json({ id, path: `/partage/${token}` }, 201)
  })
  .openapi(revoke, async (c) => {
    await revokeShareLink(c.var.context, c.req.valid('param').id)
    return c.body(null, 204)
  })
