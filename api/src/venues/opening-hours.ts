/**
 * Opening hours as the national standard gives them (the OpenStreetMap form), read for people. Only the week is understood: days,
 * times, `off`. Anything else (seasons, alternate weeks, comments) is not guessed: the text is then shown as it came.
 */
export type Span = { from: number; until: number }
/** Minutes of the day, Monday first. */
export type Week = readonly (readonly Span[])[]
export type HoursGroup = { days: number[]; spans: readonly Span[] }
export type OpenState =
  | { isOpen: true; until: number }
  /** `inDays` 0 is later today. */
  | { isOpen: false; opens: { inDays: number; day: number; at: number } | null }

const dayNames = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const day = dayNames.join('|')
const daysPattern = new RegExp(`^((?:${day})(?:-(?:${day}))?(?:,\\s*(?:${day})(?:-(?:${day}))?)*)\\s+`)
const spanPattern = /^([01]?\d|2[0-4]):([0-5]\d)-([01]?\d|2[0-4]):([0-5]\d)$/

function readDays(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [from = '', until = from] = part.trim().split('-')
    const [first, last] = [dayNames.indexOf(from), dayNames.indexOf(until)]
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, at) => (first + at) % 7)
  })
}

function readSpans(text: string): Span[] | null {
  if (/^(off|closed)$/i.test(text)) return []
  const spans = text.split(',').map((part) => {
    const [, h1, m1, h2, m2] = spanPattern.exec(part.trim()) ?? []
    return h1 === undefined ? null : { from: Number(h1) * 60 + Number(m1), until: Number(h2) * 60 + Number(m2) }
  })
  return spans.every((span) => span !== null && span.from < span.until) ? (spans as Span[]) : null
}

/** Null for anything but a plain week. A later rule replaces what an earlier one said of its days. */
export function readOpeningHours(text: string): Week | null {
  if (text.trim() === '24/7') return dayNames.map(() => [{ from: 0, until: 1440 }])
  const week: Span[][] = dayNames.map(() => [])
  for (const rule of text.split(/;|(?<=\d),\s*(?=[A-Z])/).map((part) => part.trim())) {
    if (rule === '' || /^(PH|SH)\s+(off|closed)$/i.test(rule)) continue
    const named = daysPattern.exec(rule)
    const spans = readSpans(named ? rule.slice(named[0].length) : rule)
    if (spans === null) return null
    for (const at of named ? readDays(named[1]!) : dayNames.keys()) week[at] = spans
  }
  return week
}

/** Days with the same hours together, in the order of their first day; closed days are left out. */
export function groupHours(week: Week): HoursGroup[] {
  const groups = new Map<string, HoursGroup>()
  for (const [at, spans] of week.entries()) {
    if (spans.length === 0) continue
    const key = JSON.stringify(spans)
    const group = groups.get(key) ?? { days: [], spans }
    group.days.push(at)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** `day` 0 is Monday, `minute` of that day in Paris. Public holidays are not known. */
export function openStateAt(week: Week, now: { day: number; minute: number }): OpenState {
  const current = week[now.day]?.find(({ from, until }) => from <= now.minute && now.minute < until)
  if (current) return { isOpen: true, until: current.until }
  for (let inDays = 0; inDays <= 7; inDays += 1) {
    const at = (now.day + inDays) % 7
    const next = week[at]?.find(({ from }) => inDays > 0 || from > now.minute)
    if (next) return { isOpen: false, opens: { inDays, day: at, at: next.from } }
  }
  return { isOpen: false, opens: null }
}

const evening = 18 * 60

export const isOpenOn = (week: Week, at: number): boolean => (week[at]?.length ?? 0) > 0
export const isOpenInTheEvening = (week: Week): boolean =>
  week.some((spans) => spans.some(({ until }) => until > evening))
