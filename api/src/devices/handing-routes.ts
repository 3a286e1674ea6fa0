import { createRoute } from '@hono/zod-openapi'
import { createRouter, Id, json, problems } from '../shared/http.ts'
import { stopBooks } from '../stock/stop-books.ts'
import { countDeviceHandouts } from './count-device-handouts.ts'
import { createEnrolmentToken } from './create-enrolment-token.ts'
import { EnrolmentToken } from './device-schema.ts'
import { HandOuts, HandOutsCounted, Stop, Stopped } from './handing-schema.ts'
import { getHandingPhone } from './prescriber-phone.ts'
import { type DeviceParts, rawRequest } from './routes.ts'
import { readSigned } from './signed-request.ts'

const security = [{ deviceToken: [] }]
const token = createRoute({
  method: 'post',
  path: '/prescribers/{id}/enrolment-tokens',
  summary: 'A code that enrols one phone of this prescriber, within ten minutes',
  request: { params: Id },
  responses: {
    201: json(EnrolmentToken, 'The token to show as a QR code'),
    ...problems('unauthenticated', 'forbidden', 'not_found'),
  },
})
const handOuts = createRoute({
  method: 'post',
  path: '/device/hand-outs',
  summary: 'What this phone has counted in a month: books handed out, never to whom',
  security,
  request: { body: json(HandOuts, 'Its own total; signed in X-Signature') },
  responses: {
    200: json(HandOutsCounted, 'The counts now'),
    ...problems('malformed', 'unauthenticated', 'forbidden', 'invalid', 'not_found', 'conflict'),
  },
})
const stops = createRoute({
  method: 'post',
  path: '/device/stops',
  summary: 'Stop lost books by the numbers on their covers',
  security,
  request: { body: json(Stop, 'Which books, and why; signed in X-Signature') },
  responses: {
    200: json(Stopped, 'The stop order; asked for again, the same one'),
    ...problems('malformed', 'unauthenticated', 'forbidden', 'invalid', 'not_found'),
  },
})

/** Phones of prescribers: how they are enrolled, and the two things they do. Bodies are read by hand, since they are signed. */
export function createHandingRoutes(parts: DeviceParts) {
  const router = createRouter().openapi(token, async (c) => {
    const { token: made, expiresAt } = await createEnrolmentToken(c.var.context, {
      prescriberId: c.req.valid('param').id,
    })
    return c.json({ token: made, expiresAt: expiresAt.toISOString() }, 201)
  })
  for (const route of [handOuts, stops]) router.openAPIRegistry.registerPath(route)
  router.post(handOuts.path, async (c) => {
    const request = rawRequest(c)
    const phone = await getHandingPhone(parts, request)
    return c.json(await countDeviceHandouts(phone.ctx, phone.actor, await readSigned(phone, request, HandOuts)))
  })
  router.post(stops.path, async (c) => {
    const request = rawRequest(c)
    const phone = await getHandingPhone(parts, request)
    const { lastCover, ...stop } = await readSigned(phone, request, Stop)
    const order = await stopBooks(phone.ctx, { ...stop, lastCover: lastCover ?? stop.firstCover })
    const { id, campaignId, firstCover, lastCover: last, reason, orderedOn } = order
    return c.json({ id, campaignId, firstCover, lastCover: last, reason, orderedOn })
  })
  return router
}
