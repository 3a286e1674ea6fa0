/**
 * Keep first, answer next, send later. The only writer of the scans on this phone. Nothing but an outcome of its own, or the person
 * who undoes it, takes a scan out of the queue: no error of the network or of the server ever does.
 */
import type { ContestReason } from '@carnet/api/contest-reasons'
import {
  type Answer,
  isPending,
  type KeptScan,
  mayBeForgotten,
  mayContest,
  type NewScan,
  type PhoneContest,
  roomFor,
  type Workshop,
  wasSettledLately,
} from './scan.ts'
import { durable, type Store } from './store.ts'

export type Result = Answer & {
  scanId: string
  outcome: 'accepted' | 'refused' | 'retry'
  now?: 'accepted' | 'reversed'
  training?: true
}
export type Outbox = ReturnType<typeof createOutbox>

type Core = {
  db: Store
  now: () => number
  /** Called after each write, so that the screen shows what is in it. */
  changed: () => void | Promise<void>
}

export const createOutbox = (db: Store, parts: Omit<Core, 'db'>) => {
  const core = { db, ...parts }
  return { ...keeping(core), ...sending(core), ...undoing(core) }
}

async function change(
  { db, changed }: Core,
  scanIds: readonly string[],
  alter: (scan: KeptScan) => Partial<KeptScan>,
): Promise<void> {
  const tx = db.transaction('scans', 'readwrite', durable)
  for (const scanId of scanIds) {
    const scan = await tx.store.get(scanId)
    if (scan) await tx.store.put({ ...scan, ...alter(scan) })
  }
  await tx.done
  changed()
}

const keeping = (core: Core) => {
  const { db, now, changed } = core
  return {
    list: (): Promise<KeptScan[]> => db.getAllFromIndex('scans', 'order'),
    listWorkshops: (): Promise<Workshop[]> => db.getAll('workshops'),

    /** Written before anything else happens: closing the app a second later loses nothing. */
    async keep(scan: NewScan): Promise<KeptScan | 'full' | 'full_of_typed'> {
      const tx = db.transaction('scans', 'readwrite', durable)
      const all = await tx.store.index('order').getAll()
      const room = roomFor(all.filter(isPending), scan.isTyped)
      if (room !== 'room') return room
      const kept: KeptScan = {
        ...scan,
        order: (all.at(-1)?.order ?? 0) + 1,
        rank: all.filter(({ workshopId }) => workshopId === scan.workshopId).length + 1,
        keptAt: now(),
        state: 'kept',
        seq: null,
        tries: 0,
        answer: {},
        settledAt: null,
        isChanging: false,
        troubleAt: null,
        isFiled: false,
        mustTellAgain: false,
      }
      await tx.store.add(kept)
      await tx.done
      changed()
      return kept
    },

    async openWorkshop(workshop: Workshop): Promise<void> {
      await db.put('workshops', workshop)
      await changed()
    },

    /** A crash while sending: nobody knows whether the server has them, so they are sent again; the server knows them by their id. */
    async recover(): Promise<void> {
      const all = await db.getAllFromIndex('scans', 'order')
      const sent = all.filter(({ state }) => state === 'sent').map(({ scanId }) => scanId)
      if (sent.length > 0) await change(core, sent, () => ({ state: 'kept' }))
      const old = all.filter((scan) => mayBeForgotten(scan, now()))
      if (old.length === 0) return
      const tx = db.transaction('scans', 'readwrite', durable)
      await Promise.all(old.map(({ scanId }) => tx.store.delete(scanId)))
      await tx.done
      changed()
    },

    /** Someone saw the refusal. */
    file: (scanId: string): Promise<void> => change(core, [scanId], () => ({ isFiled: true })),
  }
}

