/** What a person says about a scan afterwards, and what the server answers to it. */
import type { ContestReason } from '@carnet/api/contest-reasons'
import type { Core } from './core.ts'
import { isPending, type KeptScan, mayContest, type PhoneContest } from './scan.ts'
import { durable, inOne } from './store.ts'

export const undoing = (core: Core) => {
  const { db, now, changed, unwritten, unsent } = core
  return {
    /** `removed`: never tried, so nobody else knows it. `queued`: the server is told as soon as it can be. */
    async undo(scanId: string): Promise<'removed' | 'queued' | 'nothing'> {
      await unwritten.writeDown()
      const tx = db.transaction(['scans', 'acts'], 'readwrite', durable)
      const scan = await tx.objectStore('scans').get(scanId)
      if (!scan || scan.isChanging || !(isPending(scan) || scan.state === 'accepted')) return 'nothing'
      // The server keeps nothing of an exercise either.
      const wasNeverTried = scan.isTraining || (scan.state === 'kept' && scan.tries === 0 && unsent.has(scanId))
      if (wasNeverTried) await tx.objectStore('scans').put({ ...scan, state: 'undone', settledAt: now() })
      else {
        await tx.objectStore('scans').put({ ...scan, isChanging: true, refusedAct: null })
        await tx.objectStore('acts').add({ kind: 'reversal', scanId, venueId: scan.venueId })
      }
      await tx.done
      changed()
      return wasNeverTried ? 'removed' : 'queued'
    },

    /** Another service for scans that were accepted, or still may be. */
    async correct(scanIds: readonly string[], service: string): Promise<void> {
      await unwritten.writeDown()
      const tx = db.transaction(['scans', 'acts'], 'readwrite', durable)
      for (const scanId of scanIds) {
        const scan = await tx.objectStore('scans').get(scanId)
        if (!scan || scan.isChanging || !(isPending(scan) || scan.state === 'accepted')) continue
        const change = scan.isTraining ? { service } : { isChanging: true, refusedAct: null }
        await tx.objectStore('scans').put({ ...scan, ...change })
        if (scan.isTraining) continue
        await tx.objectStore('acts').add({ kind: 'correction', scanId, venueId: scan.venueId, service })
      }
      await tx.done
      changed()
    },

    /** Somebody disagrees with a refusal: once, and told like everything else. */
    async contest(scanId: string, reason: ContestReason): Promise<void> {
      await unwritten.writeDown()
      const tx = db.transaction(['scans', 'acts'], 'readwrite', durable)
      const scan = await tx.objectStore('scans').get(scanId)
      if (scan && mayContest(scan)) {
        const { venueId, service, day } = scan
        await tx.objectStore('scans').put({ ...scan, contest: { reason, state: 'queued' } })
        await tx.objectStore('acts').add({ kind: 'contest', scanId, venueId, reason, service, day })
      }
      await tx.done
      changed()
    },

    /** What the server says of a contest. Null: a restored server knows nothing of it, so it is told again. */
    async hearContest(scanId: string, contest: PhoneContest | null): Promise<void> {
      await unwritten.writeDown()
      const tx = db.transaction(['scans', 'acts'], 'readwrite', durable)
      const scan = await tx.objectStore('scans').get(scanId)
      if (scan?.contest && scan.contest.state !== 'queued') {
        const { venueId, service, day } = scan
        const { reason } = scan.contest
        await tx.objectStore('scans').put({ ...scan, contest: contest ?? { reason, state: 'queued' } })
        if (!contest) await tx.objectStore('acts').add({ kind: 'contest', scanId, venueId, reason, service, day })
      }
      await tx.done
      changed()
    },

    listActs: async () => (await db.getAll('acts')).filter(({ id }) => !unwritten.isClosed(id!)),

    /** The server answered an undoing or a correction, or its scan needs none any more. */
    async closeAct(id: number, scanId: string, change: Partial<KeptScan>): Promise<void> {
      const closed = { ...change, ...(change.state && { settledAt: now() }), isChanging: false }
      try {
        await unwritten.writeDown()
        const tx = db.transaction(['scans', 'acts'], 'readwrite', durable)
        await inOne(tx, async () => {
          const scan = await tx.objectStore('scans').get(scanId)
          if (scan) await tx.objectStore('scans').put({ ...scan, ...closed })
          await tx.objectStore('acts').delete(id)
        })
      } catch {
        unwritten.note(scanId, closed)
        unwritten.noteClosed(id)
      }
      changed()
    },
  }
}
