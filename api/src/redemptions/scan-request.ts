/** What a phone sends, item by item: a bad item gets its own result, only a bad request is refused whole. */
import { z } from 'zod'
import type { Keyring } from '../keyring/keyring.ts'
import { openEnvelope } from './open-envelope.ts'

const ServiceCode = z.string().regex(/^[A-Z][0-9]{2}$/, 'a letter and two digits')
const ScanId = z.uuidv4()
const Seq = z.number().int().min(0).max(2_147_483_647)
const WhatIsScanned = z.object({ code: z.string().min(1).max(200), service: ServiceCode, day: z.iso.date() })
const PlainScan = WhatIsScanned.extend({
  scanId: ScanId,
  seq: Seq.optional(),
  venueId: z.uuid().optional(),
  offline: z.boolean().optional(),
  ageS: z.number().int().min(0).optional(),
})
const Text = z.string().max(4096)
export const P256PublicKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().length(43),
  y: z.string().length(43),
})
const ClosedScan = z.object({
  scanId: ScanId,
  seq: Seq.optional(),
  venueId: z.uuid().optional(),
  envelope: z.object({ key: P256PublicKey, iv: Text, data: Text }),
})

export const mostScans = 50
/** The items are read one by one (`readScan`); here they are only counted. */
export const ScansRequest = z.object({
  pending: z.number().int().min(0).max(1_000_000).optional(),
  oldestAgeS: z.number().int().min(0).optional(),
  scans: z.array(z.unknown()).min(1).max(mostScans),
})
/** For the reference: what an item looks like. */
export const ScanItem = z.union([PlainScan, ClosedScan])

export type SentScan = {
  scanId: string
  seq?: number | undefined
  venueId?: string | undefined
  code: string
  service: string
  day: string
}
export type ReadScan = { scan: SentScan } | { scan: null; scanId: string; seq?: number; problem: string }

const describe = (error: z.ZodError) =>
  error.issues.map((issue) => `${issue.path.join('.') || 'scan'}: ${issue.message}`).join('; ')

/** The scan, or what is wrong with it. `scanId` is empty when the item has none to answer to. */
export function readScan(keyring: Keyring, item: unknown): ReadScan {
  const plain = PlainScan.safeParse(item)
  if (plain.success) return { scan: plain.data }
  const closed = ClosedScan.safeParse(item)
  if (!closed.success) {
    const scanId = ScanId.safeParse((item as { scanId?: unknown } | null)?.scanId)
    return { scan: null, scanId: scanId.data ?? '', problem: describe(plain.error) }
  }
  const { scanId, seq, venueId, envelope } = closed.data
  const opened = WhatIsScanned.safeParse(openEnvelope(keyring, scanId, envelope))
  if (!opened.success)
    return { scan: null, scanId, ...(seq !== undefined && { seq }), problem: 'envelope: it does not open' }
  return { scan: { scanId, seq, venueId, ...opened.data } }
}
