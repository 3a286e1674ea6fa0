import { createOutbox, type Outbox } from '@carnet/scanner-pwa/queue/outbox.ts'
import type { KeptScan } from '@carnet/scanner-pwa/queue/scan.ts'
import { type ScanServer, type ScansAnswer, ServerTrouble, sendQueue } from '@carnet/scanner-pwa/queue/send.ts'
import { openStore } from '@carnet/scanner-pwa/queue/store.ts'
import type { Scheduler } from 'fast-check'
import 'fake-indexeddb/auto'
import { randomUUID } from 'node:crypto'

/** What may happen to one request on its way. `restart` takes every request under way with it. */
export type Fate = 'ok' | 'lost' | 'answer_lost' | 'twice' | 'restart' | 'restore'
export const fates: readonly Fate[] = ['ok', 'ok', 'lost', 'answer_lost', 'twice', 'restart', 'restore']

/** A server behind a bad network. `restore`: it forgets what it knew, and says so by another generation. */
export type TestServer = {
  answer: (phone: number, scans: readonly KeptScan[]) => Promise<ScansAnswer['results']>
  restore?: () => void
}

/**
 * Two phones that keep a scan each and try until they have an answer. The scheduler decides when each request arrives and when its
 * answer does; `fateOf` what becomes of it. Resolves with both phones as they are in the end.
 */
export async function liveTogether(
  scheduler: Scheduler,
  server: TestServer,
  scans: readonly (readonly Parameters<Outbox['keep']>[0][])[],
  fateOf: () => Fate,
): Promise<KeptScan[][]> {
  let epoch = 0
  let generation = 0
  const stray: Promise<unknown>[] = []

  const serverOf = (phone: number): ScanServer => ({
    reverse: async () => undefined,
    correct: async () => undefined,
    contest: async ({ reason }) => ({ reason, state: 'open' }),
    async sendScans(batch) {
      const fate = fateOf()
      const begun = epoch
      await scheduler.schedule(Promise.resolve(), `request of ${phone}: ${fate}`)
      if (fate === 'restart') epoch += 1
      if (fate === 'restore' && server.restore) {
        server.restore()
        generation += 1
      }
      if (fate === 'lost' || epoch !== begun) throw new ServerTrouble('offline')
      const handle = () => server.answer(phone, batch)
      if (fate === 'twice') stray.push(scheduler.schedule(Promise.resolve(), `copy of ${phone}`).then(handle))
      const results = await handle()
      const told = generation
      await scheduler.schedule(Promise.resolve(), `answer to ${phone}`)
      if (fate === 'answer_lost' || epoch !== begun) throw new ServerTrouble('offline')
      return { serverTime: '', generation: String(told), bundleEtag: '', results }
    },
  })

  async function live(phone: number, own: readonly Parameters<Outbox['keep']>[0][]) {
    const open = async () => createOutbox(await openStore(name), { now: () => 0, changed: () => undefined })
    const name = randomUUID()
    const outbox = await open()
    for (const scan of own) await outbox.keep(scan)
    let known = '0'
    const hear = async (answer: ScansAnswer) => {
      if (answer.generation !== known) await outbox.tellAgain(answer.generation)
      known = answer.generation
    }
    const isDone = async () => (await outbox.list()).every(({ state }) => state === 'accepted' || state === 'refused')
    while (!(await isDone())) {
      await sendQueue(outbox, serverOf(phone), hear).catch(() => undefined)
      await outbox.recover()
    }
    // The rules are read again now and then: they tell a restore too.
    return { outbox, meet: async () => known !== String(generation) && (await outbox.tellAgain(String(generation))) }
  }

  const phones = await scheduler.waitFor(Promise.all(scans.map((own, phone) => live(phone, own))))
  await scheduler.waitFor(Promise.all(stray))
  for (const [phone, { outbox, meet }] of phones.entries()) {
    await meet()
    const last: ScanServer = { ...serverOf(phone), sendScans: (batch) => lastWord(server, phone, batch) }
    await sendQueue(outbox, last, async () => undefined)
  }
  return Promise.all(phones.map(({ outbox }) => outbox.list()))
}

const lastWord = async (server: TestServer, phone: number, batch: readonly KeptScan[]): Promise<ScansAnswer> => ({
  serverTime: '',
  generation: '',
  bundleEtag: '',
  results: await server.answer(phone, batch),
})
