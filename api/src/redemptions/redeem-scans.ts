import { isSignedBy } from '../books/sign-voucher.ts'
import { readVoucherText } from '../books/voucher-payload.ts'
import { nextPayoutOn } from '../calendar/calendar.ts'
import { isOverLimit, type KnownDevice, noteUnknownCodes } from '../devices/device-directory.ts'
import { addDayCounts } from '../devices/queries.ts'
import type { Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { findKnownCodeMac } from './queries.ts'
import { receiptCode } from './receipt-code.ts'
import { type Answer, canonicalBody, codeOf, type RefusalReason, type Scan } from './scan.ts'
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

type Prepared = { scan: Scan } | { result: ScanResult }

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
  if (answers.some(({ outcome }) => outcome === 'device_revoked'))
    throw new AppError(
      'unauthenticated',
      'device_revoked',
      'This phone was revoked: enrol it again. Its scans are kept.',
    )
  await countUnknownCodes(ctx, device, scans, answers)

  let at = 0
  return prepared.map((one, index) =>
    'result' in one ? one.result : resultOf(ctx, items[index], one.scan, answers[at++]!),
  )
}

async function prepare(ctx: Context, device: KnownDevice, item: unknown): Promise<Prepared> {
  const read = readScan(ctx.keyring, item)
  if (!read.scan) return refused(read.scanId, 'malformed_code', read.problem)
  const { scanId, code, service, day } = read.scan
  const venueId = venueOf(device, read.scan)
  if (!venueId) return refused(scanId, 'venue_not_qualified', 'venueId: not a venue of this phone')

  const voucher = codeOf(code, ctx.keyring.listKids())
  if (voucher.kind === 'malformed') return refused(scanId, 'malformed_code')
  if (voucher.kind === 'training') return { result: { scanId, outcome: 'accepted', training: true } }
  const codeMac = await codeMacOf(ctx, voucher.code, voucher.kids)
  if (codeMac === 'lost') return { result: { scanId, outcome: 'retry' } }
  if (codeMac === 'forged') return refused(scanId, 'bad_signature')
  return {
    scan: {
      scanId,
      deviceId: device.actor.deviceId,
      venueId,
      codeMac,
      service,
      day,
      isTyped: voucher.isTyped,
      isOverLimit: isOverLimit(device, venueId, ctx.today()),
      body: canonicalBody(voucher.code, service, day, venueId),
    },
  }
}

const refused = (scanId: string, reason: RefusalReason, detail?: string): Prepared => ({
  result: { scanId, outcome: 'refused', reason, ...(detail && { detail }) },
})

/** The venue sent, or the phone's own, or the only one there is. */
export function venueOf(device: KnownDevice, { venueId }: Pick<SentScan, 'venueId'>): string | undefined {
  if (venueId !== undefined) return device.venueIds.has(venueId) ? venueId : undefined
  return device.actor.venueId ?? (device.venueIds.size === 1 ? [...device.venueIds][0] : undefined)
}

/** `forged`: no such key was ever ours. `lost`: it was, and we cannot tell now. */
export async function codeMacOf(
  ctx: Context,
  code: Uint8Array,
  kids: readonly number[],
): Promise<string | 'forged' | 'lost'> {
  const codeMacs = kids.flatMap((kid) => ctx.keyring.codeMac(kid, code) ?? [])
  if (codeMacs.length === 0) return kids.some(ctx.keyring.isKnownKid) ? 'lost' : 'forged'
  if (codeMacs.length === 1) return codeMacs[0]!
  return (await findKnownCodeMac(ctx.db, codeMacs)) ?? codeMacs[0]!
}

/** In a transaction of their own, and only for codes that nobody knows. */
async function countUnknownCodes(
  ctx: Context,
  device: KnownDevice,
  scans: readonly Scan[],
  answers: readonly Answer[],
): Promise<void> {
  const today = ctx.today()
  for (const venueId of device.venueIds) {
    const count = scans.filter((scan, at) => scan.venueId === venueId && isUnknown(answers[at]!.reason)).length
    if (count === 0) continue
    noteUnknownCodes(device, venueId, today, count)
    await ctx.transaction((tx) => addDayCounts(tx, device.actor.deviceId, venueId, today, { unknownCodes: count }))
  }
}

const isUnknown = (reason: RefusalReason | null) => reason === 'unknown_voucher' || reason === 'unknown_device_limit'

function resultOf(ctx: Context, item: unknown, scan: Scan, answer: Answer): ScanResult {
  const { scanId } = scan
  if (answer.outcome === 'accepted')
    return {
      scanId,
      outcome: 'accepted',
      now: answer.isReversed ? 'reversed' : 'accepted',
      receipt: receiptCode(ctx.keyring, scanId),
      paidOn: nextPayoutOn(ctx.today()),
    }
  if (answer.outcome !== 'refused' || !answer.reason) return { scanId, outcome: 'retry' }
  const reason = answer.reason === 'unknown_voucher' && isForged(ctx, item) ? 'bad_signature' : answer.reason
  return { scanId, outcome: 'refused', reason, ...(reason === 'already_used' && { usedHere: answer.wasUsedHere }) }
}

/** Only asked for an unknown code, to word the refusal: the database is the truth, not the signature. */
function isForged(ctx: Context, item: unknown): boolean {
  const read = readScan(ctx.keyring, item)
  const voucher = read.scan && readVoucherText(read.scan.code)
  const publicKey = voucher && ctx.keyring.publicKey(voucher.kid)
  return publicKey ? !isSignedBy(voucher, publicKey) : false
}
