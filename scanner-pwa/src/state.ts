/** What the screens show. Everything durable comes from the store; a signal is only its picture. */
import { dayOf } from '@carnet/api/days'
import { computed, signal } from '@preact/signals'
import {
  type Bundle,
  type Catalogue,
  type Enrolment,
  firstSettings,
  readFact,
  readFacts,
  type Settings,
  type Stop,
  type Venue,
  writeFact,
} from './phone/facts.ts'
import { createOutbox, type Outbox } from './queue/outbox.ts'
import { isPending, type KeptScan, needsSomeone, type Workshop } from './queue/scan.ts'
import { type HandoutCount, openStore, type Store } from './queue/store.ts'
import { locale } from './say.ts'

export const enrolment = signal<Enrolment | undefined>(undefined)
export const bundle = signal<{ etag: string; content: Bundle; readAt: number } | undefined>(undefined)
export const catalogue = signal<Catalogue | undefined>(undefined)
export const settings = signal<Settings>(firstSettings)
export const scans = signal<readonly KeptScan[]>([])
export const workshops = signal<readonly Workshop[]>([])
export const workshopId = signal<string | null>(null)
export const isOnline = signal(navigator.onLine)
/** The server no longer knows this phone: its queue is kept until it is linked again, and what is scanned meanwhile joins it. */
export const needsEnrolment = signal(false)
/** The phone has a network; whether the server answers on it is `isOnline`. */
export const hasNetwork = signal(navigator.onLine)
export const reach = computed(() => {
  if (needsEnrolment.value) return 'unlinked'
  if (isOnline.value) return 'online'
  return hasNetwork.value ? 'silent' : 'offline'
})
/** If not, the rules on this phone are all there is. */
export const canAsk = computed(() => reach.value === 'online')
export const clockOffsetMs = signal(0)
export const decoderName = signal<string | null>(null)

export const pending = computed(() => scans.value.filter(isPending))
/** Scanned for venues of which this phone no longer is: they stay until it is linked there again, or are saved as a file. */
export const heldElsewhere = computed(() => {
  const own = new Set(bundle.value?.content.venues.map(({ id }) => id))
  return bundle.value ? pending.value.filter(({ venueId }) => !own.has(venueId)) : []
})
export const refused = computed(() => scans.value.filter((scan) => needsSomeone(scan) && !scan.contest))
export const contested = computed(() => scans.value.filter((scan) => needsSomeone(scan) && scan.contest))
/** Something of this phone is not yet told: a scan, an undoing, a correction, a contest. */
export const hasUntold = computed(() =>
  scans.value.some((scan) => isPending(scan) || scan.isChanging || scan.contest?.state === 'queued'),
)
export const workshop = computed(() => workshops.value.find(({ id }) => id === workshopId.value))
export const venue = computed<Venue | undefined>(() => {
  const venues = bundle.value?.content.venues ?? []
  return venues.find(({ id }) => id === settings.value.venueId) ?? (venues.length === 1 ? venues[0] : undefined)
})

/** A prescriber's phone: it counts books and scans nothing. */
export const handing = computed(() => bundle.value?.content.prescriber)
export const handoutCounts = signal<readonly HandoutCount[]>([])
/** Why the server took a count or a lost book not. */
export const handingTrouble = signal<string | null>(null)
export const stops = signal<readonly Stop[]>([])
/** Lost books that the server did not take: said until the next one. */
export const refusedStops = signal<readonly Stop[]>([])

/** Paris' day by the server's clock: a phone may be set to any hour. */
export const today = (): string => dayOf(new Date(Date.now() + clockOffsetMs.value))

export let db: Store
export let outbox: Outbox

/** Rejects when this browser keeps nothing (private browsing, a full disk). */
export async function openPhone(): Promise<void> {
  db = await openStore()
  outbox = createOutbox(db, { now: Date.now, changed: showEverywhere })
  otherTabs.onmessage = () => void showOutbox()
  const facts = await readFacts(db)
  enrolment.value = facts.enrolment
  bundle.value = facts.bundle
  catalogue.value = facts.catalogue
  settings.value = { ...firstSettings, ...facts.settings }
  clockOffsetMs.value = facts.clockOffsetMs ?? 0
  const asked = new URLSearchParams(location.search).get('lang') ?? settings.value.locale ?? navigator.language
  locale.value = asked.startsWith('en') ? 'en' : 'fr'
  document.documentElement.lang = locale.value
  await Promise.all([outbox.recover().then(showOutbox), showHanding()])
}

/** Shows what a prescriber's phone has counted and stopped, from what is kept. */
export async function showHanding(): Promise<void> {
  handoutCounts.value = await db.getAll('handouts')
  stops.value = (await readFact(db, 'stops')) ?? []
}

/** A second tab of this phone shows the same queue, and knows the same vouchers again. */
const otherTabs = new BroadcastChannel('carnet-queue')
const showEverywhere = (): Promise<void> => {
  otherTabs.postMessage('changed')
  return showOutbox()
}

async function showOutbox(): Promise<void> {
  const [kept, groups] = await Promise.all([outbox.list(), outbox.listWorkshops()])
  scans.value = kept
  workshops.value = groups
}

/** Changes settings of this phone: shown at once, then kept. */
export async function prefer(changes: Partial<Settings>): Promise<void> {
  settings.value = { ...settings.value, ...changes }
  if (changes.locale) {
    locale.value = changes.locale
    document.documentElement.lang = changes.locale
  }
  await writeFact(db, 'settings', settings.value)
}
