/** Why a venue may disagree with a refusal. Closed lists on both sides: there is no field in which somebody could be named. Pure. */
import type { contestReason } from '@carnet/db'
import type { RefusalReason } from '../redemptions/scan.ts'

export type ContestReason = (typeof contestReason.enumValues)[number]

const ofPaper = ['paper_is_good', 'platform_down'] as const
const ofRule = ['rule_is_wrong', 'platform_down'] as const

const reasons: Record<RefusalReason, readonly ContestReason[]> = {
  unknown_voucher: ofPaper,
  bad_signature: ofPaper,
  unknown_device_limit: ofPaper,
  already_used: ['not_used_before', 'platform_down'],
  not_active: ofRule,
  blocked: ofRule,
  expired: ofRule,
  campaign_not_open: ofRule,
  out_of_area: ofRule,
  service_not_offered: ofRule,
  service_not_covered: ofRule,
  venue_not_qualified: ofRule,
  too_old: ofRule,
  // Scanning again is the answer, and needs nobody.
  malformed_code: [],
  withdrawn: [],
  scan_id_reused: [],
}

/** What may be said against a refusal, the likeliest first; empty where scanning again mends it. */
export const reasonsAgainst = (refusal: RefusalReason): readonly ContestReason[] => reasons[refusal]
