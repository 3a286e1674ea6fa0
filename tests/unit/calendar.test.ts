import {
  easterSunday,
  isBankDay,
  nextBankDay,
  nextPayoutOn,
  payoutDayOf,
  releaseDayOf,
} from '@carnet/api/calendar/calendar.ts'
import { addDays } from '@carnet/api/shared/days.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test.each([
  [2000, '2000-04-23'],
  [2024, '2024-03-31'],
  [2025, '2025-04-20'],
  [2026, '2026-04-05'],
  [2027, '2027-03-28'],
  [2038, '2038-04-25'],
  [2285, '2285-03-22'],
])('Easter of %i is %s', (year, day) => {
  expect(easterSunday(year)).toBe(day)
})

test('banks are closed on the six days of TARGET and at weekends, and on no other day of 2026', () => {
  const closed = Array.from({ length: 365 }, (_, at) => addDays('2026-01-01', at)).filter((day) => !isBankDay(day))
  const onWeekdays = closed.filter((day) => ![0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay()))
  expect(onWeekdays).toEqual(['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-01', '2026-12-25'])
  expect(closed).toHaveLength(104 + onWeekdays.length)
})

test('French holidays that TARGET does not know are bank days', () => {
  for (const day of ['2026-05-08', '2026-05-14', '2026-07-14', '2026-11-11']) expect(isBankDay(day)).toBe(true)
})

test('venues are paid on the 5th of the next month or the first bank day after it', () => {
  expect(payoutDayOf('2026-01-01')).toBe('2026-02-05')
  expect(payoutDayOf('2026-06-01')).toBe('2026-07-06') // the 5th is a Sunday
  expect(payoutDayOf('2026-12-01')).toBe('2027-01-05')
  expect(nextPayoutOn('2026-02-28')).toBe('2026-03-05')
  expect(payoutDayOf('2042-03-01')).toBe('2042-04-08') // 4 April 2042 is Good Friday, the 7th Easter Monday
})

test('statistics are published on the 10th of the next month or the first bank day after it', () => {
  expect(releaseDayOf('2026-03-15')).toBe('2026-04-10')
  expect(releaseDayOf('2026-09-01')).toBe('2026-10-12') // the 10th is a Saturday
})

test('the next bank day is at most five days away and never goes back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 36_500 }), (at) => {
      const day = addDays('2020-01-01', at)
      const next = nextBankDay(day)
      expect(isBankDay(next)).toBe(true)
      expect(next >= day && next <= addDays(day, 5)).toBe(true)
    }),
  )
})
