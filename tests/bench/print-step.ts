/** One step of the printing bench in a process of its own, so that it can be killed, and its memory is its own. Tells by lines of JSON. */
import { createHash } from 'node:crypto'
import { generateBooks } from '@carnet/api/books/generate-books.ts'
import { progressOfGeneration } from '@carnet/api/books/generation-progress.ts'
import { makeArtefact } from '@carnet/api/books/make-artefact.ts'
import { makeBooksPdf } from '@carnet/api/books/pdf/make-books-pdf.ts'
import { progressOfPrinting } from '@carnet/api/books/pdf/print-progress.ts'
import { openKeyring } from '@carnet/api/keyring/keyring.ts'
import { createContext, type Person } from '@carnet/api/shared/context.ts'
import { connectDatabase } from '@carnet/db'
import { Decrypter } from 'age-encryption'

export type StepOrder = {
  kind: 'generate' | 'pdf' | 'artefact'
  url: string
  keyring: { directory: string; copyDirectory: string }
  runId: string
  actor: Person
  identity: string
  /** The hash of this many first bytes is told, too. */
  prefix: number
}

const order: StepOrder = JSON.parse(process.argv[2]!)
const { db, end } = connectDatabase(order.url, { role: 'carnet_app' })
const keyring = openKeyring(order.keyring)
const ctx = createContext({ db, keyring, now: () => new Date('2026-03-10T09:00:00Z'), actor: order.actor })
const tell = (line: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(line)}\n`)

async function hash(pieces: AsyncIterable<Uint8Array>) {
  const [whole, first] = [createHash('sha256'), createHash('sha256')]
  let bytes = 0
  for await (const piece of pieces) {
    whole.update(piece)
    if (bytes < order.prefix) first.update(piece.subarray(0, order.prefix - bytes))
    bytes += piece.length
    tell({ bytes, sha256: whole.copy().digest('hex') })
  }
  return { bytes, sha256: whole.digest('hex'), prefix: first.digest('hex') }
}

const steps = {
  generate: async () => {
    const pulse = setInterval(() => tell({ done: progressOfGeneration(order.runId)?.doneVouchers ?? 0 }), 50)
    const run = await generateBooks(ctx, order.runId)
    clearInterval(pulse)
    return { sha256: Buffer.from(run.artefactSha256!).toString('hex') }
  },
  pdf: async () => hash(await makeBooksPdf(ctx, order.runId, { publicUrl: 'https://carnet.example' })),
  artefact: async () => {
    const decrypter = new Decrypter()
    decrypter.addIdentity(order.identity)
    return hash(await decrypter.decrypt(await makeArtefact(ctx, order.runId)))
  },
}

let mostMemory = 0
const watch = setInterval(() => {
  mostMemory = Math.max(mostMemory, process.memoryUsage().rss)
}, 100)
const start = performance.now()
const result = await steps[order.kind]()
clearInterval(watch)
tell({
  result: { ...result, seconds: (performance.now() - start) / 1000, memoryMb: mostMemory / 2 ** 20 },
  left: progressOfPrinting(order.runId),
})
await end()
process.exit(0)
