import { expect, test } from 'vitest'
import { fakeServer, givenQueue } from '../helpers/phone-queue.ts'

test('a phone whose disk is full sends its queue all the same, each scan once, and shows only what the server said', async () => {
  const queue = await givenQueue()
  const [first, bad] = [await queue.kept(), await queue.kept()]
  const server = fakeServer(({ scanId }) =>
    scanId === bad.scanId ? { outcome: 'refused', reason: 'expired' } : { outcome: 'accepted', receipt: 'R' },
  )
  queue.disk.isFull = true
  server.troubles.push({ trouble: 'offline', isHeard: true })
  await expect(queue.send(server)).rejects.toThrow('offline')
  expect(await queue.states()).toEqual(['kept', 'kept'])
  await queue.send(server)
  await queue.send(server)
  const ids = [first.scanId, bad.scanId]
  // A number that could not be kept might be given twice.
  expect(server.requests).toEqual(Array(2).fill({ ids, seqs: [null, null] }))
  expect(await queue.outbox.list()).toMatchObject([
    { state: 'accepted', answer: { receipt: 'R' } },
    { state: 'refused' },
  ])
})

test('what a full disk could not take is written when there is room, or else asked again', async () => {
  const queue = await givenQueue()
  const server = fakeServer()
  await queue.kept()
  queue.disk.isFull = true
  await queue.send(server)
  await queue.restart()
  expect(await queue.states()).toEqual(['kept'])
  await queue.send(server)
  expect(await queue.states()).toEqual(['accepted'])
  queue.disk.isFull = false
  await queue.send(server)
  await queue.restart()
  expect(await queue.states()).toEqual(['accepted'])
  expect([server.requests.length, server.stories.size]).toEqual([2, 1])
  // Never numbered, and still what a restored server must hear.
  await queue.outbox.tellAgain('two')
  const restored = fakeServer()
  await queue.send(restored)
  expect(restored.stories.size).toBe(1)
})

test.each([false, true])(
  'a scan that was sent unwritten is undone at the server too (restarted: %s)',
  async (isRestarted) => {
    const queue = await givenQueue()
    const server = fakeServer()
    const { scanId } = await queue.kept()
    queue.disk.isFull = true
    server.troubles.push({ trouble: 'offline', isHeard: true })
    await expect(queue.send(server)).rejects.toThrow('offline')
    await expect(queue.outbox.undo(scanId)).rejects.toThrow()
    queue.disk.isFull = false
    if (isRestarted) await queue.restart()
    expect(await queue.outbox.undo(scanId)).toBe('queued')
    queue.disk.isFull = true
    await queue.send(server)
    expect(server.stories.get(scanId)).toMatchObject({ now: 'reversed' })
    expect(await queue.states()).toEqual(['undone'])
    expect(await queue.outbox.listActs()).toEqual([])
    queue.disk.isFull = false
    await queue.send(server)
    await queue.restart()
    expect(await queue.outbox.list()).toMatchObject([{ state: 'undone', isChanging: false }])
    expect(await queue.outbox.listActs()).toEqual([])
  },
)
