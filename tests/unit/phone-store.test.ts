import 'fake-indexeddb/auto'
import { randomUUID } from 'node:crypto'
import { readRescueFile } from '@carnet/scanner-pwa/queue/rescue.ts'
import { openStore } from '@carnet/scanner-pwa/queue/store.ts'
import { openDB } from 'idb'
import { expect, test } from 'vitest'
import { fakeServer, givenQueue, newScan } from '../helpers/phone-queue.ts'

/** A phone of the version before, as it wrote: 40 scans that wait, two of them on their way when the app was closed. */
async function givenPhoneOfVersion1(): Promise<{ name: string; ids: string[] }> {
  const name = randomUUID()
  const db = await openDB(name, 1, {
    upgrade(db) {
      db.createObjectStore('facts')
      db.createObjectStore('scans', { keyPath: 'scanId' }).createIndex('order', 'order', { unique: true })
      db.createObjectStore('workshops', { keyPath: 'id' })
      db.createObjectStore('acts', { keyPath: 'id', autoIncrement: true })
    },
  })
  const rest = { keptAt: 0, answer: {}, settledAt: null, isChanging: false, troubleAt: null, isFiled: false }
  const ids: string[] = []
  for (let order = 1; order <= 40; order++) {
    const isSent = order <= 2
    const scan = { ...newScan(), order, rank: order, ...rest, mustTellAgain: false }
    await db.add('scans', {
      ...scan,
      state: isSent ? 'sent' : 'kept',
      seq: isSent ? order : null,
      tries: isSent ? 1 : 0,
    })
    ids.push(scan.scanId)
  }
  await db.put('facts', 2, 'seq')
  db.close()
  return { name, ids }
}

test('a newer app finds the 40 scans of the version before, and sends each once', async () => {
  const { name, ids } = await givenPhoneOfVersion1()
  const queue = await givenQueue(name)
  await queue.outbox.recover()
  expect((await queue.outbox.list()).map(({ scanId }) => scanId)).toEqual(ids)
  const server = fakeServer()
  await queue.send(server)
  expect(server.requests.flatMap((request) => request.ids)).toEqual(ids)
  expect(server.requests.flatMap(({ seqs }) => seqs)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1))
  expect(new Set(await queue.states())).toEqual(new Set(['accepted']))
})

test('an app that cannot open the memory of a newer one loses nothing, and saves the queue to a file', async () => {
  const { name, ids } = await givenPhoneOfVersion1()
  ;(await openDB(name, 99)).close()
  await expect(openStore(name)).rejects.toThrow()
  const file = await readRescueFile(name)
  expect(file!.scans.map(({ scanId }) => scanId)).toEqual(ids)
  expect(Object.keys(file!.scans[5]!).sort()).toEqual(['envelope', 'scanId', 'venueId'])
  expect(file!.scans[0]).toMatchObject({ seq: 1 })
})

test('looking for a queue where there is none leaves a memory that can be opened', async () => {
  const name = randomUUID()
  expect(await readRescueFile(name)).toBeNull()
  const queue = await givenQueue(name)
  await queue.kept()
  expect(await queue.states()).toEqual(['kept'])
})

test('what was undone and not told is in the file, and what was answered is not', async () => {
  const name = randomUUID()
  const queue = await givenQueue(name)
  const answered = await queue.kept()
  await queue.send(fakeServer())
  await queue.outbox.undo(answered.scanId)
  const { scanId } = await queue.kept()
  const file = await readRescueFile(name)
  expect(file!.scans.map((scan) => scan.scanId)).toEqual([scanId])
  expect(file!.reversals).toEqual([{ scanId: answered.scanId, venueId: 'venue' }])
})
