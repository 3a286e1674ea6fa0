import { appendFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateBooks } from '@carnet/api/books/generate-books.ts'
import type { Keyring } from '@carnet/api/keyring/keyring.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { expect, test } from 'vitest'
import { givenBooksWorld } from '../../helpers/books-world.ts'
import { watchDisk } from '../../helpers/codes-on-disk.ts'

const logged: string[] = []
const world = await givenBooksWorld({ log: (line) => logged.push(line) })
const { app, db, sql, keyring, clock, people, post } = world
const disk = await watchDisk(sql)
const bookCount = 100

/** An approved run, and some of its codes, known before anything of it is made: its key gives them. */
async function givenKnownRun() {
  const { id } = await world.givenAgreed()
  const run = await world.givenRequested(id, bookCount, 50)
  await post(`/print-runs/${run.id}/proof-approval`, undefined, people.state)
  keyring.createRunKey(run.id, '2026-03-10')
  const indexes = Array.from({ length: 12 }, (_, at) => Math.floor((at * bookCount * 10) / 12))
  return { run, codes: indexes.map((index) => keyring.runCode(run.id, index)!) }
}

/** The codes of a run are made with this keyring; `half` is called in the middle. */
async function generateWith(runId: string, change: Partial<Keyring>, half: () => void) {
  let sealed = 0
  const watched: Keyring = { ...keyring, ...change }
  const sealBlockHash: Keyring['sealBlockHash'] = (code) => {
    if (++sealed === (bookCount * 10) / 2) half()
    return watched.sealBlockHash(code)
  }
  const actor = people.second.actor
  await generateBooks(createContext({ db, keyring: { ...watched, sealBlockHash }, now: () => clock.now, actor }), runId)
}

async function takeWhole(path: string, half: () => void): Promise<Buffer> {
  const reply = await app.request(path, { headers: people.coordinator.headers })
  expect(reply.status).toBe(200)
  const pieces: Uint8Array[] = []
  for await (const piece of reply.body!) {
    if (pieces.push(piece) === 3) half()
  }
  return Buffer.concat(pieces)
}

test('the codes of a run are on no disk while they are made, printed and encrypted, nor afterwards', async () => {
  const { run, codes } = await givenKnownRun()
  const seen: string[][] = []
  const look = () => void seen.push(disk.findCodes(codes))
  await generateWith(run.id, {}, look)
  look()
  const pdf = await takeWhole(`/api/v1/print-runs/${run.id}/books.pdf?lastCover=30`, look)
  const artefact = await takeWhole(`/api/v1/print-runs/${run.id}/artefact.age`, look)
  await disk.flush()
  look()
  expect(seen).toEqual([[], [], [], [], []])
  expect(disk.countFiles()).toBeGreaterThan(20)
  expect(pdf.length + artefact.length).toBeGreaterThan(100_000)
  expect(logged).toEqual([])
})

test('the same look finds a temporary file, and a code in a table, of a careless program', async () => {
  const hoarded = join(mkdtempSync(join(tmpdir(), 'carnet-careless-')), 'codes.tmp')
  const first = await givenKnownRun()
  const hoard = (code: Uint8Array) => {
    appendFileSync(hoarded, `${Buffer.from(code).toString('hex')}\n`)
    return keyring.sealBlockHash(code)
  }
  await generateWith(first.run.id, { sealBlockHash: hoard }, () => {})
  expect(disk.findCodes(first.codes)).toEqual([hoarded])

  const second = await givenKnownRun()
  await generateWith(second.run.id, { sealBlockHash: (code) => Buffer.from(code) }, () => {})
  await disk.flush()
  const found = disk.findCodes(second.codes)
  expect(found.some((file) => file.includes('/base/'))).toBe(true)
  expect(found.some((file) => file.includes('/pg_wal/'))).toBe(true)
})
