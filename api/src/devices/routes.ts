import { createRoute, z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { type Context, createContext, type Phone, requireRole } from '../shared/context.ts'
import { createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { buildBundle } from './bundle.ts'
import type { DeviceDirectory } from './device-directory.ts'
import { createEnrolmentToken, enrolDevice, revokeDevice } from './enrol-device.ts'
import { listDevices } from './queries.ts'
import { findPhone, type RawRequest } from './signed-request.ts'

const Token = z.object({ token: z.string(), expiresAt: z.iso.datetime() })
const P256PublicKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().length(43),
  y: z.string().length(43),
})
const Enrolment = z.object({
  token: z.string().min(1).max(100),
  label: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .default('Téléphone')
    .openapi({ description: 'What the venue calls this phone; never a person’s name' }),
  publicKey: P256PublicKey.optional().openapi({ description: 'P-256, as JWK; needed in production' }),
})
const Bundle = z
  .object({
    venues: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        services: z.array(z.object({ code: z.string(), theme: z.string(), title: z.string() })),
      }),
    ),
    campaigns: z.array(z.looseObject({ id: z.uuid(), number: z.number().int(), name: z.string(), state: z.string() })),
    keys: z.array(z.object({ kid: z.number().int(), publicKey: z.string(), state: z.string() })),
    blocklist: z.array(z.string()),
    queueKey: P256PublicKey,
    nextPayoutOn: DayText,
    serverTime: z.iso.datetime(),
  })
  .openapi('Bundle')
const Enrolled = z.object({ deviceId: z.uuid(), token: z.string(), bundle: Bundle })
const Device = z
  .object({
    id: z.uuid(),
    organisationId: z.uuid(),
    venueId: z.uuid().nullable(),
    label: z.string(),
    state: z.enum(['active', 'revoked']),
    enrolledOn: DayText,
    lastSeenOn: DayText,
    expiresOn: DayText,
    pending: z.number().int(),
    gaps: z.number().int(),
  })
  .openapi('Device')

const venueToken = createRoute({
  method: 'post',
  path: '/venues/{id}/enrolment-tokens',
  summary: 'A code that enrols one phone for this venue, within ten minutes',
  request: { params: Id },
  responses: {
    201: json(Token, 'The token to show as a QR code'),
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
  summary: 'Phones, with what they still owe',
  responses: {
    200: json(z.object({ items: z.array(Device) }), 'Own organisation, or all'),
    ...problems('unauthenticated', 'forbidden'),
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
    200: json(Bundle, 'The bundle, with its ETag'),
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
      const { actor } = await parts.directory.find(token)
      const { bundle } = await buildBundle(contextOfPhone(parts, actor), actor)
      return c.json({ deviceId, token, bundle }, 201)
    })
    .openapi(list, async (c) => {
      const { tenantId } = requireRole(c.var.context.actor, 'venue_manager', 'coordinator', 'auditor')
      return c.json({ items: await listDevices(c.var.context.db, tenantId) }, 200)
    })
    .openapi(revoke, async (c) => {
      const { id } = c.req.valid('param')
      await revokeDevice(c.var.context, id)
      return c.json({ id, state: 'revoked' as const }, 200)
    })
    .openapi(bundle, async (c) => {
      const { actor } = await findPhone(parts.directory, rawRequest(c))
      const built = await buildBundle(contextOfPhone(parts, actor), actor)
      const etag = `"${built.etag}"`
      c.header('etag', etag)
      if (c.req.header('if-none-match') === etag) return c.body(null, 304)
      return c.json(built.bundle, 200)
    })
