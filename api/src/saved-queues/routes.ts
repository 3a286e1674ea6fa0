import { createRoute, z } from '@hono/zod-openapi'
import { createRouter, Id, json, problems } from '../shared/http.ts'
import { importQueue } from './import-queue.ts'
import type { ScanParts } from './routes.ts'
import { ScanResult } from './scan-answers.ts'
import { VenueId } from './scan-request.ts'

const mostSaved = 200
/** The file of a phone. */
export const SavedQueue = z.object({
  format: z.literal('carnet-queue-1'),
  scans: z
    .array(z.unknown())
    .max(mostSaved)
    .openapi({ description: 'As a phone saved them, each closed in its envelope' }),
  reversals: z
    .array(z.object({ scanId: z.uuidv4().toLowerCase(), venueId: VenueId }))
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
        results: z.array(ScanResult),
      }),
      'One outcome for each scan, in their order; the same file gets the same outcomes',
    ),
    ...problems('malformed', 'invalid', 'unauthenticated', 'forbidden', 'not_found', 'too_large'),
  },
})

export const createQueueImportRoutes = ({ desk }: Pick<ScanParts, 'desk'>) =>
  createRouter().openapi(importRoute, async (c) => {
    const { scans, reversals } = c.req.valid('json')
    return c.json(await importQueue(c.var.context, desk, c.req.valid('param').id, { scans, reversals }), 200)
  })
