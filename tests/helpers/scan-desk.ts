import { randomUUID } from 'node:crypto'
import type { Keyring } from '@carnet/api/keyring/keyring.ts'
import { canonicalBody, type Scan } from '@carnet/api/redemptions/scan.ts'
import { createScanDesk } from '@carnet/api/redemptions/scan-desk.ts'
import { connectRaw } from '@carnet/db'
import { afterwards } from './afterwards.ts'
import { type TestVenue, type TestVoucher, worldToday } from './scan-world.ts'

/** A desk of its own on the database, as a server process has one. */
export function createTestDesk(
  url: string,
  keyring: Keyring,
  options: { callsAtOnce?: number; scansPerCall?: number } = {},
) {
  const client = connectRaw(url, { role: 'carnet_scan', maxConnections: options.callsAtOnce ?? 2 })
  afterwards(() => client.end())
  return createScanDesk({ client, keyring, today: () => worldToday, ...options })
}

/** A scan as the desk takes it: what the routes make of a phone's request. */
export function scanOf(voucher: TestVoucher, venue: TestVenue, also: Partial<Scan> & { service?: string } = {}): Scan {
  const service = also.service ?? 'A01'
  const day = also.day ?? worldToday
  return {
    scanId: randomUUID(),
    deviceId: venue.deviceId,
    venueId: venue.id,
    codeMac: voucher.codeMac,
    day,
    isTyped: false,
    isOverLimit: false,
    body: canonicalBody(voucher.code, service, day, venue.id),
    ...also,
    service,
  }
}
