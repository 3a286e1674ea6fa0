import {
  checkFirstDay,
  checkPublication,
  diffVersions,
  versionStateAfter,
  versionTransitions,
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

test('a version starts after the one it replaces', () => {
  expect(() => checkFirstDay('2026-09-01', '2026-09-01')).toThrow('after the current version')
  expect(() => checkFirstDay('2026-09-02', '2026-09-01')).not.toThrow()
  expect(() => checkFirstDay('2020-01-01', null)).not.toThrow()
})

test('two versions are compared by code', () => {
  const before = [offered('A01'), offered('A02'), offered('A03')]
  const after = [offered('A01', 'New title'), retired('A02', 'A04'), offered('A03'), offered('A04')]
  expect(diffVersions(before, after)).toEqual({ added: ['A04'], retired: ['A02'], changed: ['A01'] })
})
