/**
 * What happened to a scan while this phone's memory took no more: shown, used for sending, and written as soon as there is room.
 * Lost with the app it costs nothing: the scan is sent again, and the server, which knows it by its id, says the same again.
 */
import type { KeptScan } from './scan.ts'
import { durable, inOne, type Store } from './store.ts'

export type Unwritten = ReturnType<typeof createUnwritten>

export function createUnwritten(db: Store) {
  const changes = new Map<string, Partial<KeptScan>>()
  const closedActs = new Set<number>()
  return {
    /** A stored scan as it really stands. */
    seen: (scan: KeptScan): KeptScan => ({ ...scan, ...changes.get(scan.scanId) }),
    isClosed: (actId: number): boolean => closedActs.has(actId),
    note(scanId: string, change: Partial<KeptScan>): void {
      changes.set(scanId, { ...changes.get(scanId), ...change })
    },
    noteClosed: (actId: number): void => void closedActs.add(actId),

    /** Before every other write, so that none is built on what is out of date. Rejects while there is no room. */
    async writeDown(): Promise<void> {
      if (changes.size === 0 && closedActs.size === 0) return
      const [noted, closed] = [[...changes], [...closedActs]]
      const tx = db.transaction(['scans', 'acts'], 'readwrite', durable)
      await inOne(tx, async () => {
        for (const [scanId, change] of noted) {
          const scan = await tx.objectStore('scans').get(scanId)
          if (scan) await tx.objectStore('scans').put({ ...scan, ...change })
        }
        for (const actId of closed) await tx.objectStore('acts').delete(actId)
      })
      for (const [scanId, change] of noted) if (changes.get(scanId) === change) changes.delete(scanId)
      for (const actId of closed) closedActs.delete(actId)
    },
  }
}
