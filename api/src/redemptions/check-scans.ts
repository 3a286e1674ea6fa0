import { randomUUID } from 'node:crypto'
import { limits } from '../devices/device.ts'
import type { KnownDevice } from '../devices/device-directory.ts'
import { addDayCounts } from '../devices/queries.ts'
import type { Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { callCheckScans } from './queries.ts'
import { codeMacOf, venueOf } from './redeem-scans.ts'
import { type Answer, codeOf, type RefusalReason, retry, type Scan } from './scan.ts'
import type { ScanDesk } from './scan-desk.ts'
import { macsOf } from './scan-macs.ts'

export type Check = {
  code: string
  service?: string | undefined
  venueId?: string | undefined
  day?: string | undefined
}
export type CheckResult = {
  outcome: 'valid' | 'refused' | 'retry'
  reason?: RefusalReason
  usedHere?: boolean
  training?: true
  /** Of a sample scan: how many different vouchers of the box scanned well so far. */
  goodSamples?: number
}

/**
 * Says what a scan would be answered, and writes nothing of the voucher. Counted (200 a day and phone, 20 of them typed), else a
 * photographed book could be watched. With `isSample`, a printed voucher of a delivered box counts as good for its activation.
 * Throws `too_many`, `unauthenticated`.
 */
export async function checkScan(
  ctx: Context,
  desk: ScanDesk,
  device: KnownDevice,
  check: Check,
  isSample: boolean,
): Promise<CheckResult> {
  const venueId = venueOf(device, check)
  if (!venueId) return { outcome: 'refused', reason: 'venue_not_qualified' }
  const voucher = codeOf(check.code, ctx.keyring.listKids())
  await countCheck(ctx, device, venueId, voucher.kind === 'voucher' && voucher.isTyped)
  if (voucher.kind === 'training') return { outcome: 'valid', training: true }
  if (voucher.kind === 'malformed') return { outcome: 'refused', reason: 'malformed_code' }
  const codeMac = await codeMacOf(ctx, voucher.code, voucher.kids)
  if (codeMac === 'lost') return { outcome: 'retry' }
  if (codeMac === 'forged') return { outcome: 'refused', reason: 'bad_signature' }

  const scan: Scan = {
    scanId: randomUUID(),
    deviceId: device.actor.deviceId,
    venueId,
    codeMac,
    service: check.service ?? null,
    day: check.day ?? ctx.today(),
    isTyped: voucher.isTyped,
    isOverLimit: false,
    body: '',
  }
  const answer = await judge(ctx, desk, scan)
  if (answer.outcome === 'device_revoked')
    throw new AppError(
      'unauthenticated',
      'device_revoked',
      'This phone was revoked: enrol it again. Its scans are kept.',
    )
  if (answer.outcome === 'accepted') return { outcome: 'valid' }
  if (!answer.reason) return { outcome: 'retry' }
  return {
    outcome: 'refused',
    reason: answer.reason,
    ...(answer.reason === 'already_used' && { usedHere: answer.wasUsedHere }),
  }
}

async function countCheck(ctx: Context, device: KnownDevice, venueId: string, isTyped: boolean): Promise<void> {
  const today = ctx.today()
  const counts = { checks: 1, typedChecks: isTyped ? 1 : 0 }
  const now = await ctx.transaction((tx) => addDayCounts(tx, device.actor.deviceId, venueId, today, counts))
  if (now.checks > limits.checksPerDeviceAndDay || (isTyped && now.typedChecks > limits.typedChecksPerDeviceAndDay))
    throw new AppError(
      'too_many',
      'too_many_checks',
      'This phone has checked enough vouchers today; scanning still works',
      {
        checksPerDay: limits.checksPerDeviceAndDay,
        typedChecksPerDay: limits.typedChecksPerDeviceAndDay,
      },
    )
}

async function judge(ctx: Context, desk: ScanDesk, scan: Scan): Promise<Answer> {
  for (let attempt = 1; attempt <= 2; attempt++) {
    const periods = await desk.usablePeriods()
    if (!periods) return retry
    const answers = await callCheckScans(
      desk.client,
      periods,
      ctx.today(),
      [scan],
      macsOf(ctx.keyring, periods, [scan]),
    )
    const answer = answers.get(scan.scanId) ?? retry
    if (answer.outcome !== 'retry') return answer
    await desk.rereadPeriods()
  }
  return retry
}
