/** What could make a refused voucher pay after all. Pure. */
import type { RefusalReason } from './scan.ts'

/**
 * `service`: another service could be paid by the same voucher. `time`: the same may be taken now: badly read, too early, or mended
 * by somebody since.
 */
const ways: Partial<Record<RefusalReason, 'service' | 'time'>> = {
  service_not_covered: 'service',
  service_not_offered: 'service',
  unknown_voucher: 'time',
  malformed_code: 'time',
  unknown_device_limit: 'time',
  not_active: 'time',
  campaign_not_open: 'time',
  venue_not_qualified: 'time',
  withdrawn: 'time',
  scan_id_reused: 'time',
}

/** Null: nothing that a venue does mends it. */
export const howMended = (reason: RefusalReason): 'service' | 'time' | null => ways[reason] ?? null
