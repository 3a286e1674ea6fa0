import { contestAnswer, contestReason, contestState, refusalReason } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { contextOfPhone, rawRequest } from '../devices/routes.ts'
import { findPhoneNow, readSigned } from '../devices/signed-request.ts'
import type { ScanParts } from '../redemptions/routes.ts'
import { scanIdOf } from '../redemptions/routes.ts'
import { ScanParam } from '../redemptions/scan-answers.ts'
import { ServiceCode } from '../redemptions/scan-request.ts'
import { requireRole } from '../shared/context.ts'
import { createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { answerContest } from './answer-contest.ts'
import { type Contest, givenAnswers } from './contest.ts'
import { contestRefusal } from './contest-refusal.ts'
import { type ContestRow, contestNotFound, findContest, getContestRow, listContests } from './queries.ts'

const Reason = z.enum(contestReason.enumValues)
const State = z.enum(contestState.enumValues)
const Answer = z.enum(contestAnswer.enumValues)
const Asked = z.object({ reason: Reason, service: ServiceCode, day: z.iso.date() })
const OfPhone = z
  .object({
    scanId: z.string(),
    reason: Reason,
    state: State,
    answer: Answer.optional(),
    decidedOn: DayText.optional(),
  })
  .openapi('ContestOfPhone')
const security = [{ deviceToken: [] }]

const contest = createRoute({
  method: 'post',
  path: '/device/scans/{scanId}/contest',
  summary: 'Contest a refusal, for one of the reasons of the list',
  security,
  request: { params: ScanParam, body: json(Asked, 'Why; the service and day of the scan') },
  responses: {
    200: json(OfPhone, 'Sent again it is the same contest'),
    ...problems('malformed', 'unauthenticated', 'too_large', 'not_found', 'conflict', 'outdated', 'unavailable'),
  },
})
const news = createRoute({
  method: 'get',
  path: '/device/scans/{scanId}/contest',
  summary: 'What was answered to a contest',
  security,
  request: { params: ScanParam },
  responses: { 200: json(OfPhone, 'Where it stands'), ...problems('malformed', 'unauthenticated', 'not_found') },
})

const ContestItem = z
  .object({
    ...{ id: z.uuid(), organisationId: z.uuid(), venueId: z.uuid(), venue: z.string(), serviceCode: z.string() },
    ...{ day: DayText, refusal: z.enum(refusalReason.enumValues), reason: Reason, askedOn: DayText, state: State },
    ...{ answer: Answer.nullable(), decidedOn: DayText.nullable(), orderId: z.uuid().nullable() },
  })
  .openapi('Contest')
const list = createRoute({
  method: 'get',
  path: '/contests',
  summary: 'Contested refusals, of the own organisation or all: those to answer first',
  request: {
    query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(100), state: State.optional() }),
  },
  responses: {
    200: json(z.object({ items: z.array(ContestItem), nextCursor: z.null() }), 'Contests'),
    ...problems('invalid', 'unauthenticated', 'forbidden'),
  },
})
const answer = createRoute({
  method: 'post',
  path: '/contests/{id}/answer',
  summary: 'Say that a refusal stays, or that its cause was mended and the voucher is scanned again',
  request: {
    params: Id,
    body: json(
      z.discriminatedUnion('state', [
        z.object({ state: z.literal('upheld'), answer: z.enum(givenAnswers) }),
        z.object({ state: z.literal('scan_again') }),
      ]),
      'The answer, once',
    ),
  },
  responses: {
    200: json(ContestItem, 'The contest'),
    ...problems('invalid', 'unauthenticated', 'forbidden', 'not_found', 'conflict'),
  },
})

const ofPhone = (scanId: string, { reason, state, answer, decidedOn }: Contest): z.infer<typeof OfPhone> => ({
  ...{ scanId, reason, state },
  ...(answer && { answer }),
  ...(decidedOn && { decidedOn }),
})

const itemOf = (row: ContestRow): z.infer<typeof ContestItem> => {
  const { id, organisationId, venueId, venue, serviceCode, day, refusal, reason, askedOn, state, answer } = row
  const { decidedOn, orderId } = row
  return {
    ...{ id, organisationId, venueId, venue, serviceCode, day, refusal, reason, askedOn, state, answer },
    ...{ decidedOn, orderId },
  }
}

/** Phones contest, those who run the scheme answer. */
export function createContestRoutes(parts: ScanParts) {
  const { directory, desk, keyring } = parts
  const router = createRouter()
  for (const route of [contest, news]) router.openAPIRegistry.registerPath(route)

  router.post('/device/scans/:scanId/contest', async (c) => {
    const request = rawRequest(c)
    const device = await findPhoneNow(directory, request)
    const asked = await readSigned(device, request, Asked)
    const scanId = scanIdOf(c.req.param('scanId'))
    return c.json(
      ofPhone(scanId, await contestRefusal(contextOfPhone(parts, device.actor), desk, device, scanId, asked)),
    )
  })

  router.get('/device/scans/:scanId/contest', async (c) => {
    const { actor } = await findPhoneNow(directory, rawRequest(c))
    const scanId = scanIdOf(c.req.param('scanId'))
    const found = await findContest(contextOfPhone(parts, actor).db, keyring.answerMac(scanId))
    if (!found || (actor.venueId && found.venueId !== actor.venueId)) throw contestNotFound()
    return c.json(ofPhone(scanId, found))
  })

  return router
    .openapi(list, async (c) => {
      const { actor, db } = c.var.context
      const readers = ['venue_manager', 'coordinator', 'finance_approver', 'auditor'] as const
      const { tenantId } = requireRole(actor, ...readers)
      const items = await listContests(db, { ...c.req.valid('query'), organisationId: tenantId })
      return c.json({ items: items.map(itemOf), nextCursor: null }, 200)
    })
    .openapi(answer, async (c) => {
      const { id } = c.req.valid('param')
      await answerContest(c.var.context, id, c.req.valid('json'))
      return c.json(itemOf(await getContestRow(c.var.context.db, id)), 200)
    })
}
