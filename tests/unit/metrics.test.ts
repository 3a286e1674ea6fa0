import { createMetrics, type ScanOutcome } from '@carnet/api/shared/metrics.ts'
import { mayReadMetrics } from '@carnet/api/shared/metrics-guard.ts'
import { describe, expect, test } from 'vitest'

function given(start: string) {
  const clock = { now: new Date(start) }
  const metrics = createMetrics(() => clock.now)
  const totals = () =>
    [...metrics.read([]).matchAll(/^carnet_scans_total\{outcome="(\w+)"\} (\d+)$/gm)].map(
      ([, name, n]) => `${name} ${n}`,
    )
  const count = (...outcomes: ScanOutcome[]) => metrics.countScans(outcomes.map((outcome) => ({ outcome })))
  const at = (time: string) => {
    clock.now = new Date(time)
  }
  return { metrics, totals, count, at }
}

test('a scan shows when its five minutes of the clock are over, and not before', () => {
  const { totals, count, at } = given('2026-03-10T09:02:00Z')
  count('accepted', 'accepted', 'refused', 'retry')
  expect(totals()).toEqual(['accepted 0', 'refused 0', 'retry 0'])
  at('2026-03-10T09:04:59.999Z')
  expect(totals()).toEqual(['accepted 0', 'refused 0', 'retry 0'])
  at('2026-03-10T09:05:00Z')
  expect(totals()).toEqual(['accepted 2', 'refused 1', 'retry 1'])
})

test('the first scan of a window is not shown with those before it', () => {
  const { totals, count, at } = given('2026-03-10T09:02:00Z')
  count('accepted')
  at('2026-03-10T09:06:00Z')
  count('accepted')
  expect(totals()[0]).toBe('accepted 1')
  at('2026-03-10T09:10:00Z')
  expect(totals()[0]).toBe('accepted 2')
})

test('a clock that is set back shows nothing early', () => {
  const { totals, count, at } = given('2026-03-10T09:07:00Z')
  count('accepted')
  at('2026-03-10T09:01:00Z')
  count('accepted')
  at('2026-03-10T09:09:00Z')
  expect(totals()[0]).toBe('accepted 0')
})

test('alarms are counted by their code', () => {
  const { metrics } = given('2026-03-10T09:00:00Z')
  const text = metrics.read(['sealing_late', 'no_open_period', 'sealing_late'])
  expect(text).toContain('carnet_alarms{code="sealing_late"} 2\ncarnet_alarms{code="no_open_period"} 1\n')
})

describe('who may read them', () => {
  const asking = {
    ...{ token: undefined, authorization: undefined, socketAddress: '127.0.0.1' },
    ...{ wasForwarded: false, isBehindProxy: false },
  }
  const token = 't'.repeat(32)

  test.each([
    ['yes', {}],
    ['yes', { socketAddress: '::1' }],
    ['yes', { socketAddress: '::ffff:127.0.0.1' }],
    ['nothing_here', { socketAddress: '192.0.2.1' }],
    ['nothing_here', { socketAddress: '::ffff:192.0.2.1' }],
    ['nothing_here', { socketAddress: undefined }],
    ['nothing_here', { wasForwarded: true }],
    ['nothing_here', { isBehindProxy: true }],
    ['yes', { token, authorization: `Bearer ${token}`, socketAddress: '192.0.2.1', isBehindProxy: true }],
    ['no_token', { token }],
    ['no_token', { token, authorization: `Bearer ${token}x` }],
    ['no_token', { token, authorization: token }],
  ] as const)('%s: %o', (answer, part) => {
    expect(mayReadMetrics({ ...asking, ...part })).toBe(answer)
  })
})
