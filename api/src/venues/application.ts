/**
 * A structure asks to become a venue, without an account. Nobody looks at it before its address has answered with a code; then
 * a coordinator accepts it, which makes organisation, venue and access at once, or refuses it with a reason.
 */
import type { venueApplications } from '@carnet/db'
import { checkAddress } from '../mail/address.ts'
import type { Locale } from '../shared/messages.ts'
import { isPayableSiret } from './siret.ts'

export type Application = typeof venueApplications.$inferSelect
export type NewApplication = Pick<
  Application,
  | 'siret'
  | 'legalName'
  | 'venueName'
  | 'address'
  | 'postalCode'
  | 'communeCode'
  | 'themes'
  | 'openingHours'
  | 'labels'
  | 'language'
> & { contactName: string; contactEmail: string }

export const codeMinutes = 30
export const mostTries = 5
/** An address that never answered is forgotten after two days, a decided application after six months. */
export const unconfirmedDays = 2
export const keptMonths = 6

export const applicationFields = [
  'siret',
  'legalName',
  'venueName',
  'address',
  'postalCode',
  'commune',
  'themes',
  'hours',
  'contactName',
  'contactEmail',
] as const
export type ApplicationField = (typeof applicationFields)[number]

const weekDays = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const
export const hourFields = weekDays.map((day) => `hours${day}`)

const span = /^(\d{1,2})(?:[h:](\d{2})?)?\s*(?:-|–|à|to)\s*(\d{1,2})(?:[h:](\d{2})?)?$/i
const two = (text: string | undefined) => (text ?? '00').padStart(2, '0')

/** "9h-12h, 14h-17h30" as the national standard writes it; null for what is not understood. */
function readSpans(text: string): string | null {
  const spans = text.split(/[,;/]|\bet\b|\band\b/).map((part) => {
    const [, h1, m1, h2, m2] = span.exec(part.trim()) ?? []
    const [from, until] = [`${two(h1)}:${two(m1)}`, `${two(h2)}:${two(m2)}`]
    return h1 === undefined || Number(m1 ?? 0) > 59 || Number(m2 ?? 0) > 59 || from >= until || until > '24:00'
      ? null
      : `${from}-${until}`
  })
  return spans.includes(null) ? null : spans.join(',')
}

/** The week of seven lines; undefined when one of them is not understood, null when all are empty. */
export function readHours(values: Record<string, string>): string | null | undefined {
  const rules = weekDays.map((day) => {
    const text = values[`hours${day}`] ?? ''
    if (text === '') return ''
    const spans = readSpans(text)
    return spans === null ? undefined : `${day} ${spans}`
  })
  return rules.includes(undefined) ? undefined : rules.filter(Boolean).join('; ') || null
}

type Known = {
  language: Locale
  findCommune: (place: { postalCode: string; name: string }) => string | undefined
  themes: readonly string[]
  labels: readonly string[]
}
type Read = { application: NewApplication } | { wrong: ApplicationField[] }

/** What was typed, as an application, or every field that is wrong. */
export function readApplication(values: Record<string, string>, known: Known): Read {
  const text = (name: string) => (values[name] ?? '').slice(0, 200)
  const chosen = (name: string, of: readonly string[]) =>
    (values[name] ?? '').split(',').filter((one) => of.includes(one))
  const siret = text('siret').replace(/[\s\u00a0\u202f.]/g, '')
  const postalCode = text('postalCode').replace(/\s/g, '')
  const communeCode = known.findCommune({ postalCode, name: text('commune') })
  const openingHours = readHours(values)
  const themes = values.scope === 'some' ? chosen('themes', known.themes) : null
  const contactEmail = addressOf(text('contactEmail'))
  const isRight: Record<ApplicationField, boolean> = {
    siret: isPayableSiret(siret),
    legalName: text('legalName').length > 1,
    venueName: text('venueName').length > 1,
    address: text('address').length > 2,
    postalCode: /^\d{5}$/.test(postalCode),
    commune: communeCode !== undefined,
    themes: themes === null || themes.length > 0,
    hours: openingHours !== undefined,
    contactName: text('contactName').length > 1,
    contactEmail: contactEmail !== undefined,
  }
  const wrong = applicationFields.filter((field) => !isRight[field])
  if (wrong.length > 0) return { wrong }
  const names = { legalName: text('legalName'), venueName: text('venueName'), address: text('address') }
  const place = { siret, postalCode, communeCode: communeCode!, openingHours: openingHours!, themes }
  const contact = { contactName: text('contactName'), contactEmail: contactEmail!, language: known.language }
  return { application: { ...names, ...place, ...contact, labels: chosen('labels', known.labels) } }
}

function addressOf(text: string): string | undefined {
  try {
    return checkAddress(text)
  } catch {
    return undefined
  }
}
