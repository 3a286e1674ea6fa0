import { refusalReasons } from '@carnet/api/redemptions/scan.ts'
import { howMended } from '@carnet/scanner-pwa/queue/mending.ts'
import { expect, test } from 'vitest'

test('what could make each refused voucher pay after all', () => {
  expect(Object.fromEntries(refusalReasons.map((reason) => [reason, howMended(reason)]))).toEqual({
    unknown_voucher: 'time',
    malformed_code: 'time',
    bad_signature: null,
    already_used: null,
    not_active: 'time',
    blocked: null,
    expired: null,
    campaign_not_open: 'time',
    out_of_area: null,
    service_not_offered: 'service',
    service_not_covered: 'service',
    venue_not_qualified: 'time',
    too_old: null,
    withdrawn: 'time',
    unknown_device_limit: 'time',
    scan_id_reused: 'time',
  })
})
