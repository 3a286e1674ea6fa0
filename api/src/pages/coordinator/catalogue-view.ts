/** How a service was found, and what a draft changes. Pure. */
import { diffVersions } from '../../catalogue/catalogue-version.ts'
import type { CatalogueServiceRow } from '../../catalogue/queries.ts'
import { plainWords } from '../../catalogue/service-search.ts'

export type FoundIn = 'code' | 'title' | 'description' | 'theme' | 'near'

/** Where the words asked for stand; `near` when only a word that means the same does. */
export function foundIn(query: string, service: CatalogueServiceRow, themeTitle: string): FoundIn | null {
  const asked = plainWords(query)
  if (asked.length === 0) return null
  if (service.code.toLowerCase() === query.trim().toLowerCase()) return 'code'
  const holds = (text: string) => {
    const words = plainWords(text)
    return asked.some((word) => words.some((known) => known === word || (word.length >= 3 && known.startsWith(word))))
  }
  if (holds(service.title)) return 'title'
  if (holds(service.description)) return 'description'
  return holds(themeTitle) ? 'theme' : 'near'
}

/** What a service says, in the order of the form. */
const comparedFields = [
  ...['themeCode', 'title', 'description', 'level', 'nationalService', 'durationMinutes', 'provenance'],
  ...['retiredOn', 'replacedBy'],
] as const
type ComparedField = (typeof comparedFields)[number]
export type FieldChange = { field: ComparedField; before: string; after: string }

export type Change = {
  code: string
  kind: 'added' | 'retired' | 'changed'
  title: string
  before: string | null
  replacedBy: string | null
  /** Empty for a service that is new. */
  fields: FieldChange[]
}
type Compared = Omit<CatalogueServiceRow, 'versionId'>

function fieldChanges(before: Compared | undefined, after: Compared): FieldChange[] {
  if (!before) return []
  const text = (value: string | number | null) => String(value ?? '')
  return comparedFields
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, before: text(before[field]), after: text(after[field]) }))
}

/** Retired, added and reworded services, in the order of their codes; a retirement that moves is a change. */
export function changesOf(before: readonly Compared[], after: readonly Compared[]): Change[] {
  const { added, retired } = diffVersions(before, after)
  const old = new Map(before.map((service) => [service.code, service]))
  const kindOf = (code: string) => (added.includes(code) ? 'added' : retired.includes(code) ? 'retired' : 'changed')
  return after.flatMap((service): Change[] => {
    const { code, title, replacedBy } = service
    const fields = fieldChanges(old.get(code), service)
    if (fields.length === 0 && old.has(code)) return []
    const was = old.get(code)?.title ?? null
    return [{ code, kind: kindOf(code), title, before: was === title ? null : was, replacedBy, fields }]
  })
}
