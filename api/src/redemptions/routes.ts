import { createRoute, z } from '@hono/zod-openapi'
import { createBundleTags } from '../devices/bundle-tags.ts'
import type { ProgressBook } from '../devices/progress-book.ts'
import { contextOfPhone, type DeviceParts, rawRequest } from '../devices/routes.ts'
import { findPhone, findPhoneNow, readSigned } from '../devices/signed-request.ts'
import { AppError } from '../shared/errors.ts'
import { createRouter, json, problems } from '../shared/http.ts'
import type { Metrics } from '../shared/metrics.ts'
import { checkScan } from './check-scan.ts'
import { correctScan } from './correct-scan.ts'
import { findScan } from './find-scan.ts'
import { findLost, noteRetold } from './note-retold.ts'
import { redeemScans, venueOf } from './redeem-scans.ts'
import { reverseScan } from './reverse-scan.ts'
import { Check, CheckResult, Correction, OfVenue, ScanParam, ScanStory, ScansAnswer } from './scan-answers.ts'
import type { ScanDesk } from './scan-desk.ts'
import { mostScans, ScanItem, ScansRequest, seqOf, venueIdOf } from './scan-request.ts'

const security = [{ deviceToken: [] }]
const phoneProblems = problems('malformed', 'unauthenticated', 'too_large', 'outdated')

const scans = createRoute({
  method: 'post',
  path: '/device/scans',
  summary: 'Redeem 1 to 50 vouchers, oldest first',
  security,
  request: {
    body: json(
      ScansRequest.extend({ scans: z.array(ScanItem).min(1).max(mostScans) }),
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
  responses: {
    200: json(ScanStory, 'Its outcome'),
    ...problems('unauthenticated', 'not_found', 'outdated', 'unavailable'),
  },
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

export type ScanParts = DeviceParts & { desk: ScanDesk; progress: ProgressBook; metrics: Metrics }

/** The phones' routes. Their bodies are read by hand: a phone signs the bytes, and a bad item must not refuse its neighbours. */
export function createRedemptionRoutes(parts: ScanParts) {
  const { directory, desk, progress, keyring, metrics } = parts
  const router = createRouter()
  const bundleTag = createBundleTags()
  for (const route of [scans, checks, story, reversal, correction]) router.openAPIRegistry.registerPath(route)

  router.post(scans.path, async (c) => {
    const request = rawRequest(c)
    const known = await findPhone(directory, request)
    const { scans, pending = 0 } = await readSigned(known, request, ScansRequest)
    // A venue that was added a second ago is in no memory yet.
    const isKnown = scans.flatMap((item) => venueIdOf(item) ?? []).every((id) => known.venueIds.has(id))
    const device = isKnown ? known : await findPhoneNow(directory, request)
    const ctx = contextOfPhone(parts, device.actor)
    const { deviceId } = device.actor
    const lost = await findLost(ctx, desk, device, scans)
    const results = await redeemScans(ctx, desk, device, scans).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'device_revoked') directory.forgetDevice(deviceId)
      throw error
    })
    metrics.countScans(results)
    await noteRetold(ctx, lost, results)
    const seqs = scans.flatMap((item, at) => (results[at]!.outcome === 'retry' ? [] : (seqOf(item) ?? [])))
    const { ackedSeq, gaps } = await progress.note({ deviceId, seqs, pending })
    const bundleEtag = await bundleTag(ctx, device.actor)
    const serverTime = ctx.now().toISOString()
    return c.json({ serverTime, generation: parts.generation(), ackedSeq, gaps: [...gaps], results, bundleEtag })
  })

  router.post(checks.path, async (c) => {
    const request = rawRequest(c)
    const device = await findPhoneNow(directory, request)
    const check = await readSigned(device, request, Check)
    return c.json(await checkScan(contextOfPhone(parts, device.actor), desk, device, check))
  })

  router.get('/device/scans/:scanId', async (c) => {
    const device = await findPhoneNow(directory, rawRequest(c))
    return c.json(await findScan(desk, keyring, device.actor, scanIdOf(c.req.param('scanId'))))
  })

  router.post('/device/scans/:scanId/reversal', async (c) => {
    const request = rawRequest(c)
    const device = await findPhoneNow(directory, request)
    const body = await readSigned(device, request, OfVenue)
    const venueId = venueOf(device, body) ?? null
    if (body.venueId && !venueId)
      throw new AppError('not_found', 'venue_not_found', 'venueId: not a venue of this phone', { field: 'venueId' })
    const scanId = scanIdOf(c.req.param('scanId'))
    return c.json({ scanId, now: await reverseScan(desk, keyring, device.actor, scanId, venueId) })
  })

  router.post('/device/scans/:scanId/correction', async (c) => {
    const request = rawRequest(c)
    const device = await findPhoneNow(directory, request)
    const { service } = await readSigned(device, request, Correction)
    return c.json(await correctScan(desk, keyring, device.actor, scanIdOf(c.req.param('scanId')), service))
  })
  return router
}

/** Of an address. Throws `malformed`. */
export function scanIdOf(text: string): string {
  const { success, data } = ScanParam.safeParse({ scanId: text })
  if (!success) throw new AppError('malformed', 'invalid_request', 'scanId: a uuid is needed', { field: 'scanId' })
  return data.scanId
}