const sending = (core: Core) => {
  const { db, now, changed } = core
  return {
    /**
     * The oldest of the queue, from now on on their way: numbered at their first try. `venueIds`: those that this phone may speak
     * for; a phone that was linked elsewhere meanwhile keeps the others.
     */
    async take(most: number, venueIds: readonly string[] | null = null): Promise<KeptScan[]> {
      const tx = db.transaction(['scans', 'facts'], 'readwrite', durable)
      const scans = tx.objectStore('scans')
      const all = await scans.index('order').getAll()
      const due = all
        .filter((scan) => (scan.state === 'kept' || scan.mustTellAgain) && !isSetAside(scan, now()))
        .filter(({ venueId }) => venueIds === null || venueIds.includes(venueId))
        .slice(0, most)
      let seq = ((await tx.objectStore('facts').get('seq')) as number | undefined) ?? 0
      const taken = due.map((scan): KeptScan => {
        const state = scan.state === 'kept' ? 'sent' : scan.state
        return { ...scan, state, tries: scan.tries + 1, seq: scan.seq ?? ++seq }
      })
      for (const scan of taken) await scans.put(scan)
      await tx.objectStore('facts').put(seq, 'seq')
      await tx.done
      changed()
      return taken
    },

    /** No answer came, whatever the reason: they wait again. */
    giveBack: (scanIds: readonly string[]): Promise<void> =>
      change(core, scanIds, ({ state }) => (state === 'sent' ? { state: 'kept' } : {})),

    /** One alone that the server cannot read: it stays, and no longer holds up the others. */
    setAside: (scanId: string): Promise<void> =>
      change(core, [scanId], ({ state }) => ({ state: state === 'sent' ? 'kept' : state, troubleAt: now() })),

    /** Each scan by its own outcome. `retry` is none. */
    async settle(results: readonly Result[]): Promise<void> {
      const byId = new Map(results.map((result) => [result.scanId, result]))
      await change(core, [...byId.keys()], (scan) => settled(scan, byId.get(scan.scanId)!, now()))
    },

    /**
     * The server was restored from a backup, or a replica took over: what it accepted in the last seven days is told again, with
     * what was undone or corrected since. One transaction: a crash in it leaves the old generation, and all of it is done again.
     * Refusals are not: the voucher may have been refused for a scan that its own phone has yet to tell again.
     */
    async tellAgain(generation: string): Promise<void> {
      const tx = db.transaction(['scans', 'acts', 'facts'], 'readwrite', durable)
      const acts = tx.objectStore('acts')
      for (const scan of await tx.objectStore('scans').getAll()) {
        const { scanId, venueId, seq, state, correctedTo } = scan
        const wasAccepted = seq !== null && (state === 'accepted' || state === 'undone')
        if (!wasAccepted || !wasSettledLately(scan, now())) continue
        await tx.objectStore('scans').put({ ...scan, mustTellAgain: true })
        if (state === 'undone') await acts.add({ kind: 'reversal', scanId, venueId })
        else if (correctedTo) await acts.add({ kind: 'correction', scanId, venueId, service: correctedTo })
      }
      await tx.objectStore('facts').put(generation, 'generation')
      await tx.done
      changed()
    },
  }
}

const undoing = (core: Core) => {
  const { db, now, changed } = core
  return {
    /** `removed`: never tried, so nobody else knows it. `queued`: the server is told as soon as it can be. */
    async undo(scanId: string): Promise<'removed' | 'queued' | 'nothing'> {
      const tx = db.transaction(['scans', 'acts'], 'readwrite', durable)
      const scan = await tx.objectStore('scans').get(scanId)
      if (!scan || scan.isChanging || !(isPending(scan) || scan.state === 'accepted')) return 'nothing'
      // The server keeps nothing of an exercise either.
      const wasNeverTried = scan.isTraining || (scan.state === 'kept' && scan.tries === 0)
      if (wasNeverTried) await tx.objectStore('scans').put({ ...scan, state: 'undone', settledAt: now() })
      else {
        await tx.objectStore('scans').put({ ...scan, isChanging: true })
        await tx.objectStore('acts').add({ kind: 'reversal', scanId, venueId: scan.venueId })
      }
      await tx.done
      changed()
      return wasNeverTried ? 'removed' : 'queued'
    },

    /** Another service for scans that were accepted, or still may be. */
    async correct(scanIds: readonly string[], service: string): Promise<void> {
      const tx = db.transaction(['scans', 'acts'], 'readwrite', durable)
      for (const scanId of scanIds) {
        const scan = await tx.objectStore('scans').get(scanId)
        if (!scan || scan.isChanging || !(isPending(scan) || scan.state === 'accepted')) continue
        await tx.objectStore('scans').put(scan.isTraining ? { ...scan, service } : { ...scan, isChanging: true })
        if (scan.isTraining) continue
        await tx.objectStore('acts').add({ kind: 'correction', scanId, venueId: scan.venueId, service })
      }
      await tx.done
      changed()
    },

    /** Somebody disagrees with a refusal: once, and told like everything else. */
    async contest(scanId: string, reason: ContestReason): Promise<void> {
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

    listActs: () => db.getAll('acts'),

    /** The server answered an undoing or a correction, or its scan needs none any more. */
    async closeAct(id: number, scanId: string, change: Partial<KeptScan>): Promise<void> {
      const tx = db.transaction(['scans', 'acts'], 'readwrite', durable)
      const scan = await tx.objectStore('scans').get(scanId)
      if (scan)
        await tx
          .objectStore('scans')
          .put({ ...scan, ...change, ...(change.state && { settledAt: now() }), isChanging: false })
      await tx.objectStore('acts').delete(id)
      await tx.done
      changed()
    },
  }
}

const asideMs = 3_600_000
// Either way: a clock that was set back must not put it aside for years.
const isSetAside = ({ troubleAt }: KeptScan, now: number) => troubleAt !== null && Math.abs(now - troubleAt) < asideMs

function settled(scan: KeptScan, result: Result, now: number): Partial<KeptScan> {
  if (result.outcome === 'retry') return { state: scan.state === 'sent' ? 'kept' : scan.state, isUnverified: true }
  const { reason, usedHere, paidOn, receipt } = result
  const answer: Answer = {
    ...(reason && { reason }),
    ...(usedHere !== undefined && { usedHere }),
    ...(paidOn && { paidOn }),
    ...(receipt && { receipt }),
  }
  const wasUndone = result.now === 'reversed' || reason === 'withdrawn' || scan.state === 'undone'
  const state = wasUndone ? 'undone' : result.outcome
  return {
    state,
    answer: { ...scan.answer, ...answer },
    settledAt: scan.settledAt ?? now,
    mustTellAgain: false,
    troubleAt: null,
  }
}
