import {
  blockersOf,
  checkFirstDay,
  checkPublication,
  checkService,
  diffVersions,
  replacementsOn,
  versionStateAfter,
  versionTransitions,
  withReplacements,
} from '@carnet/api/catalogue/catalogue-version.ts'
import { expect, test } from 'vitest'

const offered = (code: string, title = code) => ({ code, title, retiredOn: null, replacedBy: null })
const retired = (code: string, replacedBy: string | null = null) => ({
  code,
  title: code,
  retiredOn: '2026-09-01',
  replacedBy,
})

test('a version is drafted, published, superseded, and nothing else', () => {
  expect(versionStateAfter('draft', 'publish')).toBe('published')
  expect(versionStateAfter('published', 'supersede')).toBe('superseded')
  expect(Object.keys(versionTransitions.superseded)).toEqual([])
  expect(() => versionStateAfter('published', 'publish')).toThrow('Cannot publish')
})

test('a service never leaves the catalogue: it is retired', () => {
  expect(() => checkPublication([offered('A01')], [offered('A01'), offered('A02')])).toThrow('Retire it instead')
  expect(() =>
    checkPublication([offered('A01'), retired('A02', 'A01')], [offered('A01'), offered('A02')]),
  ).not.toThrow()
})

test('a retired service does not come back under its code', () => {
  expect(() => checkPublication([offered('A02')], [retired('A02')])).toThrow('Give it a new code')
})

test('what replaces a service is itself offered', () => {
  expect(() => checkPublication([retired('A01', 'A02'), retired('A02')], [])).toThrow('one that is offered')
})

test('a version starts after the one it replaces, and never in the past', () => {
  const today = '2026-09-02'
  expect(() => checkFirstDay('2026-09-01', '2026-09-01', today)).toThrow('after the current version')
  expect(() => checkFirstDay('2026-09-02', '2026-09-01', today)).not.toThrow()
  expect(() => checkFirstDay('2026-09-02', '2026-09-01', '2026-09-03')).toThrow(
    expect.objectContaining({ code: 'catalogue_starts_in_the_past' }),
  )
  expect(() => checkFirstDay('2020-01-01', null, today)).not.toThrow()
})

test('two versions are compared by code', () => {
  const before = [offered('A01'), offered('A02'), offered('A03')]
  const after = [offered('A01', 'New title'), retired('A02', 'A04'), offered('A03'), offered('A04')]
  expect(diffVersions(before, after)).toEqual({ added: ['A04'], retired: ['A02'], changed: ['A01'] })
})

test('everything that keeps a version from being published is told', () => {
  const next = [offered('A02'), retired('A03', 'A04')]
  expect(blockersOf(next, [offered('A01'), retired('A02')])).toEqual([
    { code: 'service_lost', service: 'A01' },
    { code: 'service_back_from_retirement', service: 'A02' },
    { code: 'replacement_not_offered', service: 'A03' },
  ])
})

test('a retired code stands for its replacement from the day it is retired', () => {
  const services = [retired('A01', 'A02'), offered('A02'), retired('A03')]
  expect([...replacementsOn(services, '2026-08-31')]).toEqual([])
  expect([...replacementsOn(services, '2026-09-01')]).toEqual([['A01', 'A02']])
  expect([...withReplacements(['A01', 'A03'], services, '2026-09-01')]).toEqual(['A01', 'A02', 'A03'])
})

test('a service is written with a national service of the nine, and replaced only when it is retired', () => {
  const themes = [{ code: 'A' }]
  const national = { nationalService: 'Loisirs et créations numériques', themeCode: 'A' }
  const listed = [{ ...offered('A02'), ...national }]
  const codeOf = (change: object) => {
    try {
      checkService({ ...offered('A01'), ...national, ...change }, themes, listed)
    } catch (error) {
      return (error as { code: string }).code
    }
    return 'none'
  }
  expect(codeOf({})).toBe('none')
  expect(codeOf({ nationalService: 'Autre' })).toBe('national_service_unknown')
  expect(codeOf({ replacedBy: 'A02' })).toBe('replacement_without_day')
  expect(codeOf({ replacedBy: 'A09', retiredOn: '2026-09-01' })).toBe('replacement_unknown')
  expect(codeOf({ title: 'A02' })).toBe('catalogue_value_repeated')
  expect(codeOf({ themeCode: 'B' })).toBe('catalogue_theme_wrong')
})
