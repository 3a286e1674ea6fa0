import { isAnswerTo } from '@carnet/scanner-pwa/phone/server.ts'
import { bundleAge } from '@carnet/scanner-pwa/queue/scan.ts'
import { sendQueue, type Trouble } from '@carnet/scanner-pwa/queue/send.ts'
import { describe, expect, test } from 'vitest'
import { fakeServer, givenQueue, newScan } from '../helpers/phone-queue.ts'

describe('a scan on the phone', () => {
  test('is kept before anything is sent, and survives a crash a moment later', async () => {
    const queue = await givenQueue()
    const { scanId } = await queue.kept()
    await queue.restart()
    expect(await queue.outbox.list()).toMatchObject([{ scanId, state: 'kept', tries: 0 }])
  })

  test('that was on its way when the phone died is sent again, with the same id, number and envelope', async () => {
    const queue = await givenQueue()
    await queue.kept()
    const [taken] = await queue.outbox.take(50)
    expect(await queue.states()).toEqual(['sent'])
    await queue.restart()
    const server = fakeServer()
    await queue.send(server)
    expect(server.requests).toEqual([{ ids: [taken!.scanId], seqs: [1] }])
    expect(await queue.states()).toEqual(['accepted'])
  })

  test('has an outcome of its own: one refusal leaves its neighbours alone', async () => {
    const queue = await givenQueue()
    const [first, bad, last] = [await queue.kept(), await queue.kept(), await queue.kept()]
    await queue.send(
      fakeServer(({ scanId }) =>
        scanId === bad.scanId
          ? { outcome: 'refused', reason: 'already_used' }
          : { outcome: 'accepted', paidOn: '2026-04-07' },
      ),
    )
    expect(await queue.outbox.list()).toMatchObject([
      { scanId: first.scanId, state: 'accepted', answer: { paidOn: '2026-04-07' } },
      { scanId: bad.scanId, state: 'refused', answer: { reason: 'already_used' } },
      { scanId: last.scanId, state: 'accepted' },
    ])
  })

  test('waits when the server says to retry, and is never called refused', async () => {
    const queue = await givenQueue()
    await queue.kept()
    await expect(queue.send(fakeServer(() => ({ outcome: 'retry' })))).rejects.toThrow('retry')
    expect(await queue.outbox.list()).toMatchObject([{ state: 'kept', isUnverified: true }])
    await queue.send(fakeServer())
    expect(await queue.states()).toEqual(['accepted'])
  })

  test('leaves the phone a week after its answer, and a refusal that nobody saw never does', async () => {
    const queue = await givenQueue()
    const refused = await queue.kept()
    await queue.kept()
    await queue.send(
      fakeServer(({ scanId }) =>
        scanId === refused.scanId ? { outcome: 'refused', reason: 'expired' } : { outcome: 'accepted' },
      ),
    )
    await queue.kept()
    queue.clock.now += 30 * 86_400_000
    await queue.restart()
    expect(await queue.states()).toEqual(['refused', 'kept'])
    await queue.outbox.file(refused.scanId)
    await queue.restart()
    expect(await queue.states()).toEqual(['kept'])
  })
})

describe('no answer, whatever the reason', () => {
  const troubles: Trouble[] = ['offline', 'busy', 'not_enrolled', 'update']
  test.each(troubles)('%s keeps the whole queue as it is', async (trouble) => {
    const queue = await givenQueue()
    await queue.kept()
    await queue.kept()
    const server = fakeServer()
    server.troubles.push({ trouble, isHeard: false })
    await expect(queue.send(server)).rejects.toMatchObject({ trouble })
    expect(await queue.states()).toEqual(['kept', 'kept'])
  })

  test('a request that is too large is halved until it fits', async () => {
    const queue = await givenQueue()
    for (let count = 0; count < 9; count++) await queue.kept()
    const server = fakeServer()
    server.largest = 3
    await queue.send(server)
    expect(new Set(await queue.states())).toEqual(new Set(['accepted']))
    expect(server.requests.slice(0, 3).map(({ ids }) => ids.length)).toEqual([9, 5, 3])
  })

  test('one scan that cannot be read holds up nobody and stays', async () => {
    const queue = await givenQueue()
    const [, bad] = [await queue.kept(), await queue.kept(), await queue.kept()]
    const server = fakeServer()
    const readable = server.sendScans
    server.sendScans = async (scans) => {
      if (scans.some(({ scanId }) => scanId === bad!.scanId))
        server.troubles.unshift({ trouble: 'unreadable', isHeard: false })
      return readable(scans)
    }
    await queue.send(server)
    expect(await queue.states()).toEqual(['accepted', 'kept', 'accepted'])
    expect((await queue.outbox.list())[1]!.troubleAt).not.toBeNull()
    queue.clock.now += 2 * 3_600_000
    await queue.send(fakeServer())
    expect(await queue.states()).toEqual(['accepted', 'accepted', 'accepted'])
  })
})

