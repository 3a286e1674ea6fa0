import type { Locale, Translate } from '../../shared/messages.ts'
import { groupHours, type HoursGroup, type OpenState, type Span, type Week } from '../../venues/opening-hours.ts'

/** 5 January 2026 was a Monday. */
const mondayDate = (day: number) => new Date(Date.UTC(2026, 0, 5 + day))
const weekdays = {
  fr: new Intl.DateTimeFormat('fr-FR', { weekday: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }),
}
const dayName = (day: number, locale: Locale) => weekdays[locale].format(mondayDate(day))

/** `9 h`, `13 h 30`; `9:00`, `13:30`. */
export function timeText(minute: number, locale: Locale): string {
  const [hours, minutes] = [Math.floor(minute / 60), String(minute % 60).padStart(2, '0')]
  if (locale === 'en') return `${hours}:${minutes}`
  return minutes === '00' ? `${hours}\u00a0h` : `${hours}\u00a0h\u00a0${minutes}`
}

const spanText = ({ from, until }: Span, locale: Locale) =>
  `${timeText(from, locale)}\u00a0–\u00a0${timeText(until, locale)}`

function daysText(days: readonly number[], locale: Locale, t: Translate): string {
  const isRun = days.length > 2 && days.every((day, at) => at === 0 || day === days[at - 1]! + 1)
  if (isRun) return t('hours.from_to', { first: dayName(days[0]!, locale), last: dayName(days.at(-1)!, locale) })
  return days.map((day) => dayName(day, locale)).join(', ')
}

const groupText = ({ days, spans }: HoursGroup, locale: Locale, t: Translate) =>
  `${daysText(days, locale, t)}, ${spans.map((span) => spanText(span, locale)).join(t('hours.and'))}`

/** `Lundi au vendredi, 9 h – 12 h et 14 h – 18 h`. */
export function weekText(week: Week, locale: Locale, t: Translate): string {
  const text = groupHours(week)
    .map((group) => groupText(group, locale, t))
    .join(locale === 'fr' ? '\u202f; ' : '; ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `Ouvert jusqu’à 18 h`, `Fermé, ouvre lundi à 9 h`. */
export function openStateText(state: OpenState, locale: Locale, t: Translate): string {
  if (state.isOpen) return t('hours.open_until', { time: timeText(state.until, locale) })
  const { opens } = state
  if (!opens) return t('hours.closed')
  const time = timeText(opens.at, locale)
  if (opens.inDays === 0) return t('hours.opens_today', { time })
  if (opens.inDays === 1) return t('hours.opens_tomorrow', { time })
  return t('hours.opens_on', { day: dayName(opens.day, locale), time })
}

const parisClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** Day of the week (0 is Monday) and minute of the day, in Paris. */
export function parisMoment(now: Date): { day: number; minute: number } {
  const parts = Object.fromEntries(parisClock.formatToParts(now).map(({ type, value }) => [type, value]))
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts.weekday ?? '')
  return { day, minute: (Number(parts.hour) % 24) * 60 + Number(parts.minute) }
}
