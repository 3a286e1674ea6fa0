/** What this phone knows besides its scans: who it is, what it was told, what its user prefers. */
import type { Bundle as BundleShape } from '@carnet/api/devices/device-schema.ts'
import { countAnew } from '../handing/count.ts'
import { durable, inOne, type Store } from '../queue/store.ts'

export type Bundle = (typeof BundleShape)['_output']
export type Venue = Bundle['venues'][number]
export type Catalogue = {
  themes: { code: string; title: string }[]
  services: { code: string; theme: string; title: string; description: string; durationMinutes: number }[]
}
export type Enrolment = {
  deviceId: string
  token: string
  pair: CryptoKeyPair
  requestKey: CryptoKey
  markKey: CryptoKey
}
export type Recent = { code: string; day: string }
export type StopReason = 'lost' | 'stolen' | 'damaged'
export type Stop = { campaignId: string; firstCover: number; reason: StopReason }
export type Settings = {
  venueId: string | null
  favourites: string[]
  recents: Recent[]
  hasSound: boolean
  hasVibration: boolean
  locale: 'fr' | 'en' | null
  /** Null: the one that looks away from the person. */
  cameraId: string | null
  /** Steps of the first-day exercise that were done; null: it is not under way. */
  exercise: number[] | null
}
type Facts = {
  enrolment: Enrolment
  bundle: { etag: string; content: Bundle; readAt: number }
  catalogue: Catalogue
  settings: Settings
  generation: string
  /** Lost books that the server does not know of yet. */
  stops: Stop[]
  /** The server's clock minus ours. */
  clockOffsetMs: number
}

export const firstSettings: Settings = {
  venueId: null,
  favourites: [],
  recents: [],
  hasSound: true,
  hasVibration: true,
  locale: null,
  cameraId: null,
  exercise: null,
}

export const readFact = async <Name extends keyof Facts>(db: Store, name: Name): Promise<Facts[Name] | undefined> =>
  (await db.get('facts', name)) as Facts[Name] | undefined

/** All of them at once: at the start of a slow phone each question of its own would cost a turn. */
export async function readFacts(db: Store): Promise<Partial<Facts>> {
  const { store } = db.transaction('facts')
  const [names, values] = await Promise.all([store.getAllKeys(), store.getAll()])
  return Object.fromEntries(names.map((name, at) => [name, values[at]])) as Partial<Facts>
}

/** Kept for good when it returns: an empty battery a second later loses nothing. */
export async function writeFact<Name extends keyof Facts>(db: Store, name: Name, value: Facts[Name]): Promise<void> {
  const tx = db.transaction('facts', 'readwrite', durable)
  await inOne(tx, () => tx.store.put(value, name))
}

/**
 * This phone as the server knows it from now on, with its rules. The counts of a prescriber begin anew in the same transaction: one
 * without the other would tell books twice.
 */
export async function writeLink(db: Store, enrolment: Enrolment, content: Bundle): Promise<void> {
  const tx = db.transaction(['facts', 'handouts'], 'readwrite', durable)
  await inOne(tx, async () => {
    const [facts, handouts] = [tx.objectStore('facts'), tx.objectStore('handouts')]
    await facts.put({ etag: '', content, readAt: Date.now() }, 'bundle')
    await facts.put(enrolment, 'enrolment')
    for (const count of await handouts.getAll()) await handouts.put(countAnew(count))
  })
}

/** What the server says again anyway: where it does not fit, it is only asked again. */
export const noteFact = <Name extends keyof Facts>(db: Store, name: Name, value: Facts[Name]): Promise<void> =>
  writeFact(db, name, value).catch(() => undefined)
