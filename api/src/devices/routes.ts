import { createRoute, z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { type Context, createContext, type Phone, requireRole } from '../shared/context.ts'
import { createRouter, Id, json, ListQuery, problems } from '../shared/http.ts'
import { buildBundle } from './bundle.ts'
import { createEnrolmentToken } from './create-enrolment-token.ts'
import type { DeviceDirectory } from './device-directory.ts'
import { Bundle, Device, Enrolled, Enrolment, EnrolmentToken } from './device-schema.ts'
import { enrolDevice } from './enrol-device.ts'
import { buildHandingBundle } from './handing-bundle.ts'
import { findHandingPhone } from './prescriber-phone.ts'
import { listDevices } from './queries.ts'
import { revokeDevice } from './revoke-device.ts'
import { type RawRequest, signAnswer, tokenOf } from './signed-request.ts'

const venueToken = createRoute({
  method: 'post',
  path: '/venues/{id}/enrolment-tokens',
  summary: 'A code that enrols one phone for this venue, within ten minutes',
  request: { params: Id },
  responses: {
    201: json(EnrolmentToken, 'The token to show as a QR code'),
    ...problems('unauthenticated', 'forbidden', 'not_found'),
  },
})
const organisationToken = createRoute({
  ...venueToken,
  path: '/organisations/{id}/enrolment-tokens',
  summary: 'A code that enrols one phone for all venues of this organisation',
})
const enrol = createRoute({
  method: 'post',
  path: '/device/enrolments',
  summary: 'Enrol the phone that shows a token',
  request: { body: json(Enrolment, 'The token and the phone’s public key') },
  responses: {
    201: json(Enrolled, 'The phone’s own token, once, and its bundle'),
    ...problems('unauthenticated', 'invalid'),
  },
})
const list = createRoute({
  method: 'get',
  path: '/devices',
  summary: 'Phones, with what they still owe: of the own organisation or prescriber, or all',
  request: { query: ListQuery.omit({ q: true }).extend({ cursor: z.uuid().optional() }) },
  responses: {
    200: json(z.object({ items: z.array(Device), nextCursor: z.uuid().nullable() }), 'A page of phones'),
    ...problems('invalid', 'unauthenticated', 'forbidden'),
  },
})
const revoke = createRoute({
  method: 'post',
  path: '/devices/{id}/revocation',
  summary: 'Revoke a phone at once',
  request: { params: Id },
  responses: {
    200: json(z.object({ id: z.uuid(), state: z.literal('revoked') }), 'Revoked'),
    ...problems('unauthenticated', 'forbidden', 'not_found'),
  },
})
const bundle = createRoute({
  method: 'get',
  path: '/device/bundle',
  summary: 'All a phone needs to answer offline',
  security: [{ deviceToken: [] }],
  responses: {
    200: json(Bundle, 'The bundle, with its ETag; signed in X-Signature for a phone with a key'),
    304: { description: 'The phone has it already' },
    ...problems('unauthenticated'),
  },
})

export const rawRequest = (c: HonoContext): RawRequest => ({
  header: (name) => c.req.header(name),
  text: () => c.req.text(),
})

export type DeviceParts = Pick<Context, 'db' | 'now' | 'keyring'> & {
  directory: DeviceDirectory
  /** Production refuses phones that cannot sign. */
  needsKey: boolean
  /** Changes when the database was restored: phones then send again what they sent lately. */
  generation: () => string
}

export const contextOfPhone = (parts: DeviceParts, actor: Phone): Context => createContext({ ...parts, actor })

/** Enrolment and bundle of phones, and the list of phones for their managers. */
export const createDeviceRoutes = (parts: DeviceParts) =>
  createRouter()
    .openapi(venueToken, async (c) => {
      const { token, expiresAt } = await createEnrolmentToken(c.var.context, { venueId: c.req.valid('param').id })
      return c.json({ token, expiresAt: expiresAt.toISOString() }, 201)
    })
    .openapi(organisationToken, async (c) => {
      const { token, expiresAt } = await createEnrolmentToken(c.var.context, {
        organisationId: c.req.valid('param').id,
      })
      return c.json({ token, expiresAt: expiresAt.toISOString() }, 201)
    })
    .openapi(enrol, async (c) => {
      const { deviceId, token } = await enrolDevice(c.var.context, c.req.valid('json'), parts.needsKey)
      const { bundle } = (await bundleOf(parts, token)).built
      return c.json({ deviceId, token, bundle }, 201)
    })
    .openapi(list, async (c) => {
      const { tenantId } = requireRole(c.var.context.actor, 'venue_manager', 'prescriber', 'coordinator', 'auditor')
      const page = c.req.valid('query')
      const items = await listDevices(c.var.context.db, tenantId, c.var.context.today(), page)
      const nextCursor = items.length === page.limit ? (items.at(-1)?.id ?? null) : null
      return c.json({ items, nextCursor }, 200)
    })
    .openapi(revoke, async (c) => {
      const { id } = c.req.valid('param')
      await revokeDevice(c.var.context, id)
      parts.directory.forgetDevice(id)
      return c.json({ id, state: 'revoked' as const }, 200)
    })
    .openapi(bundle, async (c) => {
      const { built, device } = await bundleOf(parts, tokenOf(rawRequest(c)))
      c.header('etag', `"${built.etag}"`)
      c.header('x-generation', parts.generation())
      if (isKnownTag(c.req.header('if-none-match'), built.etag)) return c.body(null, 304)
      const signature = signAnswer(device, JSON.stringify(built.bundle))
      if (signature) c.header('x-signature', signature)
      return c.json(built.bundle, 200)
    })

/** A phone of an organisation scans, a prescriber's hands out: each has its own bundle. */
async function bundleOf(parts: DeviceParts, token: string) {
  const handing = await findHandingPhone(parts, token)
  if (handing) return { device: handing, built: await buildHandingBundle(handing.ctx, handing.actor) }
  const device = await parts.directory.findNow(token)
  return { device, built: await buildBundle(contextOfPhone(parts, device.actor), device.actor) }
}

/** A proxy that compresses makes a tag weak: it is the same bundle. */
const isKnownTag = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === `"${etag}"`)
