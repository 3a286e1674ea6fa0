import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from '../shared/context.ts'
import { requireOwn, requireRole } from '../shared/context.ts'
import { createRouter, Id, problems } from '../shared/http.ts'
import { findLogo, type LogoOwner } from './logo-queries.ts'
import { logoNotFound, removeLogo, setLogo } from './set-logo.ts'

const picture = { 'image/png': { schema: z.string() } }
const guarded = ['unauthenticated', 'forbidden', 'not_found'] as const
const body = { content: picture, required: true }
const kept = { 204: { description: 'Kept: the next print runs show it' } }
const gone = { 204: { description: 'The next print runs show the name alone' }, ...problems(...guarded) }
const shown = { 200: { description: 'The picture, as it is printed', content: picture }, ...problems(...guarded) }
const limits = 'PNG, 1 MB, 4 million pixels at most'

const scheme = '/scheme/logo'
const setScheme = createRoute({
  ...{ method: 'put', path: scheme, summary: `The logo of who runs the scheme: ${limits}`, request: { body } },
  responses: { ...kept, ...problems('unauthenticated', 'forbidden', 'invalid') },
})
const readScheme = createRoute({
  ...{ method: 'get', path: scheme, summary: 'The logo of who runs the scheme' },
  responses: shown,
})
const removeScheme = createRoute({
  ...{ method: 'delete', path: scheme, summary: 'Print no logo of who runs the scheme any more' },
  responses: gone,
})

const funder = '/funders/{id}/logo'
const setFunder = createRoute({
  ...{ method: 'put', path: funder, summary: `The logo of a funder: ${limits}`, request: { params: Id, body } },
  responses: { ...kept, ...problems(...guarded, 'invalid') },
})
const readFunder = createRoute({
  ...{ method: 'get', path: funder, summary: 'The logo of a funder; a funder reads its own', request: { params: Id } },
  responses: shown,
})
const removeFunder = createRoute({
  ...{ method: 'delete', path: funder, summary: 'Print the name of a funder alone', request: { params: Id } },
  responses: gone,
})

const readers = ['coordinator', 'finance_approver', 'auditor', 'funder'] as const

async function read(ctx: Context, owner: LogoOwner): Promise<Uint8Array<ArrayBuffer>> {
  const person = requireRole(ctx.actor, ...readers)
  if (owner !== null) requireOwn(person, owner, 'funder')
  const logo = await findLogo(ctx.db, owner)
  if (!logo) throw logoNotFound()
  return Uint8Array.from(logo.png)
}
const headers = { 'content-type': 'image/png', 'content-disposition': 'inline; filename="logo.png"' }
const bytesOf = async (request: Request) => new Uint8Array(await request.arrayBuffer())

export const logoRoutes = createRouter()
  .openapi(setScheme, async (c) => {
    await setLogo(c.var.context, null, await bytesOf(c.req.raw))
    return c.body(null, 204)
  })
  .openapi(readScheme, async (c) => c.body(await read(c.var.context, null), 200, headers))
  .openapi(removeScheme, async (c) => {
    await removeLogo(c.var.context, null)
    return c.body(null, 204)
  })
  .openapi(setFunder, async (c) => {
    await setLogo(c.var.context, c.req.valid('param').id, await bytesOf(c.req.raw))
    return c.body(null, 204)
  })
  .openapi(readFunder, async (c) => c.body(await read(c.var.context, c.req.valid('param').id), 200, headers))
  .openapi(removeFunder, async (c) => {
    await removeLogo(c.var.context, c.req.valid('param').id)
    return c.body(null, 204)
  })