describe('caps', () => {
  test('40 unsent scans, and room again once they are answered', async () => {
    const queue = await givenQueue()
    for (let count = 0; count < 40; count++) await queue.kept()
    expect(await queue.outbox.keep(newScan())).toBe('full')
    await queue.send(fakeServer())
    expect(await queue.outbox.keep(newScan())).toMatchObject({ state: 'kept', rank: 41 })
  })

  test('10 of them typed', async () => {
    const queue = await givenQueue()
    for (let count = 0; count < 10; count++) await queue.kept(newScan({ isTyped: true }))
    expect(await queue.outbox.keep(newScan({ isTyped: true }))).toBe('full_of_typed')
    expect(await queue.outbox.keep(newScan())).toMatchObject({ state: 'kept' })
  })
})

describe('undoing', () => {
  test('a scan never tried only leaves the queue: nobody else knows it, and no number is missing', async () => {
    const queue = await givenQueue()
    const { scanId } = await queue.kept()
    await queue.kept()
    expect(await queue.outbox.undo(scanId)).toBe('removed')
    const server = fakeServer()
    await queue.send(server)
    expect(server.requests.map(({ seqs }) => seqs)).toEqual([[1]])
    expect(await queue.states()).toEqual(['undone', 'accepted'])
  })

  test('an accepted scan is told to the server, also when the network comes back later', async () => {
    const queue = await givenQueue()
    const server = fakeServer()
    const { scanId } = await queue.kept()
    await queue.send(server)
    expect(await queue.outbox.undo(scanId)).toBe('queued')
    server.troubles.push({ trouble: 'offline', isHeard: false })
    await expect(queue.send(server)).rejects.toThrow('offline')
    await queue.restart()
    expect(await queue.outbox.list()).toMatchObject([{ state: 'accepted', isChanging: true }])
    await queue.send(server)
    expect(await queue.outbox.list()).toMatchObject([{ state: 'undone', isChanging: false }])
    expect(server.stories.get(scanId)?.now).toBe('reversed')
  })

  test('a scan whose answer was lost leaves a tombstone first, so that it can never be paid', async () => {
    const queue = await givenQueue()
    const server = fakeServer()
    const { scanId } = await queue.kept()
    server.troubles.push({ trouble: 'offline', isHeard: false })
    await expect(queue.send(server)).rejects.toThrow()
    await queue.outbox.undo(scanId)
    await queue.send(server)
    expect(server.stories.get(scanId)).toMatchObject({ outcome: 'refused', reason: 'withdrawn' })
    expect(await queue.states()).toEqual(['undone'])
  })

  test('too late, the scan stays what the server says it is', async () => {
    const queue = await givenQueue()
    const { scanId } = await queue.kept()
    const server = fakeServer()
    await queue.send(server)
    await queue.outbox.undo(scanId)
    server.troubles.push({ trouble: 'refused', isHeard: false })
    await queue.send(server)
    expect(await queue.outbox.list()).toMatchObject([{ state: 'accepted', isChanging: false }])
  })
})

