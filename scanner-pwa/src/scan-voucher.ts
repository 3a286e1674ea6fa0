/** From what was read to what is shown: keep first, answer next, send later. */
import { isTrainingCode } from '@carnet/api/training-code'
import { readTypedCode } from '@carnet/api/typed-code'
import { readVoucherText, type Voucher, voucherPrefix } from '@carnet/api/voucher-payload'
import { signal } from '@preact/signals'
import { looksLikeCover } from './handing/cover.ts'
import { closeEnvelope, markOf } from './phone/keys.ts'
import { checkOffline, type OfflineVerdict } from './phone/offline-check.ts'
import { type CheckTrouble, serverFor } from './phone/server.ts'
import { bundleAge, isLive, type KeptScan, rulesServe, type Workshop } from './queue/scan.ts'
import type { ServerTrouble } from './queue/send.ts'
import type { Shown } from './shown.ts'
import {
  bundle,
  canAsk,
  enrolment,
  outbox,
  prefer,
  scans,
  settings,
  today,
  venue,
  workshop,
  workshopId,
  workshops,
} from './state.ts'
import { sync } from './sync.ts'

export const shown = signal<Shown | null>(null)
/** The scan whose answer may still come within the seconds in which one usually does. */
export const expectedScanId = signal<string | null>(null)
/** The service of the workshop about to begin: it is kept with its first voucher. */
export const chosenService = signal<string | null>(null)
const expectedWithinMs = 2_000
/** A flash of grey before green would only confuse. */
const shownAfterMs = 250

type Options = { isTyped?: boolean; isForced?: boolean }
type Read = { voucher: Voucher | null; code: Uint8Array<ArrayBuffer>; text: string; isTraining: boolean }

function readText(text: string): Read | null {
  const voucher = readVoucherText(text)
  const code = voucher?.code ?? readTypedCode(text).code
  if (!code) return null
  return { voucher, code: new Uint8Array(code), text, isTraining: voucher ? voucher.isTraining : isTrainingCode(code) }
}

/** Answers to one voucher. `isForced`: a person wants it kept although this phone would not. */
export async function scanVoucher(text: string, options: Options = {}): Promise<void> {
  const isTyped = options.isTyped === true
  const read = readText(text)
  if (!read) {
    shown.value = { kind: 'not_a_voucher', what: isTyped ? 'typed' : kindOfSymbol(text) }
    return
  }
  // The browser may have closed the phone's memory, or it is full: whatever it is, nothing was kept, and this must be said.
  const answer = await keepOrSayWhy(read, options).catch(
    (): Shown => ({ kind: 'not_kept', why: 'broken', text, isTyped }),
  )
  if ('kind' in answer) shown.value = answer
  else await follow(answer, text)
}

async function keepOrSayWhy(read: Read, { isTyped = false, isForced = false }: Options): Promise<Shown | KeptScan> {
  const { text, code } = read
  const before = await findSame(code)
  const isOfToday = before?.day === today()
  // Of another day the server may know better: somebody may have undone it there.
  if (before && (isOfToday || (!canAsk.value && !isForced))) {
    const rank = before.workshopId === workshopId.value ? before.rank : null
    return { kind: 'again', rank, day: isOfToday ? null : before.day, isTraining: before.isTraining, text }
  }
  const service = workshop.value?.service ?? chosenService.value!
  const local = await judgeHere(read, service)
  if (local.outcome === 'refused' && !canAsk.value && !isForced) return { kind: 'local', reason: local.reason, text }
  const kept = await keep(read, await beginWorkshop(service), local.outcome === 'unverified' && !canAsk.value)
  return typeof kept === 'string' ? { kind: 'not_kept', why: kept, text, isTyped } : kept
}

/** What the square is, if it is no voucher: one of ours that was badly read, the cover of a book, or anything. */
function kindOfSymbol(text: string): 'damaged' | 'cover' | 'other' {
  if (text.startsWith(voucherPrefix)) return 'damaged'
  return text.startsWith(location.origin) || looksLikeCover(text) ? 'cover' : 'other'
}

