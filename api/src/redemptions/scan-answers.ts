/** What the phones' routes read and answer, as the reference shows it. */
import { z } from '@hono/zod-openapi'
import { refusalReasons } from './scan.ts'
import { ServiceCode, VenueId, VoucherCode } from './scan-request.ts'

const Reason = z.enum(refusalReasons)
export const ScanResult = z
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
export const ScansAnswer = z.object({
  serverTime: z.iso.datetime(),
  generation: z.string(),
  ackedSeq: z.number().int(),
  gaps: z.array(z.number().int()),
  results: z.array(ScanResult),
  bundleEtag: z.string(),
})
export const ScanStory = z.object({
  scanId: z.string(),
  outcome: z.enum(['accepted', 'refused', 'withdrawn']),
  now: z.enum(['accepted', 'reversed']).optional(),
  reason: Reason.optional(),
  usedHere: z.boolean().optional(),
})
export const Check = z.object({
  code: VoucherCode,
  service: ServiceCode.optional(),
  venueId: VenueId.optional(),
  day: z.iso.date().optional(),
  sample: z.boolean().optional().openapi({ description: 'One of the three sample scans of a delivered box' }),
})
export const CheckResult = z.object({
  outcome: z.enum(['valid', 'refused', 'retry']),
  reason: Reason.optional(),
  usedHere: z.boolean().optional(),
  training: z.literal(true).optional(),
  sample: z
    .object({
      isCounted: z.boolean().openapi({ description: 'False: not the voucher that was due' }),
      goodSamples: z.number().int(),
      isComplete: z.boolean(),
      nextCovers: z
        .object({ first: z.number().int(), last: z.number().int() })
        .nullable()
        .openapi({ description: 'From which books one voucher is due' }),
    })
    .optional(),
})
export const OfVenue = z.object({ venueId: VenueId.optional() })
export const Correction = z.object({ service: ServiceCode })
export const ScanParam = z.object({ scanId: z.uuid().toLowerCase() })
