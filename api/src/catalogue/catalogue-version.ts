import type { catalogueState } from '@carnet/db'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import type { CatalogueTheme } from './catalogue-content.ts'
import { nationalServices } from './national-services.ts'

/**
 * The catalogue lives in versions: a draft is edited, then published from a day on, until the next one takes over. What a published
 * version says never changes, and a service never leaves the catalogue: it is retired, and another one may replace it.
 */
export type VersionState = (typeof catalogueState.enumValues)[number]
export type VersionEvent = 'publish' | 'supersede'

export const versionTransitions: Record<VersionState, Partial<Record<VersionEvent, VersionState>>> = {
  draft: { publish: 'published' },
  published: { supersede: 'superseded' },
  superseded: {},
}

export function versionStateAfter(state: VersionState, event: VersionEvent): VersionState {
  const next = versionTransitions[state][event]
  if (!next) throw new AppError('conflict', `catalogue_version_is_${state}`, `Cannot ${event} it now`)
  return next
}

/** Retired from a day on. */
export const isOffered = (retiredOn: Day | null, day: Day): boolean => retiredOn === null || retiredOn > day

type ListedService = { code: string; retiredOn: Day | null; replacedBy: string | null }

export type Blocker = {
  code: 'service_lost' | 'service_back_from_retirement' | 'replacement_not_offered'
  service: string
}

/**
 * What a version must be before it is published over `previous`: no service lost, none come back from retirement, each
 * replacement offered.
 */
export function blockersOf(next: readonly ListedService[], previous: readonly ListedService[]): Blocker[] {
  const offered = new Set(next.filter((service) => service.retiredOn === null).map((service) => service.code))
  const listed = new Map(next.map((service) => [service.code, service]))
  const lost = previous.flatMap(({ code, retiredOn }): Blocker[] => {
    const after = listed.get(code)
    if (!after) return [{ code: 'service_lost', service: code }]
    if (retiredOn !== null && after.retiredOn === null) return [{ code: 'service_back_from_retirement', service: code }]
    return []
  })
  const orphans = next.filter(({ replacedBy }) => replacedBy !== null && !offered.has(replacedBy))
  return [...lost, ...orphans.map(({ code }): Blocker => ({ code: 'replacement_not_offered', service: code }))]
}

/** Throws `conflict` `service_lost`, `service_back_from_retirement`, `replacement_not_offered`. */
export function checkPublication(next: readonly ListedService[], previous: readonly ListedService[]): void {
  const [first] = blockersOf(next, previous)
  if (!first) return
  const facts = { code: first.service }
  if (first.code === 'service_lost') throw new AppError('conflict', 'service_lost', 'Retire it instead', facts)
  if (first.code === 'service_back_from_retirement')
    throw new AppError('conflict', 'service_back_from_retirement', 'Give it a new code', facts)
  throw new AppError('conflict', 'replacement_not_offered', 'A service is replaced by one that is offered', facts)
}

type WordedService = ListedService & { themeCode: string; title: string; nationalService: string }

/**
 * Throws `invalid` `catalogue_theme_wrong`, `catalogue_value_repeated`, `national_service_unknown`, `replacement_unknown`,
 * `replacement_without_day`.
 */
export function checkService(
  service: WordedService,
  themes: readonly { code: string }[],
  listed: readonly WordedService[],
): void {
  const { code, themeCode, title, replacedBy } = service
  const others = listed.filter((other) => other.code !== code)
  if (!code.startsWith(themeCode) || !themes.some((theme) => theme.code === themeCode))
    throw new AppError('invalid', 'catalogue_theme_wrong', 'A code begins with the letter of a theme', { code })
  if (others.some((other) => other.title === title))
    throw new AppError('invalid', 'catalogue_value_repeated', 'Another service has this title', { column: 'title' })
  if (!nationalServices.includes(service.nationalService))
    throw new AppError('invalid', 'national_service_unknown', 'One of the nine of the standard', { code })
  if (replacedBy !== null && service.retiredOn === null)
    throw new AppError('invalid', 'replacement_without_day', 'What is replaced is retired', { code })
  if (replacedBy !== null && !others.some((other) => other.code === replacedBy))
    throw new AppError('invalid', 'replacement_unknown', 'It is replaced by a service that is not listed', { code })
}

/** The theme that a service brings along, if its draft does not have it. Throws `invalid` `catalogue_theme_wrong`. */
export function newThemeOf(
  { themeCode }: { themeCode: string },
  themes: readonly CatalogueTheme[],
  title: string | undefined,
): CatalogueTheme | undefined {
  const known = themes.find(({ code }) => code === themeCode)
  if (title === undefined || title === known?.title) return undefined
  if (known || themes.some((theme) => theme.title === title))
    throw new AppError('invalid', 'catalogue_theme_wrong', 'A theme has one letter and one title', { code: themeCode })
  return { code: themeCode, title }
}

/**
 * A new version starts after the one it replaces, and not before today: what was accepted under the old one stays as it was.
 * Throws `conflict` `catalogue_starts_too_early`, `catalogue_starts_in_the_past`.
 */
export function checkFirstDay(from: Day, currentFrom: Day | null, today: Day): void {
  if (currentFrom !== null && from <= currentFrom)
    throw new AppError('conflict', 'catalogue_starts_too_early', 'It must start after the current version', {
      currentFrom,
    })
  if (currentFrom !== null && from < today)
    throw new AppError('conflict', 'catalogue_starts_in_the_past', 'It must start today or later', { today })
}

export type VersionDiff = { added: string[]; retired: string[]; changed: string[] }

/** Codes that are new, newly retired, or whose wording or theme is not the same. */
export function diffVersions<Service extends ListedService>(
  before: readonly Service[],
  after: readonly Service[],
): VersionDiff {
  const old = new Map(before.map((service) => [service.code, service]))
  const isRetired = (service: Service) => service.retiredOn !== null && old.get(service.code)?.retiredOn === null
  const wording = ({ retiredOn: _on, replacedBy: _by, ...rest }: Service) => JSON.stringify(rest)
  return {
    added: after.filter(({ code }) => !old.has(code)).map(({ code }) => code),
    retired: after.filter(isRetired).map(({ code }) => code),
    changed: after
      .filter((service) => old.has(service.code) && wording(old.get(service.code)!) !== wording(service))
      .map(({ code }) => code),
  }
}

/** What stands for each retired service on a day: statistics, searches and choices of the old code are those of the new one. */
export function replacementsOn(services: readonly ListedService[], day: Day): Map<string, string> {
  const retired = services.filter(({ retiredOn }) => !isOffered(retiredOn, day))
  return new Map(retired.flatMap(({ code, replacedBy }) => (replacedBy === null ? [] : [[code, replacedBy] as const])))
}

/** Who chose a service chose the one that replaces it. */
export function withReplacements(chosen: Iterable<string>, services: readonly ListedService[], day: Day): Set<string> {
  const replacements = replacementsOn(services, day)
  return new Set([...chosen].flatMap((code) => [code, replacements.get(code) ?? code]))
}
