import { hourFields } from './application.ts'
import { readOpeningHours, type Span } from './opening-hours.ts'

const timeOf = (minute: number) =>
  `${Math.floor(minute / 60)}h${minute % 60 === 0 ? '' : String(minute % 60).padStart(2, '0')}`
const spanOf = ({ from, until }: Span) => `${timeOf(from)}-${timeOf(until)}`

/** Opening hours as seven lines to type over; undefined when they say more than a plain week. */
export function hoursForm(openingHours: string | null): Record<string, string> | undefined {
  const week = openingHours === null ? [] : readOpeningHours(openingHours)
  return week
    ? Object.fromEntries(hourFields.map((name, at) => [name, (week[at] ?? []).map(spanOf).join(', ')]))
    : undefined
}
