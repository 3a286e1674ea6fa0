import { isPending, retryDelayMs, roomFor, waitingSince } from '@carnet/scanner-pwa/queue/scan.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fakeServer, givenQueue } from '../helpers/phone-queue.ts'

type Step =
  | 'keep'
  | 'send'
  | 'lose_request'
  | 'lose_answer'
  | 'crash_while_sending'
  | 'restart'
  | 'undo'
  | 'fill_disk'
  | 'empty_disk'
const steps = fc.array(
  fc.constantFrom<Step>(
    'keep',
    'keep',
    'send',
    'lose_request',
    'lose_answer',
    'crash_while_sending',
    'restart',
    'undo',
    'fill_disk',
    'empty_disk',
  ),
  { minLength: 3, maxLength: 25 },
)

test('whatever is lost on the way, in the end the phone and the server tell one story of every scan', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (life) => {
      const queue = await givenQueue()
      const server = fakeServer()
      const kept: string[] = []
      const lose = async (isHeard: boolean) => {
        server.troubles.push({ trouble: 'offline', isHeard })
        await queue.send(server).catch(() => undefined)
        server.troubles.length = 0
      }
      for (const step of life) {
        if (step === 'fill_disk' || step === 'empty_disk') queue.disk.isFull = step === 'fill_disk'
        const fits = queue.disk.isFull ? () => undefined : undefined
        if (step === 'keep') await queue.kept().then(({ scanId }) => kept.push(scanId), fits)
        if (step === 'send') await queue.send(server)
        if (step === 'lose_request') await lose(false)
        if (step === 'lose_answer') await lose(true)
        if (step === 'crash_while_sending') await server.sendScans(await queue.outbox.take(50))
        if (step === 'crash_while_sending' || step === 'restart') await queue.restart()
        if (step === 'undo' && kept.length > 0) await queue.outbox.undo(kept[Math.floor(kept.length / 2)]!).catch(fits)
      }
      // A full disk stops no sending, and what it could not take is written later.
      await queue.send(server)
      expect((await queue.outbox.list()).filter(isPending)).toEqual([])
      queue.disk.isFull = false
      await queue.restart()
      await queue.send(server)

      const scans = await queue.outbox.list()
      expect(scans.map(({ scanId }) => scanId)).toEqual(kept)
      for (const { scanId, state } of scans) {
        const story = server.stories.get(scanId)
        const isPaid = story?.outcome === 'accepted' && story.now !== 'reversed'
        expect(state).toBe(isPaid ? 'accepted' : 'undone')
      }
    }),
    { numRuns: 150 },
  )
})

test('the wait doubles from 2 seconds to 15 minutes and is never the same on two phones', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (failures, random) => {
      const delay = retryDelayMs(failures, () => random)
      expect(delay).toBeGreaterThanOrEqual(1_000)
      expect(delay).toBeLessThanOrEqual(15 * 60_000)
    }),
  )
  expect(retryDelayMs(1, () => 1)).toBe(2_000)
  expect(retryDelayMs(3, () => 1)).toBe(8_000)
  expect(retryDelayMs(3, () => 0)).toBe(4_000)
  expect(retryDelayMs(50, () => 1)).toBe(15 * 60_000)
})

test('waiting scans are told from a day on, louder from three', async () => {
  const queue = await givenQueue()
  await queue.kept()
  const pending = await queue.outbox.list()
  const hours = (count: number) => waitingSince(pending, queue.clock.now + count * 3_600_000)
  expect([hours(0), hours(23), hours(24), hours(71), hours(72)]).toEqual([
    'fresh',
    'fresh',
    'late',
    'late',
    'very_late',
  ])
  expect(waitingSince([], queue.clock.now)).toBe('fresh')
  expect(roomFor(pending, true)).toBe('room')
})
