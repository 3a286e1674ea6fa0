/** What a phone sends, item by item: a bad item gets its own result, only a bad request is refused whole. */
import { z } from 'zod'
import { P256PublicKey } from '../devices/public-key.ts'
import type { Keyring } from '../keyring/keyring.ts'
import { openEnvelope } from './open-envelope.ts'

// Ids compare as text here and come back from the database in lower case.
export const ServiceCode = z.string().regex(/^[A-Z][0-9]{2}$/, 'a letter and two digits')
export const VenueId = z.uuid().toLowerCase()
export const VoucherCode = z.string().min(1).max(200)
const ScanId = z.uuidv4().toLowerCase()
const Seq = z.number().int().min(0).max(2_147_483_647)
const WhatIsScanned = z.object({ code: VoucherCode, service: ServiceCode, day: z.iso.date() })
const PlainScan = WhatIsScanned.extend({
  scanId: ScanId,
  seq: Seq.optional(),
  venueId: VenueId.optional(),
  offline: z.boolean().optional(),
  ageS: z.number().int().min(0).optional(),
  /** The phone was answered before the server was restored, and tells it again. */
  again: z.boolean().optional(),
})
const Bytes = z.base64url().max(4096)
const ClosedScan = PlainScan.omit({ code: true, service: true, day: true }).extend({
  envelope: z.object({ key: P256PublicKey, iv: Bytes, data: Bytes }),
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
export type ReadScan = { scan: SentScan } | { scan: null; scanId: string; problem: string }

const describe = (error: z.ZodError) =>
  error.issues.map((issue) => `${issue.path.join('.') || 'scan'}: ${issue.message}`).join('; ')
export const isClosed = (item: unknown) => typeof item === 'object' && item !== null && 'envelope' in item

/** The scan, or what is wrong with it. `scanId` is empty when the item has none to answer to. */
export function readScan(keyring: Keyring, item: unknown): ReadScan {
  return isClosed(item) ? readClosedScan(keyring, item) : readPlainScan(item)
}

function readPlainScan(item: unknown): ReadScan {
  const { data, error } = PlainScan.safeParse(item)
  return data ? { scan: data } : { scan: null, scanId: scanIdOf(item), problem: describe(error) }
}

function readClosedScan(keyring: Keyring, item: unknown): ReadScan {
  const { data, error } = ClosedScan.safeParse(item)
  if (!data) return { scan: null, scanId: scanIdOf(item), problem: describe(error) }
  const { scanId, seq, venueId, envelope } = data
  const opened = WhatIsScanned.safeParse(openEnvelope(keyring, scanId, envelope))
  if (!opened.data) return { scan: null, scanId, problem: 'envelope: it does not open, or holds no scan' }
  return { scan: { scanId, seq, venueId, ...opened.data } }
}

export const scanIdOf = (item: unknown): string =>
  ScanId.safeParse((item as { scanId?: unknown } | null)?.scanId).data ?? ''

/** Of any item, readable or not. Most have none, and a failed parse costs more than a scan. */
export function seqOf(item: unknown): number | undefined {
  const { seq } = Object(item) as { seq?: unknown }
  return typeof seq === 'number' ? Seq.safeParse(seq).data : undefined
}

/** Of any item that a phone tells again after a restore: its number. */
export function scanIdToldAgain(item: unknown): string | undefined {
  const { again } = Object(item) as { again?: unknown }
  return again === true ? scanIdOf(item) || undefined : undefined
}

/** Of any item: the venue it names. */
export function venueIdOf(item: unknown): string | undefined {
  const { venueId } = Object(item) as { venueId?: unknown }
  return typeof venueId === 'string' ? VenueId.safeParse(venueId).data : undefined
}
