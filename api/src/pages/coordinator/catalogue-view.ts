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

export type Change = {
  code: string
  kind: 'added' | 'retired' | 'changed'
  title: string
  before: string | null
  replacedBy: string | null
}

export function changesOf(before: readonly CatalogueServiceRow[], after: readonly CatalogueServiceRow[]): Change[] {
  // A version is not a wording.
  const bare = (services: readonly CatalogueServiceRow[]) => services.map((service) => ({ ...service, versionId: '' }))
  const { added, retired, changed } = diffVersions(bare(before), bare(after))
  const old = new Map(before.map((service) => [service.code, service]))
  const kindOf = (code: string) => (added.includes(code) ? 'added' : retired.includes(code) ? 'retired' : 'changed')
  return after
    .filter(({ code }) => added.includes(code) || retired.includes(code) || changed.includes(code))
    .map(({ code, title, replacedBy }) => {
      const was = old.get(code)?.title ?? null
      return { code, kind: kindOf(code), title, before: was === title ? null : was, replacedBy }
    })
}
