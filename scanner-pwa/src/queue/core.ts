/** What keeping, sending and undoing have in common. */
import type { KeptScan } from './scan.ts'
import { durable, inOne, type Store } from './store.ts'
import type { Unwritten } from './unwritten.ts'

export type Core = {
  db: Store
  now: () => number
  /** Called after each write, so that the screen shows what is in it. */
  changed: () => void | Promise<void>
  unwritten: Unwritten
  /** Kept since the app was opened, and not sent since. Of any other the server may know, even if that could not be written. */
  unsent: Set<string>
}

/** All of this phone, as they really stand. */
export const listScans = async ({ db, unwritten }: Core): Promise<KeptScan[]> =>
  (await db.getAllFromIndex('scans', 'order')).map(unwritten.seen)

/** Written; where nothing more can be written, noted. */
export async function change(
  core: Core,
  scanIds: readonly string[],
  alter: (scan: KeptScan) => Partial<KeptScan>,
): Promise<void> {
  try {
    await core.unwritten.writeDown()
    const tx = core.db.transaction('scans', 'readwrite', durable)
    await inOne(tx, async () => {
      for (const scanId of scanIds) {
        const scan = await tx.store.get(scanId)
        if (scan) await tx.store.put({ ...scan, ...alter(scan) })
      }
    })
  } catch {
    for (const scan of await listScans(core))
      if (scanIds.includes(scan.scanId)) core.unwritten.note(scan.scanId, alter(scan))
  }
  core.changed()
}
