/**
 * The queue as a file, for a phone that cannot send any more. What is in it is closed to the server alone, as it lies on the phone;
 * whoever manages the venue gives it to the server. Saving it takes nothing out of the queue.
 */
import type { ContestReason } from '@carnet/api/contest-reasons'
import { openDB } from 'idb'
import { type Envelope, isPending, type KeptScan, type PendingAct } from './scan.ts'
import { storeName } from './store.ts'

export type RescueFile = {
  format: 'carnet-queue-1'
  scans: { scanId: string; seq?: number; venueId: string; envelope: Envelope }[]
  /** Undone, corrected or contested on the phone, and not yet told. */
  reversals: { scanId: string; venueId: string }[]
  corrections: { scanId: string; service: string }[]
  contests: { scanId: string; reason: ContestReason; service: string; day: string }[]
}

export const isEmpty = ({ scans, reversals, corrections, contests }: RescueFile): boolean =>
  scans.length + reversals.length + corrections.length + contests.length === 0

/** What waits, and what was settled but must be told again after a restore, in the order it was scanned. */
export function rescueFile(scans: readonly KeptScan[], acts: readonly PendingAct[]): RescueFile {
  const waiting = scans.filter((scan) => isPending(scan) || scan.mustTellAgain).sort((a, b) => a.order - b.order)
  return {
    format: 'carnet-queue-1',
    scans: waiting.map(({ scanId, seq, venueId, envelope }) => ({
      scanId,
      ...(seq !== null && { seq }),
      venueId,
      envelope,
    })),
    reversals: acts.flatMap((act) => (act.kind === 'reversal' ? [{ scanId: act.scanId, venueId: act.venueId }] : [])),
    corrections: acts.flatMap((act) =>
      act.kind === 'correction' ? [{ scanId: act.scanId, service: act.service }] : [],
    ),
    contests: acts.flatMap((act) => {
      if (act.kind !== 'contest') return []
      const { scanId, reason, service, day } = act
      return [{ scanId, reason, service, day }]
    }),
  }
}

/** Whatever version its schema has: for an app that could not open it. Null when nothing is there. */
export async function readRescueFile(name = storeName): Promise<RescueFile | null> {
  const db = await openDB(name)
  try {
    if (!db.objectStoreNames.contains('scans')) return null
    const acts = db.objectStoreNames.contains('acts') ? ((await db.getAll('acts')) as PendingAct[]) : []
    return rescueFile((await db.getAll('scans')) as KeptScan[], acts)
  } finally {
    db.close()
  }
}
