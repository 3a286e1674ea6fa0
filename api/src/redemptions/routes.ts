import { createRoute, z } from '@hono/zod-openapi'
import { createBundleTags } from '../devices/bundle-tags.ts'
import type { ProgressBook } from '../devices/progress-book.ts'
import { contextOfPhone, type DeviceParts, rawRequest } from '../devices/routes.ts'
import { findPhone, readSigned } from '../devices/signed-request.ts'
import { AppError } from '../shared/errors.ts'
import { createRouter, json, problems } from '../shared/http.ts'
import { correctScan, findScan, reverseScan } from './amend-scan.ts'
import { checkScan } from './check-scans.ts'
import { redeemScans, venueOf } from './redeem-scans.ts'
import type { ScanDesk } from './scan-desk.ts'
import { ScanItem, ScansRequest } from './scan-request.ts'

const Reason = z.string().openapi({ description: 'One of the refusal reasons', example: 'already_used' })
const ScanResult = z
  .object({
    scanId: z.string(),
    outcome: z.enum(['accepted', 'refused', 'retry']),
    now: z.enum(['accepted', 'reversed']).optional(),
    reason: Reason.optional(),
    usedHere: z.boolean().optional(),
    receipt: z.string().optional(),
    paidOn: z.string().optional(),
    training: z.literal(true).optional(),
    detail: z.string().optional(),
  })
  .openapi('ScanResult')
const ScansAnswer = z.object({
  serverTime: z.iso.datetime(),
  generation: z.string(),
  ackedSeq: z.number().int(),
  gaps: z.array(z.number().int()),
  results: z.array(ScanResult),
  bundleEtag: z.string(),
})
const ScanStory = z.object({
  scanId: z.string(),
  outcome: z.enum(['accepted', 'refused', 'withdrawn']),
  now: z.enum(['accepted', 'reversed']).optional(),
  reason: Reason.optional(),
})
const Check = z.object({
  code: z.string().min(1).max(200),
  service: z
    .string()
    .regex(/^[A-Z][0-9]{2}$/)
    .optional(),
  venueId: z.uuid().optional(),
  day: z.iso.date().optional(),
  sample: z.boolean().optional().openapi({ description: 'One of the three sample scans of a delivered box' }),
})
const CheckResult = z.object({
  outcome: z.enum(['valid', 'refused', 'retry']),
  reason: Reason.optional(),
  usedHere: z.boolean().optional(),
  training: z.literal(true).optional(),
  goodSamples: z.number().int().optional(),
})
const OfVenue = z.object({ venueId: z.uuid().optional() })
const Correction = z.object({ service: z.string().regex(/^[A-Z][0-9]{2}$/) })
const ScanParam = z.object({ scanId: z.uuid() })

const security = [{ deviceToken: [] }]
const phoneProblems = problems('malformed', 'unauthenticated', 'too_large')

const scans = createRoute({
  method: 'post',
  path: '/device/scans',
  summary: 'Redeem 1 to 50 vouchers, oldest first',
  security,
  request: {
    body: json(
      ScansRequest.extend({ scans: z.array(ScanItem).min(1).max(50) }),
      'One outcome per item; the same scan gets the same outcome',
    ),
  },
  responses: { 200: json(ScansAnswer, 'Results in the order of the scans'), ...phoneProblems },
})
const checks = createRoute({
  method: 'post',
  path: '/device/checks',
  summary: 'What a scan would be answered; nothing is written',
  security,
  request: { body: json(Check, 'The voucher') },
  responses: { 200: json(CheckResult, 'The verdict'), ...phoneProblems, ...problems('too_many') },
})
const story = createRoute({
  method: 'get',
  path: '/device/scans/{scanId}',
  summary: 'What happened to a scan',
  security,
  request: { params: ScanParam },
  responses: { 200: json(ScanStory, 'Its outcome'), ...problems('unauthenticated', 'not_found', 'unavailable') },
})
const reversal = createRoute({
  method: 'post',
  path: '/device/scans/{scanId}/reversal',
  summary: 'Undo a scan until its statement is frozen',
  security,
  request: { params: ScanParam, body: json(OfVenue, 'The venue of a scan that has not arrived yet') },
  responses: {
    200: json(z.object({ scanId: z.string(), now: z.enum(['reversed', 'withdrawn']) }), 'What it is now'),
    ...phoneProblems,
    ...problems('not_found', 'conflict', 'unavailable'),
  },
})
const correction = createRoute({
  method: 'post',
  path: '/device/scans/{scanId}/correction',
  summary: 'Change the service of an accepted scan',
  security,
  request: { params: ScanParam, body: json(Correction, 'The right service') },
  responses: {
    200: json(ScanStory, 'Its outcome'),
    ...phoneProblems,
    ...problems('not_found', 'conflict', 'unavailable'),
  },
})

