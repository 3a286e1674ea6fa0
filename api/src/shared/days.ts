/** A calendar day in Europe/Paris, `YYYY-MM-DD`. Days compare as strings. */
export type Day = string
/** The first day of a month. */
export type Month = Day

const parisDay = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})
const DAY_MS = 86_400_000

const HOUR_MS = 3_600_000
let lastAsked = { hour: Number.NaN, day: '' }

/** The day changes on a whole hour of UTC, so it is worked out once an hour: every request asks for it. */
export function dayOf(instant: Date): Day {
  const hour = Math.floor(instant.getTime() / HOUR_MS)
  if (hour !== lastAsked.hour) lastAsked = { hour, day: parisDay.format(instant) }
  return lastAsked.day
}

const utc = (day: Day) => new Date(`${day}T00:00:00Z`)
const fromUtc = (date: Date): Day => date.toISOString().slice(0, 10)

/** PostgreSQL, as people, has no year 0. */
export const isDay = (text: string): boolean => {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = utc(text)
  return !Number.isNaN(date.getTime()) && fromUtc(date) === text
}

/** The days that may be spoken of. The calendars of PostgreSQL and JavaScript end elsewhere, a voucher's in 2203. */
export const firstDay: Day = '2000-01-01'
export const lastDay: Day = '2199-12-31'
export const isWithinReach = (day: Day): boolean => day >= firstDay && day <= lastDay

export const addDays = (day: Day, count: number): Day => fromUtc(new Date(utc(day).getTime() + count * DAY_MS))

/** The same day some months before; the last day of a shorter month. */
export function monthsBefore(day: Day, months: number): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10)
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((utc(to).getTime() - utc(from).getTime()) / DAY_MS)

export const monthOf = (day: Day): Month => `${day.slice(0, 7)}-01`

export const addMonths = (month: Month, count: number): Month => {
  const date = utc(monthOf(month))
  date.setUTCMonth(date.getUTCMonth() + count)
  return fromUtc(date)
}

export const lastDayOfMonth = (month: Month): Day => addDays(addMonths(month, 1), -1)

/** The last day of the newest month that was over at the end of a day. */
export const lastMonthEnd = (day: Day): Day => (day === lastDayOfMonth(day) ? day : addDays(monthOf(day), -1))

/** 0 is Sunday. */
export const weekdayOf = (day: Day): number => utc(day).getUTCDay()
