import {
  answersKeptUntil,
  checkOpening,
  freezingDay,
  isLive,
  isMonthOver,
  isPreparingTime,
  type Period,
  type PeriodState,
  sealingAlarmOf,
  sealingDays,
  stateAfter,
} from '@carnet/api/periods/period.ts'
import { addMonths, daysBetween } from '@carnet/api/shared/days.ts'
import { expect, test } from 'vitest'

const periodOf = (id: number, state: PeriodState, also: Partial<Period> = {}): Period => ({
  ...{ id, state, month: '2026-03-01', openedOn: '2026-03-01', closedOn: null, frozenOn: null, sealedOn: null },
  ...{ sealedAuditHash: null, isAbandoned: false },
  ...also,
})

test('a period goes from open to sealing, one step after the other', () => {
  expect(stateAfter('open', 'close')).toBe('closed')
  expect(stateAfter('closed', 'freeze')).toBe('frozen')
  expect(stateAfter('frozen', 'seal')).toBe('sealing')
})

test.each([
  ['open', 'freeze'],
  ['open', 'seal'],
  ['closed', 'close'],
  ['closed', 'seal'],
  ['frozen', 'close'],
  ['sealing', 'freeze'],
  ['sealed', 'seal'],
  ['sealed', 'seal_from_records'],
] as const)('a period that is %s refuses to %s', (state, event) => {
  expect(() => stateAfter(state, event)).toThrowError(
    expect.objectContaining({ kind: 'conflict', code: `period_is_${state}` }),
  )
})

test('a fourth live period is not opened: scans are checked under three keys', () => {
  const three = [periodOf(2, 'frozen'), periodOf(3, 'closed'), periodOf(4, 'open')]
  expect(() => checkOpening([periodOf(1, 'sealed'), ...three])).toThrowError(
    expect.objectContaining({ code: 'too_many_live_periods', facts: { oldest: 2 } }),
  )
  expect(() => checkOpening([periodOf(2, 'sealed'), ...three.slice(1)])).not.toThrow()
})

test('a period that was given up is not live', () => {
  expect(isLive(periodOf(1, 'closed', { isAbandoned: true }))).toBe(false)
  expect(isLive(periodOf(1, 'sealing'))).toBe(true)
})

test('the next period lies ready from the 20th on, and the month is over on its first day', () => {
  expect([isPreparingTime('2026-03-19'), isPreparingTime('2026-03-20')]).toEqual([false, true])
  expect([isMonthOver(periodOf(1, 'open'), '2026-03-31'), isMonthOver(periodOf(1, 'open'), '2026-04-01')]).toEqual([
    false,
    true,
  ])
})

test('the days of sealing follow the end of the month', () => {
  expect(sealingDays('2026-03-01')).toEqual({
    from: '2026-05-01',
    reviewsPaidFrom: '2026-05-15',
    urgentFrom: '2026-05-25',
    until: '2026-05-29',
  })
  expect(freezingDay('2026-03-01', 3)).toBe('2026-04-03')
})

test.each([
  ['2026-05-14', null],
  ['2026-05-15', 'sealing_waits'],
  ['2026-05-24', 'sealing_waits'],
  ['2026-05-25', 'sealing_urgent'],
  ['2026-05-28', 'sealing_urgent'],
  ['2026-05-29', 'sealing_late'],
  ['2026-07-01', 'sealing_late'],
])('March not sealed on %s: %s', (today, alarm) => {
  expect(sealingAlarmOf('2026-03-01', today)).toBe(alarm)
})

test('no link lives longer than 90 days, and a period is sealed before the third month after it begins', () => {
  for (let month = '2026-01-01'; month < '2034-01-01'; month = addMonths(month, 1)) {
    expect(daysBetween(month, sealingDays(month).until)).toBeLessThan(90)
    expect(sealingDays(month).until < addMonths(month, 3)).toBe(true)
  }
})

test('answers are kept 13 months at least', () => {
  expect(answersKeptUntil('2026-05-01')).toBe('2027-06-30')
  expect(answersKeptUntil('2026-05-31')).toBe('2027-06-30')
})
