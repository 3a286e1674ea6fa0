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
}
export type Store = IDBPDatabase<PhoneSchema>

/** Rejects when the database cannot be opened: the caller stops and says so; nothing is ever dropped to make room. */
export function openStore(name = 'carnet-scanner'): Promise<Store> {
  return openDB<PhoneSchema>(name, 1, {
    upgrade(db, from) {
      if (from < 1) {
        db.createObjectStore('facts')
        db.createObjectStore('scans', { keyPath: 'scanId' }).createIndex('order', 'order', { unique: true })
        db.createObjectStore('workshops', { keyPath: 'id' })
        db.createObjectStore('acts', { keyPath: 'id', autoIncrement: true })
      }
    },
    // Another tab wants a newer schema: this one lets go, and is reloaded by its user.
    blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
  })
}

/** A crash or an empty battery a second later loses nothing. */
export const durable = { durability: 'strict' } as const
