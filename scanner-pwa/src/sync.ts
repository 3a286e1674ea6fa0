/** When the queue is sent: after each scan, when the network or the screen comes back, at the start, and every minute in view. */

import { askNewsSoon, hearContests } from './contests.ts'
import { tellCounts } from './handing/count.ts'
import { whileNothingIsSent } from './phone/browser.ts'
import { type Bundle, type Enrolment, noteFact, readFact } from './phone/facts.ts'
import { askCatalogue, type Counted, serverFor } from './phone/server.ts'
import { retryDelayMs } from './queue/scan.ts'
import { type ScanServer, type ScansAnswer, ServerTrouble, sendQueue } from './queue/send.ts'
import {
  bundle,
  catalogue,
  clockOffsetMs,
  db,
  enrolment,
  handing,
  handingTrouble,
  hasNetwork,
  isOnline,
  needsEnrolment,
  outbox,
  refusedStops,
  showHanding,
  stops,
  today,
} from './state.ts'
import { needUpdate, update } from './update.ts'

const everyMs = 60_000
let running: Promise<void> | null = null
let isAskedAgain = false
let failures = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** Resolves when this phone has sent what it could. Never rejects. `isAsked`: by a person, so without waiting for a turn. */
export function sync(isAsked = false): Promise<void> {
  if (running) {
    isAskedAgain = true
    return running
  }
  if (isAsked) {
    failures = 0
    askNewsSoon()
  }
  running = whileNothingIsSent(run)
    .then(() => {
      running = null
      if (!isAskedAgain) return undefined
      isAskedAgain = false
      return sync()
    })
    .catch(() => {
      running = null
    })
  return running
}

async function run(): Promise<void> {
  clearTimeout(timer)
  if (needsEnrolment.value) await adoptLink()
  const asked = enrolment.value
  if (!asked || needsEnrolment.value) return
  if (!navigator.onLine) {
    isOnline.value = false
    return
  }
  try {
    if (handing.value) await tellHanding(asked)
    const venueIds = bundle.value?.content.venues.map(({ id }) => id) ?? null
    await sendQueue(outbox, impatient(serverFor(asked)), hear, venueIds)
    await hearContests(asked)
    await refreshRules()
    failures = 0
    isOnline.value = true
    if (update.value === 'needed') update.value = 'none'
  } catch (error) {
    failures += 1
    const trouble = error instanceof ServerTrouble ? error : new ServerTrouble('busy')
    isOnline.value = trouble.trouble !== 'offline'
    if (trouble.trouble === 'update') needUpdate()
    if (trouble.trouble === 'not_enrolled') {
      await adoptLink()
      // Linked again while the server was refusing the former link: the new one has not been asked yet.
      if (enrolment.value !== asked) isAskedAgain = true
      else needsEnrolment.value = true
    } else timer = setTimeout(() => void sync(), trouble.retryAfterMs ?? retryDelayMs(failures, Math.random))
  }
}

/** Another tab may have linked this phone again. */
async function adoptLink(): Promise<void> {
  const stored = await readFact(db, 'enrolment')
  if (!stored || stored.token === enrolment.value?.token) return
  enrolment.value = stored
  bundle.value = await readFact(db, 'bundle')
  needsEnrolment.value = false
}

/** Counts first, then lost books. What the server will never take is said; a count stays, a cover that nobody knows does not. */
async function tellHanding(asked: Enrolment): Promise<void> {
  const server = serverFor(asked)
  const trouble = await refusalOf(tellCounts(db, async (count) => noteCounted(await server.handOuts(count))))
  for (const stop of stops.value) {
    if (await refusalOf(server.stop(stop))) refusedStops.value = [...refusedStops.value, stop]
    const left = stops.value.filter((one) => one !== stop)
    stops.value = left
    await noteFact(db, 'stops', left)
  }
  handingTrouble.value = trouble
  await showHanding()
}

