/**
 * Keep first, answer next, send later. The only writer of the scans on this phone. Nothing but an outcome of its own, or the person
 * who undoes it, takes a scan out of the queue: no error of the network or of the server ever does. Keeping and undoing need room to
 * write; sending does not (unwritten.ts), or a full phone could never empty its queue.
 */
import { type Core, change, listScans } from './core.ts'
import {
  type Answer,
  isPending,
  type KeptScan,
  mayBeForgotten,
  type NewScan,
  roomFor,
  type Workshop,
  wasSettledLately,
} from './scan.ts'
import { durable, inOne, type Store } from './store.ts'
import { undoing } from './undoing.ts'
import { createUnwritten } from './unwritten.ts'

export type Result = Answer & {
  scanId: string
  outcome: 'accepted' | 'refused' | 'retry'
  now?: 'accepted' | 'reversed'
  training?: true
}
export type Outbox = ReturnType<typeof createOutbox>

export const createOutbox = (db: Store, parts: Pick<Core, 'now' | 'changed'>) => {
  const core: Core = { db, ...parts, unwritten: createUnwritten(db), unsent: new Set() }
  return { ...keeping(core), ...sending(core), ...undoing(core) }
}

const keeping = (core: Core) => {
  const { db, now, changed, unwritten, unsent } = core
  return {
    list: (): Promise<KeptScan[]> => listScans(core),
    listWorkshops: (): Promise<Workshop[]> => db.getAll('workshops'),

    /** Written before anything else happens: closing the app a second later loses nothing. */
    async keep(scan: NewScan): Promise<KeptScan | 'full' | 'full_of_typed'> {
      await unwritten.writeDown()
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
      unsent.add(kept.scanId)
      changed()
      return kept
    },

    async openWorkshop(workshop: Workshop): Promise<void> {
      await db.put('workshops', workshop)
      await changed()
    },

    /** A crash while sending: nobody knows whether the server has them, so they are sent again; the server knows them by their id. */
    async recover(): Promise<void> {
      const all = await listScans(core)
      const sent = all.filter(({ state }) => state === 'sent').map(({ scanId }) => scanId)
      if (sent.length > 0) await change(core, sent, () => ({ state: 'kept' }))
      const old = all.filter((scan) => mayBeForgotten(scan, now()))
      if (old.length === 0) return
      const tx = db.transaction('scans', 'readwrite', durable)
      // Where not even this fits they are forgotten another day.
      await inOne(tx, () => Promise.all(old.map(({ scanId }) => tx.store.delete(scanId)))).catch(() => undefined)
      changed()
    },

    /** Someone saw the refusal. */
    file: (scanId: string): Promise<void> => change(core, [scanId], () => ({ isFiled: true })),
  }
}

/** Of the due ones, on their way from now on: numbered at their first try. */
async function takeWritten({ db, unwritten }: Core, dueOf: (all: KeptScan[]) => KeptScan[]): Promise<KeptScan[]> {
  await unwritten.writeDown()
  const tx = db.transaction(['scans', 'facts'], 'readwrite', durable)
  return inOne(tx, async () => {
    const [scans, facts] = [tx.objectStore('scans'), tx.objectStore('facts')]
    const due = dueOf(await scans.index('order').getAll())
    let seq = ((await facts.get('seq')) as number | undefined) ?? 0
    const taken = due.map((scan): KeptScan => ({ ...scan, ...onItsWay(scan), seq: scan.seq ?? ++seq }))
    for (const scan of taken) await scans.put(scan)
    if (taken.length > 0) await facts.put(seq, 'seq')
    return taken
  })
}

/** The same without room to write. A number that is not kept could be given twice, so there is none. */
async function takeNoted(core: Core, dueOf: (all: KeptScan[]) => KeptScan[]): Promise<KeptScan[]> {
  const due = dueOf(await listScans(core))
  for (const scan of due) core.unwritten.note(scan.scanId, onItsWay(scan))
  return due.map((scan) => ({ ...scan, ...onItsWay(scan) }))
}

const onItsWay = ({ state, tries }: KeptScan): Pick<KeptScan, 'state' | 'tries'> => ({
  state: state === 'kept' ? 'sent' : state,
  tries: tries + 1,
})

const sending = (core: Core) => {
  const { db, now, changed, unwritten, unsent } = core
  return {
    /**
     * The oldest of the queue. `venueIds`: those that this phone may speak for; a phone that was linked elsewhere meanwhile keeps
     * the others.
     */
    async take(most: number, venueIds: readonly string[] | null = null): Promise<KeptScan[]> {
      const dueOf = (all: KeptScan[]) =>
        all
          .filter((scan) => (scan.state === 'kept' || scan.mustTellAgain) && !isSetAside(scan, now()))
          .filter(({ venueId }) => venueIds === null || venueIds.includes(venueId))
          .slice(0, most)
      const taken = await takeWritten(core, dueOf).catch(() => takeNoted(core, dueOf))
      for (const { scanId } of taken) unsent.delete(scanId)
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
      await unwritten.writeDown()
      const tx = db.transaction(['scans', 'acts', 'facts'], 'readwrite', durable)
      const acts = tx.objectStore('acts')
      for (const scan of await tx.objectStore('scans').getAll()) {
        const { scanId, venueId, tries, state, correctedTo } = scan
        const wasAccepted = tries > 0 && (state === 'accepted' || state === 'undone')
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