describe('after a restore', () => {
  test('what was accepted in a week is told again, undone ones too, and comes to the same', async () => {
    const queue = await givenQueue()
    const before = fakeServer()
    const [old, undone] = [await queue.kept(), await queue.kept()]
    await queue.send(before)
    await queue.outbox.undo(undone.scanId)
    await queue.send(before)
    await queue.outbox.tellAgain('two')
    const restored = fakeServer()
    await queue.send(restored)
    expect(restored.requests.flatMap(({ ids }) => ids).sort()).toEqual([old.scanId, undone.scanId].sort())
    expect(restored.stories.get(undone.scanId)).toMatchObject({ reason: 'withdrawn' })
    expect(await queue.states()).toEqual(['accepted', 'undone'])
  })

  test('a corrected service is corrected again, and a refusal is not told: it may rest on a scan yet to come', async () => {
    const queue = await givenQueue()
    const [corrected, second] = [await queue.kept(), await queue.kept()]
    await queue.send(
      fakeServer(({ scanId }) =>
        scanId === second.scanId ? { outcome: 'refused', reason: 'already_used' } : { outcome: 'accepted' },
      ),
    )
    await queue.outbox.correct([corrected.scanId], 'A02')
    await queue.send(fakeServer())
    await queue.outbox.tellAgain('two')
    const restored = fakeServer()
    await queue.send(restored)
    expect(restored.requests.flatMap(({ ids }) => ids)).toEqual([corrected.scanId])
    expect(restored.corrections).toEqual([`${corrected.scanId} A02`])
    expect(await queue.outbox.list()).toMatchObject([{ state: 'accepted', service: 'A02' }, { state: 'refused' }])
  })

  test('that an answer in the middle of a batch tells of, nothing undone is accepted for a moment', async () => {
    const queue = await givenQueue()
    const undone = await queue.kept()
    await queue.send(fakeServer())
    await queue.outbox.undo(undone.scanId)
    await queue.send(fakeServer())
    await queue.kept()
    const restored = fakeServer()
    let isTold = false
    await sendQueue(queue.outbox, restored, async () => {
      if (!isTold) await queue.outbox.tellAgain('two')
      isTold = true
    })
    expect(restored.stories.get(undone.scanId)).toMatchObject({ outcome: 'refused', reason: 'withdrawn' })
  })
})

test('a phone linked elsewhere meanwhile keeps what it scanned for another place', async () => {
  const queue = await givenQueue()
  await queue.kept()
  const elsewhere = await queue.kept(newScan({ venueId: 'another' }))
  const server = fakeServer()
  await sendQueue(queue.outbox, server, async () => undefined, ['venue'])
  expect(await queue.states()).toEqual(['accepted', 'kept'])
  expect(await queue.outbox.list()).toMatchObject([{}, { scanId: elsewhere.scanId, tries: 0, seq: null }])
  await sendQueue(queue.outbox, server, async () => undefined, ['another'])
  expect(await queue.states()).toEqual(['accepted', 'accepted'])
})

test.each([
  ['a page of a hotel', '<html>'],
  ['an empty object', {}],
  ['fewer results than scans', { results: [{ scanId: 'a', outcome: 'accepted' }] }],
  ['results of other scans', { results: ['b', 'a'].map((scanId) => ({ scanId, outcome: 'accepted' })) }],
  ['an outcome that nobody knows', { results: ['a', 'b'].map((scanId) => ({ scanId, outcome: 'perhaps' })) }],
])('%s is no answer', (_, answer) => {
  const scans = [{ scanId: 'a' }, { scanId: 'b' }]
  const whole = typeof answer === 'string' ? answer : { serverTime: '2026-03-10T09:00:00Z', generation: 'g', ...answer }
  expect(isAnswerTo(scans, whole)).toBe(false)
  const right = { serverTime: '2026-03-10T09:00:00Z', generation: 'g', bundleEtag: '' }
  expect(isAnswerTo(scans, { ...right, results: scans.map((scan) => ({ ...scan, outcome: 'retry' })) })).toBe(true)
})

test('the rules of a phone are fresh for 20 days and serve 30', () => {
  const days = (count: number) => bundleAge(0, count * 86_400_000)
  expect([days(-400), days(-0.5), days(19), days(20), days(30), days(31), days(400)]).toEqual([
    'clock',
    'fresh',
    'fresh',
    'aged',
    'aged',
    'over',
    'over',
  ])
})
