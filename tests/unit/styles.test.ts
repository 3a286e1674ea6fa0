import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const pages = new URL('../../api/src/pages/', import.meta.url)
const filesOf = (ending: RegExp) =>
  (readdirSync(pages, { recursive: true }) as string[])
    .filter((name) => ending.test(name))
    .map((name) => readFileSync(new URL(name, pages), 'utf8'))
    .join('\n')
const css = filesOf(/\.css$/).replace(/\/\*.*?\*\//gs, '')
const markup = filesOf(/\.tsx?$/)
const unique = (found: Iterable<RegExpMatchArray>) => [...new Set([...found].map(([, name]) => name!))]

test('every class of the stylesheet is one that a page writes', () => {
  const selectors = css.replace(/\{[^{}]*\}/g, '{}')
  const isWritten = (name: string) => {
    const family = `${name.slice(0, name.lastIndexOf('-') + 1)}\${`
    return new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(markup) || (family.length > 2 && markup.includes(family))
  }
  expect(unique(selectors.matchAll(/\.([a-z][\w-]*)/g)).filter((name) => !isWritten(name))).toEqual([])
})

test('every token that a style asks for is there', () => {
  const known = new Set(unique(css.matchAll(/(--[\w-]+)\s*:/g)))
  expect(unique(`${css}${markup}`.matchAll(/var\((--[\w-]+)/g)).filter((name) => !known.has(name))).toEqual([])
})
