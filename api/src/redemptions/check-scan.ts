import { randomUUID } from 'node:crypto'
import { recordSample } from '../books/record-sample.ts'
import { limits } from '../devices/device.ts'
import type { KnownDevice } from '../devices/device-directory.ts'
import { addDayCounts, countChecks } from '../devices/queries.ts'
import { type Context, createContext } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { identifyVoucher, wordingOf } from './identify-voucher.ts'
import { callCheckScans } from './queries.ts'
import { deviceRevoked, venueOf } from './redeem-scans.ts'
import { type Answer, dayForDatabase, type RefusalReason, retry, type Scan } from './scan.ts'
import type { ScanDesk } from './scan-desk.ts'
import { macsOf } from './scan-macs.ts'

export type Check = {
  code: string
  service?: string | undefined
  venueId?: string | undefined
  day?: string | undefined
  /** One of the sample scans of a delivered box. */
  sample?: boolean | undefined
}
/** How the sample of a box stands. `nextCovers`: from which of its books one voucher is due; null when it is complete. */
export type Sample = {
  isCounted: boolean
  goodSamples: number
  isComplete: boolean
  nextCovers: { first: number; last: number } | null
}
export type CheckResult = {
  outcome: 'valid' | 'refused' | 'retry'
  reason?: RefusalReason
  usedHere?: boolean
  training?: true
  sample?: Sample
}

/**
 * Says what a scan would be answered, and writes nothing of the voucher. Counted (200 a day and phone, 20 of them typed), else a
 * photographed book could be watched. A sample counts for the activation of its box: a good one is `not_active` and found.
 * Throws `too_many`, `unauthenticated`.
 */
export async function checkScan(ctx: Context, desk: ScanDesk, device: KnownDevice, check: Check): Promise<CheckResult> {
  const venueId = venueOf(device, check)
  if (!venueId) return { outcome: 'refused', reason: 'venue_not_qualified' }
  const voucher = await identifyVoucher(ctx, check.code)
  await countCheck(ctx, device, venueId, voucher.kind === 'voucher' && voucher.isTyped)
  if (voucher.kind === 'training') return { outcome: 'valid', training: true }
  if (voucher.kind === 'refused') return { outcome: 'refused', reason: voucher.reason }
  if (voucher.kind === 'lost') return { outcome: 'retry' }

  const { codeMac, isTyped } = voucher
  const answer = await judge(ctx, desk, {
    scanId: randomUUID(),
    deviceId: device.actor.deviceId,
    venueId,
    codeMac,
    service: check.service ?? null,
    day: dayForDatabase(check.day ?? ctx.today()),
    isTyped,
    isOverLimit: false,
    body: '',
  })
  if (answer.outcome === 'device_revoked') throw deviceRevoked()
  if (answer.outcome === 'accepted') return { outcome: 'valid' }
  if (!answer.reason) return { outcome: 'retry' }
  const reason = wordingOf(ctx.keyring, answer.reason, check.code)
  const isSample = check.sample === true && reason === 'not_active'
  return {
    outcome: 'refused',
    reason,
    ...(reason === 'already_used' && { usedHere: answer.wasUsedHere }),
    ...(isSample && (await noteSample(ctx, codeMac))),
  }
}

async function countCheck(ctx: Context, device: KnownDevice, venueId: string, isTyped: boolean): Promise<void> {
  const today = ctx.today()
  const { deviceId } = device.actor
  const counts = { checks: 1, typedChecks: isTyped ? 1 : 0 }
  const now = await ctx.transaction(async (tx) => {
    await addDayCounts(tx, deviceId, venueId, today, counts)
    return countChecks(tx, deviceId, today)
  })
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
  const answer = await desk.askUnderPeriods(
    async (periods) => {
      const macs = macsOf(ctx.keyring, periods, [scan])
      const answers = await callCheckScans(desk.client, periods, ctx.today(), [scan], macs)
      return answers.get(scan.scanId) ?? retry
    },
    ({ outcome }) => outcome === 'retry',
  )
  return answer ?? retry
}

/** No phone sees boxes: its reading of one is written for the operator. */
async function noteSample(ctx: Context, codeMac: string): Promise<{ sample?: Sample }> {
  const { transaction } = createContext({ ...ctx, actor: { kind: 'operator' } })
  const sample = await transaction((tx) => recordSample(tx, codeMac), 'carnet_app')
  if (!sample) return {}
  const { isCounted, goodSamples, next } = sample
  const nextCovers = next && { first: next.firstCover, last: next.lastCover }
  return { sample: { isCounted, goodSamples, isComplete: next === null, nextCovers } }
}