/** The code of an answer that says no for good; null when it went well. Throws when there was none. */
async function refusalOf(request: Promise<void>): Promise<string | null> {
  try {
    await request
    return null
  } catch (error) {
    if (error instanceof ServerTrouble && ['unreadable', 'refused'].includes(error.trouble)) return error.code
    throw error
  }
}

/** What the server counts now stands in for what the rules said when they were read. */
async function noteCounted({ campaignId, month, inMonth, inAll, received }: Counted): Promise<void> {
  const { content } = bundle.value!
  const isNow = month.slice(0, 7) === today().slice(0, 7)
  const campaigns = content.prescriber!.campaigns.map((campaign) =>
    campaign.id === campaignId ? { ...campaign, inAll, received, ...(isNow && { inMonth }) } : campaign,
  )
  bundle.value = { ...bundle.value!, content: { ...content, prescriber: { ...content.prescriber!, campaigns } } }
  await noteFact(db, 'bundle', bundle.value)
}

/** A network that takes longer is as good as none: the screen says so, and the request goes on. */
const slowAfterMs = 2_000

function impatient(server: ScanServer): ScanServer {
  const timed = async <Answer>(request: Promise<Answer>): Promise<Answer> => {
    const slow = setTimeout(() => {
      isOnline.value = false
    }, slowAfterMs)
    return request.finally(() => clearTimeout(slow))
  }
  return {
    sendScans: (scans, pending) => timed(server.sendScans(scans, pending)),
    reverse: (scanId, venueId) => timed(server.reverse(scanId, venueId)),
    correct: (scanId, service) => timed(server.correct(scanId, service)),
    contest: (act) => timed(server.contest(act)),
  }
}

/** What an answer says besides its outcomes. */
async function hear({ serverTime, generation, bundleEtag }: ScansAnswer): Promise<void> {
  isOnline.value = true
  const offset = Date.parse(serverTime) - Date.now()
  if (Math.abs(offset - clockOffsetMs.value) > everyMs) {
    clockOffsetMs.value = offset
    await noteFact(db, 'clockOffsetMs', offset)
  }
  await noteGeneration(generation)
  if (bundle.value && bundleEtag && bundleEtag !== bundle.value.etag) isBundleOld = true
}

/** True when there is something to tell again. */
async function noteGeneration(generation: string): Promise<boolean> {
  const known = await readFact(db, 'generation')
  if (known === undefined) await noteFact(db, 'generation', generation)
  if (known === undefined || known === generation) return false
  // Without room to write it, the next answer says it again.
  return outbox.tellAgain(generation).then(
    () => true,
    () => false,
  )
}

let isBundleOld = true

async function refreshRules(): Promise<void> {
  // Either way: a clock that was set back makes them as unsure as old ones.
  const isAged = Math.abs(Date.now() - (bundle.value?.readAt ?? 0)) > 3_600_000
  if (enrolment.value && (isBundleOld || isAged)) {
    const { generation, fresh } = await serverFor(enrolment.value).bundle(bundle.value?.etag || undefined)
    // A phone with nothing to send learns here that the server was restored.
    if (generation && (await noteGeneration(generation))) isAskedAgain = true
    await showRules(fresh ?? { etag: bundle.value!.etag, content: bundle.value!.content })
    isBundleOld = false
  }
  if (!catalogue.value || isAged) {
    const { themes, services } = await askCatalogue()
    catalogue.value = { themes, services }
    await noteFact(db, 'catalogue', catalogue.value)
  }
}

async function showRules({ etag, content }: { etag: string; content: Bundle }): Promise<void> {
  bundle.value = { etag, content, readAt: Date.now() }
  await noteFact(db, 'bundle', bundle.value)
}

/** Now, when the network or the person comes back, and every so often while the app is looked at. */
export function startSync(): void {
  addEventListener('online', () => {
    hasNetwork.value = true
    void sync(true)
  })
  addEventListener('offline', () => {
    hasNetwork.value = false
    isOnline.value = false
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void sync(true)
  })
  setInterval(() => {
    if (document.visibilityState === 'visible') void sync()
  }, everyMs)
  void sync()
}
