import { ServerTrouble } from '@carnet/scanner-pwa/queue/send.ts'
import { expect, test } from 'vitest'
import { fakeServer, givenQueue } from '../helpers/phone-queue.ts'

const no = async () => {
  throw new ServerTrouble('refused')
}

test('a correction or an undoing that the server refuses leaves the scan as it was, and says so', async () => {
  const queue = await givenQueue()
  const [first, second] = [await queue.kept(), await queue.kept()]
  const server = fakeServer()
  await queue.send(server)
  await queue.outbox.correct([first.scanId], 'A02')
  await queue.outbox.undo(second.scanId)
  await queue.send({ ...server, correct: no, reverse: no })
  expect(await queue.outbox.list()).toMatchObject([
    { state: 'accepted', service: 'A01', isChanging: false, refusedAct: 'correction' },
    { state: 'accepted', isChanging: false, refusedAct: 'reversal' },
  ])
  await queue.outbox.correct([first.scanId], 'A03')
  await queue.send(server)
  expect(await queue.outbox.list()).toMatchObject([{ service: 'A03', refusedAct: null }, {}])
})

test('an undoing after one that was refused says only its own outcome', async () => {
  const queue = await givenQueue()
  const { scanId } = await queue.kept()
  const server = fakeServer()
  await queue.send(server)
  for (const ask of [() => queue.outbox.correct([scanId], 'A02'), () => queue.outbox.undo(scanId)]) {
    await ask()
    expect(await queue.outbox.list()).toMatchObject([{ isChanging: true, refusedAct: null }])
    await queue.send({ ...server, correct: no, reverse: no })
  }
  expect(await queue.outbox.list()).toMatchObject([{ state: 'accepted', refusedAct: 'reversal' }])
  await queue.outbox.undo(scanId)
  await queue.send(server)
  expect(await queue.outbox.list()).toMatchObject([{ state: 'undone', refusedAct: null }])
})
