import { reasonsAgainst } from '@carnet/api/contest-reasons'
import { refusalReasons } from '@carnet/api/redemptions/scan.ts'
import { mayContest } from '@carnet/scanner-pwa/queue/scan.ts'
import { describe, expect, test } from 'vitest'
import { fakeServer, givenQueue } from '../helpers/phone-queue.ts'

/** One voucher that was refused as used elsewhere. */
async function givenRefused(reason: 'already_used' | 'malformed_code' = 'already_used') {
  const queue = await givenQueue()
  const { scanId } = await queue.kept()
  const server = fakeServer(() => ({ outcome: 'refused', reason }))
  await queue.send(server)
  const one = async () => (await queue.outbox.list())[0]!
  return { queue, scanId, server, one }
}

describe('a contest on the phone', () => {
  test('is kept first, told once, and told again after a crash or a cut connection', async () => {
    const { queue, scanId, server, one } = await givenRefused()
    await queue.outbox.contest(scanId, 'not_used_before')
    await queue.outbox.contest(scanId, 'platform_down')
    await queue.restart()
    expect((await one()).contest).toEqual({ reason: 'not_used_before', state: 'queued' })
    for (const trouble of ['offline', 'busy', 'not_enrolled', 'update'] as const) {
      server.troubles.push({ trouble, isHeard: false })
      await expect(queue.send(server)).rejects.toThrow(trouble)
      expect((await one()).contest?.state).toBe('queued')
    }
    server.troubles.push({ trouble: 'offline', isHeard: true })
    await expect(queue.send(server)).rejects.toThrow('offline')
    await queue.send(server)
    await queue.send(server)
    expect(server.contests).toEqual([scanId, scanId])
    expect((await one()).contest).toEqual({ reason: 'not_used_before', state: 'open' })
    expect(await queue.outbox.listActs()).toEqual([])
  })

  test('shows its answer until somebody has seen it, however long that takes', async () => {
    const { queue, scanId, server, one } = await givenRefused()
    await queue.outbox.contest(scanId, 'not_used_before')
    await queue.send(server)
    const answer = { reason: 'not_used_before', state: 'upheld', answer: 'used_before' } as const
    await queue.outbox.hearContest(scanId, answer)
    queue.clock.now += 60 * 86_400_000
    await queue.restart()
    expect(await one()).toMatchObject({ state: 'refused', contest: answer })
    await queue.outbox.file(scanId)
    await queue.restart()
    expect(await queue.outbox.list()).toEqual([])
  })

  test('that a restored server does not know is told again', async () => {
    const { queue, scanId, server, one } = await givenRefused()
    await queue.outbox.contest(scanId, 'platform_down')
    await queue.send(server)
    await queue.outbox.hearContest(scanId, null)
    expect((await one()).contest?.state).toBe('queued')
    await queue.outbox.hearContest(scanId, null)
    await queue.send(server)
    expect(server.contests).toEqual([scanId, scanId])
  })

  test('that the server can no longer take says so, and stays in view', async () => {
    const { queue, scanId, server, one } = await givenRefused()
    await queue.outbox.contest(scanId, 'platform_down')
    server.troubles.push({ trouble: 'refused', isHeard: false })
    await queue.send(server)
    expect(await one()).toMatchObject({ isFiled: false, contest: { state: 'not_taken' } })
    expect(await queue.outbox.listActs()).toEqual([])
  })

  test('is for a refusal that somebody could mend', async () => {
    const { queue, scanId, one } = await givenRefused('malformed_code')
    expect(mayContest(await one())).toBe(false)
    await queue.outbox.contest(scanId, 'platform_down')
    expect((await one()).contest).toBeUndefined()
    const mended = refusalReasons.filter((reason) => reasonsAgainst(reason).length === 0)
    expect(mended.sort()).toEqual(['malformed_code', 'scan_id_reused', 'withdrawn'])
  })
})
