import { isEmpty, rescueFile } from '@carnet/scanner-pwa/queue/rescue.ts'
import { expect, test } from 'vitest'
import { fakeServer, givenQueue } from '../helpers/phone-queue.ts'

test('a saved queue holds what waits, and what was undone, corrected or contested and not yet told', async () => {
  const queue = await givenQueue()
  const [undone, corrected, contested] = [await queue.kept(), await queue.kept(), await queue.kept()]
  await queue.send(
    fakeServer(({ scanId }) =>
      scanId === contested.scanId ? { outcome: 'refused', reason: 'expired' } : { outcome: 'accepted' },
    ),
  )
  await queue.outbox.undo(undone.scanId)
  await queue.outbox.correct([corrected.scanId], 'A02')
  await queue.outbox.contest(contested.scanId, 'rule_is_wrong')
  const kept = await queue.kept()
  const file = rescueFile(await queue.outbox.list(), await queue.outbox.listActs())
  expect(file).toEqual({
    format: 'carnet-queue-1',
    scans: [{ scanId: kept.scanId, venueId: 'venue', envelope: kept.envelope }],
    reversals: [{ scanId: undone.scanId, venueId: 'venue' }],
    corrections: [{ scanId: corrected.scanId, service: 'A02' }],
    contests: [{ scanId: contested.scanId, reason: 'rule_is_wrong', service: 'A01', day: '2026-03-10' }],
  })
  expect(isEmpty(file)).toBe(false)
  expect(isEmpty(rescueFile([], []))).toBe(true)
})
