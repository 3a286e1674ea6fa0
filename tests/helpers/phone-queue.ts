import 'fake-indexeddb/auto'
import { randomUUID } from 'node:crypto'
import { createOutbox, type Result } from '@carnet/scanner-pwa/queue/outbox.ts'
import type { KeptScan, NewScan, PhoneContest } from '@carnet/scanner-pwa/queue/scan.ts'
import {
  type ContestAct,
  type ScanServer,
  ServerTrouble,
  sendQueue,
  type Trouble,
} from '@carnet/scanner-pwa/queue/send.ts'
import { openStore, type Store } from '@carnet/scanner-pwa/queue/store.ts'

const envelope = { key: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }, iv: 'iv', data: 'data' } as const

export const newScan = (also: Partial<NewScan> = {}): NewScan => ({
  scanId: randomUUID(),
  venueId: 'venue',
  workshopId: 'workshop',
  service: 'A01',
  day: '2026-03-10',
  isTyped: false,
  isTraining: false,
  euros: 10,
  mark: randomUUID(),
  envelope: { ...envelope, data: randomUUID() },
  isUnverified: false,
  ...also,
})

/** A store on a disk that may be full: then every write is taken back at its end, as browsers do. */
function onDisk(store: Store, disk: { isFull: boolean }): Store {
  const over = <Target extends object>(target: Target, also: (name: PropertyKey) => unknown): Target =>
    new Proxy(target, {
      get(_, name) {
        const value = also(name) ?? Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  const transaction = (...asked: Parameters<Store['transaction']>) => {
    const tx = store.transaction(...asked)
    return over(tx, (name) => {
      if (name === 'done' && disk.isFull && asked[1] === 'readwrite') tx.abort()
      return undefined
    })
  }
  return over(store, (name) => (name === 'transaction' ? transaction : undefined))
}

/** A phone's queue in a database of its own, with a clock that the test moves; `restart` is a crash and a new start. */
export async function givenQueue(name: string = randomUUID()) {
  const clock = { now: Date.parse('2026-03-10T09:00:00Z') }
  const disk = { isFull: false }
  const open = async () =>
    createOutbox(onDisk(await openStore(name), disk), { now: () => clock.now, changed: () => undefined })
  const queue = {
    clock,
    disk,
    outbox: await open(),
    async restart() {
      queue.outbox = await open()
      await queue.outbox.recover()
    },
    async kept(scan: NewScan = newScan()): Promise<KeptScan> {
      const kept = await queue.outbox.keep(scan)
      if (typeof kept === 'string') throw new Error(`the queue is ${kept}`)
      return kept
    },
    send: (server: ScanServer) => sendQueue(queue.outbox, server, async () => undefined),
    async states(): Promise<string[]> {
      return (await queue.outbox.list()).map(({ state }) => state)
    },
  }
  return queue
}

/** A server that knows scans by their id, as the real one: one story each. `fate` says how it ends for a scan never seen. */
export function fakeServer(fate: (scan: KeptScan) => Omit<Result, 'scanId'> = () => ({ outcome: 'accepted' })) {
  const stories = new Map<string, Result>()
  const bodies = new Map<string, string>()
  const server = {
    stories,
    /** Requests as they came, for what is said in them. */
    requests: [] as { ids: string[]; seqs: (number | null)[] }[],
    /** The next requests end like this: before the server heard them, or after. */
    troubles: [] as { trouble: Trouble; isHeard: boolean }[],
    largest: 50,
    async sendScans(scans: readonly KeptScan[]) {
      server.requests.push({ ids: scans.map(({ scanId }) => scanId), seqs: scans.map(({ seq }) => seq) })
      const trouble = server.troubles.shift()
      if (trouble && !trouble.isHeard) throw new ServerTrouble(trouble.trouble)
      if (scans.length > server.largest) throw new ServerTrouble('too_large')
      const results = scans.map((scan) => {
        const body = JSON.stringify([scan.venueId, scan.envelope])
        const sent = bodies.get(scan.scanId) ?? body
        if (sent !== body) throw new Error('a kept scan was changed')
        bodies.set(scan.scanId, body)
        const story = stories.get(scan.scanId) ?? { scanId: scan.scanId, ...fate(scan) }
        if (story.outcome !== 'retry') stories.set(scan.scanId, story)
        return story
      })
      if (trouble) throw new ServerTrouble(trouble.trouble)
      return { serverTime: '', generation: '', bundleEtag: '', results }
    },
    async reverse(scanId: string) {
      const trouble = server.troubles.shift()
      if (trouble && !trouble.isHeard) throw new ServerTrouble(trouble.trouble)
      const story = stories.get(scanId)
      if (story?.outcome === 'refused' && story.reason !== 'withdrawn') throw new ServerTrouble('refused')
      stories.set(scanId, story ? { ...story, now: 'reversed' } : { scanId, outcome: 'refused', reason: 'withdrawn' })
      if (trouble) throw new ServerTrouble(trouble.trouble)
    },
    corrections: [] as string[],
    async correct(scanId: string, service: string) {
      server.corrections.push(`${scanId} ${service}`)
    },
    contests: [] as string[],
    async contest({ scanId, reason }: ContestAct): Promise<PhoneContest> {
      const trouble = server.troubles.shift()
      if (trouble && !trouble.isHeard) throw new ServerTrouble(trouble.trouble)
      server.contests.push(scanId)
      if (trouble) throw new ServerTrouble(trouble.trouble)
      return { reason, state: 'open' }
    },
  }
  return server
}
