/** A few threads that print, so that the server goes on meanwhile. They start with the first print and hold no process up. */
import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { BookFace, MarkedBook } from './book-pdf.ts'
import type { Answered, Asked, Done, Work } from './printing-thread.ts'
import type { Mask } from './qr-symbol.ts'

type Waiting = { resolve: (done: Done) => void; reject: (error: Error) => void }
type Thread = { worker: Worker; waiting: Map<number, Waiting> }
export type OpenFile = {
  print: (books: readonly MarkedBook[]) => Promise<Uint8Array>
  end: () => Promise<Uint8Array>
  forget: () => void
}

/** One core is left to the server. A thread holds about 100 MB: not more than four. */
export const threadCount = Math.min(4, Math.max(1, availableParallelism() - 1))
const resourceLimits = { maxOldGenerationSizeMb: 256 }

const threads: Thread[] = []
let lastId = 0

function start(): Thread {
  const worker = new Worker(new URL('./start-thread.mjs', import.meta.url), { resourceLimits })
  const thread: Thread = { worker, waiting: new Map() }
  worker.unref()
  worker.on('message', (answered: Answered) => {
    const asker = thread.waiting.get(answered.id)
    thread.waiting.delete(answered.id)
    if (thread.waiting.size === 0) worker.unref()
    if ('error' in answered) asker?.reject(new Error(answered.error))
    else asker?.resolve(answered.done)
  })
  const fail = (error: Error) => {
    const at = threads.indexOf(thread)
    if (at >= 0) threads.splice(at, 1)
    for (const { reject } of thread.waiting.values()) reject(error)
    thread.waiting.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('A printing thread ended')))
  return thread
}

function leastBusy(): Thread {
  if (threads.length < threadCount) threads.push(start())
  return threads.reduce((best, thread) => (thread.waiting.size < best.waiting.size ? thread : best))
}

function ask(thread: Thread, work: Work): Promise<Done> {
  const id = ++lastId
  thread.worker.ref()
  return new Promise((resolve, reject) => {
    thread.waiting.set(id, { resolve, reject })
    thread.worker.postMessage({ id, work } satisfies Asked)
  })
}

/** For each text the first mask under which every reader reads it. */
export const findMasks = async (texts: readonly string[]): Promise<Mask[]> =>
  (await ask(leastBusy(), { kind: 'find masks', texts })) as Mask[]

/** The proof of a run, drawn in a thread. */
export const drawProof = async (face: BookFace, book: MarkedBook): Promise<Uint8Array> =>
  (await ask(leastBusy(), { kind: 'prove', face, book })) as Uint8Array

/** A file that is drawn in one thread, piece by piece. Who gives up tells `forget`. */
export async function openFile(face: BookFace): Promise<OpenFile> {
  const thread = leastBusy()
  const file = randomUUID()
  await ask(thread, { kind: 'open', file, face })
  return {
    print: async (books) => (await ask(thread, { kind: 'print', file, books })) as Uint8Array,
    end: async () => (await ask(thread, { kind: 'end', file })) as Uint8Array,
    forget: () => void ask(thread, { kind: 'forget', file }).catch(() => {}),
  }
}
