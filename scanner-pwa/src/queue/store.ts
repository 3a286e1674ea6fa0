/**
 * The browser's database. Upgrades only add: a phone may hold scans that nobody else has. Only the outbox writes `scans` and
 * `acts`, and only `facts.ts` writes `facts`.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { KeptScan, PendingAct, Workshop } from './scan.ts'

export interface PhoneSchema extends DBSchema {
  /** One row per name: who this phone is, what it was told, what its user prefers. */
  facts: { key: string; value: unknown }
  scans: { key: string; value: KeptScan; indexes: { order: number } }
  workshops: { key: string; value: Workshop }
  /** What was undone or corrected and not yet told to the server. */
  acts: { key: number; value: PendingAct }
  /** Only on a prescriber's phone. Since version 2. */
  handouts: { key: string; value: HandoutCount }
}
/** Books of a campaign that this phone counted in a month, and how many of them the server knows. Nothing says to whom. */
export type HandoutCount = { id: string; campaignId: string; month: string; books: number; seq: number; told: number }
export type Store = IDBPDatabase<PhoneSchema>

export const storeName = 'carnet-scanner'
const storeVersion = 2

/** Adds what is missing and touches nothing else; in one transaction with the new version, or not at all. */
function addWhatIsMissing(db: IDBPDatabase<PhoneSchema>): void {
  const isMissing = (name: 'facts' | 'scans' | 'workshops' | 'acts' | 'handouts') => !db.objectStoreNames.contains(name)
  if (isMissing('facts')) db.createObjectStore('facts')
  if (isMissing('scans'))
    db.createObjectStore('scans', { keyPath: 'scanId' }).createIndex('order', 'order', { unique: true })
  if (isMissing('workshops')) db.createObjectStore('workshops', { keyPath: 'id' })
  if (isMissing('acts')) db.createObjectStore('acts', { keyPath: 'id', autoIncrement: true })
  if (isMissing('handouts')) db.createObjectStore('handouts', { keyPath: 'id' })
}

/** Rejects when the database cannot be opened: the caller stops and says so; nothing is ever dropped to make room. */
export function openStore(name = storeName): Promise<Store> {
  return openDB<PhoneSchema>(name, storeVersion, {
    upgrade: addWhatIsMissing,
    // Another tab wants a newer schema: this one lets go, and is reloaded by its user.
    blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
  })
}

/** A crash or an empty battery a second later loses nothing. */
export const durable = { durability: 'strict' } as const

/** All the writes of a transaction, or the reason why none of them was done. */
export async function inOne<Done>(tx: { done: Promise<void> }, write: () => Promise<Done>): Promise<Done> {
  const [done] = await Promise.all([write(), tx.done])
  return done
}