export type ScanParts = DeviceParts & { desk: ScanDesk; progress: ProgressBook }

/** The phones' routes. Their bodies are read by hand: a phone signs the bytes, and a bad item must not refuse its neighbours. */
export function createRedemptionRoutes(parts: ScanParts) {
  const { directory, desk, progress, keyring } = parts
  const router = createRouter()
  const bundleTag = createBundleTags()
  for (const route of [scans, checks, story, reversal, correction]) router.openAPIRegistry.registerPath(route)

  router.post(scans.path, async (c) => {
    const request = rawRequest(c)
    const device = await findPhone(directory, request)
    const body = await readSigned(device, request, ScansRequest)
    const ctx = contextOfPhone(parts, device.actor)
    const results = await redeemScans(ctx, desk, device, body.scans).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'device_revoked') directory.forgetDevice(device.actor.deviceId)
      throw error
    })
    const seqs = body.scans.flatMap((item) => seqOf(item) ?? [])
    const { ackedSeq, gaps } = await progress.note({
      deviceId: device.actor.deviceId,
      seqs,
      pending: body.pending ?? 0,
    })
    const bundleEtag = await bundleTag(ctx, device.actor)
    const serverTime = ctx.now().toISOString()
    return c.json({ serverTime, generation: parts.generation(), ackedSeq, gaps: [...gaps], results, bundleEtag })
  })

  router.post(checks.path, async (c) => {
    const request = rawRequest(c)
    const device = await findPhone(directory, request)
    const { sample, ...check } = await readSigned(device, request, Check)
    return c.json(await checkScan(contextOfPhone(parts, device.actor), desk, device, check, sample ?? false))
  })

  router.get('/device/scans/:scanId', async (c) => {
    const device = await findPhone(directory, rawRequest(c))
    return c.json(await findScan(desk, keyring, device.actor, scanIdOf(c.req.param('scanId'))))
  })

  router.post('/device/scans/:scanId/reversal', async (c) => {
    const request = rawRequest(c)
    const device = await findPhone(directory, request)
    const venueId = venueOf(device, await readSigned(device, request, OfVenue))
    if (!venueId)
      throw new AppError(
        'not_found',
        'venue_not_found',
        'venueId: say at which venue of this phone the scan was made',
        { field: 'venueId' },
      )
    const scanId = scanIdOf(c.req.param('scanId'))
    return c.json({ scanId, now: await reverseScan(desk, keyring, device.actor, scanId, venueId) })
  })

  router.post('/device/scans/:scanId/correction', async (c) => {
    const request = rawRequest(c)
    const device = await findPhone(directory, request)
    const { service } = await readSigned(device, request, Correction)
    return c.json(await correctScan(desk, keyring, device.actor, scanIdOf(c.req.param('scanId')), service))
  })
  return router
}

function scanIdOf(text: string): string {
  const { success, data } = ScanParam.safeParse({ scanId: text })
  if (!success) throw new AppError('malformed', 'invalid_request', 'scanId: a uuid is needed', { field: 'scanId' })
  return data.scanId
}

const seqOf = (item: unknown): number | undefined => {
  const seq = (item as { seq?: unknown } | null)?.seq
  return typeof seq === 'number' && Number.isInteger(seq) && seq >= 0 && seq < 2 ** 31 ? seq : undefined
}
