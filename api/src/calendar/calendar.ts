/** The days on which banks move money, and the dates of the scheme that follow from them. Pure. */
import { addDays, addMonths, type Day, type Month, monthOf, weekdayOf } from '../shared/days.ts'

/** Computus for the Gregorian calendar (Meeus, Jones and Butcher). */
export function easterSunday(year: number): Day {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114
  const month = String(Math.floor(f / 31)).padStart(2, '0')
  return `${year}-${month}-${String((f % 31) + 1).padStart(2, '0')}`
}

/** TARGET, the euro settlement system: closed at weekends, 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December. */
export function isBankDay(day: Day): boolean {
  const weekday = weekdayOf(day)
  if (weekday === 0 || weekday === 6) return false
  if (['01-01', '05-01', '12-25', '12-26'].includes(day.slice(5))) return false
  const easter = easterSunday(Number(day.slice(0, 4)))
  return day !== addDays(easter, -2) && day !== addDays(easter, 1)
}

export const nextBankDay = (day: Day): Day => (isBankDay(day) ? day : nextBankDay(addDays(day, 1)))

/** Venues are paid for a month on the 5th of the next, or the first bank day after it. */
export const payoutDayOf = (month: Month): Day => nextBankDay(addDays(addMonths(monthOf(month), 1), 4))

/** When what is accepted today is paid. */
export const nextPayoutOn = (today: Day): Day => payoutDayOf(monthOf(today))

/** Statistics of a month are published on the 10th of the next, or the first bank day after it. */
export const releaseDayOf = (month: Month): Day => nextBankDay(addDays(addMonths(monthOf(month), 1), 9))

/** The next day on which a month is published, today included. */
export function nextReleaseOn(today: Day): Day {
  const [first, second] = [releaseDayOf(addMonths(monthOf(today), -1)), releaseDayOf(today)]
  return first >= today ? first : second
}