/** By the rules on this phone, as long as they serve. */
async function judgeHere(read: Read, service: string): Promise<OfflineVerdict> {
  const { content, readAt } = bundle.value!
  if (!rulesServe(bundleAge(readAt, Date.now()))) return { outcome: 'unverified' }
  return checkOffline({ ...read, service, day: today() }, content, venue.value!)
}

/** Shows a scan as soon as it is answered, or after a moment as it is. */
async function follow({ scanId }: KeptScan, text: string): Promise<void> {
  const show = () => {
    shown.value = { kind: 'scan', scanId, text }
  }
  expectedScanId.value = scanId
  const isAnswered = sync()
  await Promise.race([isAnswered, pause(shownAfterMs)])
  show()
  // Not waited for: the next voucher may come meanwhile.
  void Promise.race([isAnswered, pause(expectedWithinMs)]).then(() => {
    if (expectedScanId.value === scanId) expectedScanId.value = null
  })
}
const pause = (ms: number) => new Promise((next) => setTimeout(next, ms))

async function findSame(code: Uint8Array<ArrayBuffer>): Promise<KeptScan | undefined> {
  const mark = await markOf(enrolment.value!.markKey, code)
  const same = scans.value.filter((scan) => scan.mark === mark && isLive(scan) && !scan.isChanging)
  return same.at(-1)
}

async function keep(read: Read, { id, service, venueId }: Workshop, isUnverified: boolean) {
  const scanId = crypto.randomUUID()
  const day = today()
  const { voucher, code, text, isTraining } = read
  return outbox.keep({
    scanId,
    venueId,
    workshopId: id,
    service,
    day,
    isTyped: !voucher,
    isTraining,
    euros: isTraining ? 0 : (voucher?.faceValueEuros ?? faceValueOfAll()),
    mark: await markOf(enrolment.value!.markKey, code),
    envelope: await closeEnvelope(bundle.value!.content.queueKey, scanId, { code: text, service, day }),
    isUnverified,
  })
}

/** A typed code does not say its amount; where all campaigns pay alike it is known all the same. */
function faceValueOfAll(): number | null {
  const values = new Set(bundle.value!.content.campaigns.map(({ faceValueCents }) => faceValueCents))
  return values.size === 1 ? [...values][0]! / 100 : null
}

async function beginWorkshop(service: string): Promise<Workshop> {
  if (workshop.value && workshop.value.service === service && workshop.value.endedAt === null) return workshop.value
  const id = crypto.randomUUID()
  const begun: Workshop = { id, venueId: venue.value!.id, service, day: today(), startedAt: Date.now(), endedAt: null }
  await outbox.openWorkshop(begun)
  workshopId.value = id
  const { recents } = settings.value
  await prefer({
    recents: [{ code: service, day: begun.day }, ...recents.filter(({ code }) => code !== service)].slice(0, 6),
  })
  return begun
}

/** Chosen: vouchers that follow are for this service. A workshop of today that was cut off, by a reload or a call, goes on. */
export function chooseService(code: string): void {
  chosenService.value = code
  shown.value = null
  if (workshop.value?.service === code && workshop.value.endedAt === null) return
  const open = workshops.value.filter(
    ({ service, venueId, day, endedAt }) =>
      service === code && venueId === venue.value?.id && day === today() && endedAt === null,
  )
  workshopId.value = open.sort((a, b) => a.startedAt - b.startedAt).at(-1)?.id ?? null
}

/** What a scan would be answered; nothing is kept and nothing written. */
export async function checkVoucher(text: string): Promise<void> {
  const read = readText(text)
  if (!read) {
    shown.value = { kind: 'not_a_voucher', what: kindOfSymbol(text) }
    return
  }
  const service = workshop.value?.service ?? chosenService.value!
  const check = { code: text, service, venueId: venue.value!.id }
  const answer = await serverFor(enrolment.value!)
    .check(check)
    .catch(({ code }: Partial<ServerTrouble>): CheckTrouble => (code === 'too_many_checks' ? 'too_many' : 'no_answer'))
  const { faceValueEuros = null, lastDay = null } = read.voucher ?? {}
  shown.value = { kind: 'check', answer, text, euros: faceValueEuros, lastDay }
}
