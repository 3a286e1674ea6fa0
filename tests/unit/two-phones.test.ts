import type { Result } from '@carnet/scanner-pwa/queue/outbox.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newScan } from '../helpers/phone-queue.ts'
import { type Fate, fates, liveTogether, type TestServer } from '../helpers/two-phones.ts'

const numRuns = Number(process.env.INTERLEAVINGS ?? 1_000)

/** Knows a scan by its id and a voucher by its mark, as the database does; `isBroken` forgets the first. */
function modelServer({ isBroken = false } = {}) {
  const stories = new Map<string, Result>()
  const spent = new Map<string, string>()
  const server: TestServer = {
    async answer(_, scans) {
      return scans.map(({ scanId, mark }) => {
        const known = isBroken ? undefined : stories.get(scanId)
        if (known) return known
        const isFree = !spent.has(mark)
        const story: Result = isFree
          ? { scanId, outcome: 'accepted' }
          : { scanId, outcome: 'refused', reason: 'already_used' }
        if (isFree) spent.set(mark, scanId)
        stories.set(scanId, story)
        return story
      })
    },
    restore() {
      stories.clear()
      spent.clear()
    },
  }
  return { server, stories, spent }
}

const lives = fc.record({
  scheduler: fc.scheduler(),
  fates: fc.infiniteStream(fc.constantFrom<Fate>(...fates)),
})

async function judge(model: ReturnType<typeof modelServer>, life: { scheduler: fc.Scheduler; fates: fc.Stream<Fate> }) {
  // Both hold the same voucher; each has another one of its own, so that batches are of one or of two.
  const scans = [
    [newScan({ mark: 'one' }), newScan({ mark: 'a' })],
    [newScan({ mark: 'b' }), newScan({ mark: 'one' })],
  ]
  let count = 0
  // After ten misfortunes the network is healed: what is shown is that everything ends.
  const fateOf = () => (count++ < 10 ? life.fates.next().value : 'ok')
  const phones = (await liveTogether(life.scheduler, model.server, scans, fateOf)).flat()
  const ofVoucher = phones.filter(({ mark }) => mark === 'one')
  expect(ofVoucher.map(({ state }) => state).sort()).toEqual(['accepted', 'refused'])
  expect(ofVoucher.find(({ state }) => state === 'accepted')!.scanId).toBe(model.spent.get('one'))
  expect(phones.filter(({ mark }) => mark !== 'one').map(({ state }) => state)).toEqual(['accepted', 'accepted'])
  expect(model.spent.size).toBe(3)
}

test(`two phones and one voucher, ${numRuns} interleavings: exactly one accepted, and both phones know which`, async () => {
  await fc.assert(
    fc.asyncProperty(lives, (life) => judge(modelServer(), life)),
    { numRuns },
  )
}, 600_000)

test('a server that forgets the ids of scans is caught', async () => {
  await expect(
    fc.assert(
      fc.asyncProperty(lives, (life) => judge(modelServer({ isBroken: true }), life)),
      { numRuns: 200 },
    ),
  ).rejects.toThrow()
})
