import { contestReason } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import type { ScanParts } from '../redemptions/routes.ts'
import { ScanResult } from '../redemptions/scan-answers.ts'
import { ServiceCode, VenueId } from '../redemptions/scan-request.ts'
import { createRouter, Id, json, problems } from '../shared/http.ts'
import { importQueue } from './import-queue.ts'

/** A queue holds 40; after a restore a phone tells again what it was answered in seven days. */
const mostSaved = 1000
const ScanId = z.uuidv4().toLowerCase()
/** The file of a phone. */
export const SavedQueue = z.object({
  format: z.literal('carnet-queue-1'),
  scans: z
    .array(z.unknown())
    .max(mostSaved)
    .openapi({ description: 'As a phone saved them, each closed in its envelope' }),
  reversals: z
    .array(z.object({ scanId: ScanId, venueId: VenueId }))
    .max(mostSaved)
    .default([]),
  // Phones that were installed earlier save neither of these.
  corrections: z
    .array(z.object({ scanId: ScanId, service: ServiceCode }))
    .max(mostSaved)
    .default([]),
  contests: z
    .array(
      z.object({ scanId: ScanId, reason: z.enum(contestReason.enumValues), service: ServiceCode, day: z.iso.date() }),
    )
    .max(mostSaved)
    .default([]),
})
const importRoute = createRoute({
  method: 'post',
  path: '/organisations/{id}/queue-imports',
  summary: 'Take the saved queue of a phone that can no longer send',
  request: { params: Id, body: json(SavedQueue, 'The file of the phone') },
  responses: {
    200: json(
      z.object({
        accepted: z.number().int(),
        refused: z.number().int(),
        retry: z.number().int(),
        reversals: z.number().int(),
        corrections: z.number().int(),
        contests: z.number().int(),
        results: z.array(ScanResult),
      }),
      'One outcome for each scan, in their order; the same file gets the same outcomes',
    ),
    ...problems('malformed', 'invalid', 'unauthenticated', 'forbidden', 'not_found', 'too_large'),
  },
})

export const createQueueImportRoutes = ({ desk }: Pick<ScanParts, 'desk'>) =>
  createRouter().openapi(importRoute, async (c) => {
    return c.json(await importQueue(c.var.context, desk, c.req.valid('param').id, c.req.valid('json')), 200)
  })
