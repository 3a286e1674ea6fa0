import { nextPayoutOn } from '../calendar/calendar.ts'
import { isOverLimit } from '../devices/device.ts'
import type { KnownDevice } from '../devices/device-directory.ts'
import { addDayCounts, countUnknownCodes } from '../devices/queries.ts'
import type { Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { identifyVoucher, wordingOf } from './identify-voucher.ts'
import { receiptCode } from './receipt-code.ts'
import { type Answer, canonicalBody, dayForDatabase, type RefusalReason, type Scan } from './scan.ts'
import type { ScanDesk } from './scan-desk.ts'
import { readScan, type SentScan } from './scan-request.ts'

export type ScanResult = {
  scanId: string
  outcome: 'accepted' | 'refused' | 'retry'
  /** Of an accepted scan: what it is now. */
  now?: 'accepted' | 'reversed'
  reason?: RefusalReason
  /** `already_used`: by this venue, on this day. */
  usedHere?: boolean
  receipt?: string
  paidOn?: string
  training?: true
  /** What is wrong with an item that could not be read. */
  detail?: string
}

type Prepared = { scan: Scan; code: string } | { result: ScanResult }

/**
 * Redeems up to 50 scans of one phone: one result each, in their order. The same scan always gets the same outcome; one bad
 * item never touches the others. Throws `unauthenticated` when the phone was revoked: its queue is kept and sent by another.
 */
export async function redeemScans(
  ctx: Context,
  desk: ScanDesk,
  device: KnownDevice,
  items: readonly unknown[],
): Promise<ScanResult[]> {
  const prepared = await Promise.all(items.map((item) => prepare(ctx, device, item)))
  const scans = prepared.flatMap((one) => ('scan' in one ? [one.scan] : []))
  const answers = await desk.redeem(scans)
  if (answers.some(({ outcome }) => outcome === 'device_revoked')) throw deviceRevoked()
  await noteUnknownCodes(
    ctx,
    device,
    scans.filter((_, at) => isUnknown(answers[at]!)),
  )

  let at = 0
  return prepared.map((one) => ('result' in one ? one.result : resultOf(ctx, one, answers[at++]!)))
}

export const deviceRevoked = () =>
  new AppError('unauthenticated', 'device_revoked', 'This phone was revoked: enrol it again. Its scans are kept.')

async function prepare(ctx: Context, device: KnownDevice, item: unknown): Promise<Prepared> {
  const read = readScan(ctx.keyring, item)
  if (!read.scan) return refused(read.scanId, 'malformed_code', read.problem)
  const { scanId, code, service, day } = read.scan
  const venueId = venueOf(device, read.scan)
  if (!venueId) return refused(scanId, 'venue_not_qualified', 'venueId: not a venue of this phone')

  const voucher = await identifyVoucher(ctx, code)
  if (voucher.kind === 'refused') return refused(scanId, voucher.reason)
  if (voucher.kind === 'training') return { result: { scanId, outcome: 'accepted', training: true } }
  if (voucher.kind === 'lost') return { result: { scanId, outcome: 'retry' } }
  const scan: Scan = {
    scanId,
    deviceId: device.actor.deviceId,
    venueId,
    codeMac: voucher.codeMac,
    service,
    day: dayForDatabase(day),
    isTyped: voucher.isTyped,
    isOverLimit: isOverLimit(device.unknownCodes, venueId, ctx.today()),
    body: canonicalBody(voucher.code, service, day, venueId),
  }
  return { scan, code }
}

const refused = (scanId: string, reason: RefusalReason, detail?: string): Prepared => ({
  result: { scanId, outcome: 'refused', reason, ...(detail && { detail }) },
})

/** The venue sent, or the phone's own, or the only one there is. */
export function venueOf(device: KnownDevice, { venueId }: Pick<SentScan, 'venueId'>): string | undefined {
  if (venueId !== undefined) return device.venueIds.has(venueId) ? venueId : undefined
  return device.actor.venueId ?? (device.venueIds.size === 1 ? [...device.venueIds][0] : undefined)
}

const isUnknown = ({ reason }: Answer) => reason === 'unknown_voucher' || reason === 'unknown_device_limit'

/** In a transaction of their own, only for codes that nobody knows; then reads what all processes counted. */
async function noteUnknownCodes(ctx: Context, device: KnownDevice, unknown: readonly Scan[]): Promise<void> {
  if (unknown.length === 0) return
  const { deviceId } = device.actor
  const today = ctx.today()
  const venueIds = [...new Set(unknown.map(({ venueId }) => venueId))].sort()
  device.unknownCodes = await ctx.transaction(async (tx) => {
    for (const venueId of venueIds) {
      const unknownCodes = unknown.filter((scan) => scan.venueId === venueId).length
      await addDayCounts(tx, deviceId, venueId, today, { unknownCodes })
    }
    return { day: today, ...(await countUnknownCodes(tx, deviceId, [...device.venueIds], today)) }
  })
}

function resultOf(
  { keyring, today }: Context,
  { scan, code }: { scan: Scan; code: string },
  answer: Answer,
): ScanResult {
  const { scanId } = scan
  if (answer.outcome === 'accepted')
    return {
      scanId,
      outcome: 'accepted',
      now: answer.isReversed ? 'reversed' : 'accepted',
      receipt: receiptCode(keyring, scanId),
      ...(!answer.isReversed && { paidOn: nextPayoutOn(today()) }),
    }
  if (answer.outcome !== 'refused' || !answer.reason) return { scanId, outcome: 'retry' }
  const reason = wordingOf(keyring, answer.reason, code)
  return { scanId, outcome: 'refused', reason, ...(reason === 'already_used' && { usedHere: answer.wasUsedHere }) }
}
