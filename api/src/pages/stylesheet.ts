import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const parts = [
  ...['fonts', 'tokens', 'dark', 'ground', 'frame', 'controls', 'components', 'charts', 'tables', 'lists'],
  ...['catalogue', 'places', 'stock', 'prose', 'forms', 'data', 'narrow', 'phone', 'print'],
]

/** Written in parts, sent as one file without the blanks. */
export const stylesheet = parts
  .map((name) => readFileSync(new URL(`./styles/${name}.css`, import.meta.url), 'utf8'))
  .join('\n')
  .replace(/\/\*[\s\S]*?\*\//g, '')
  .replace(/\s*\n\s*/g, ' ')
  .replace(/\s*([{};,])\s*/g, '$1')
  .replaceAll(';}', '}')

/** Its address changes with its content, so a browser may keep it for a year. */
export const stylesheetPath = `/assets/pages.css?v=${createHash('sha256').update(stylesheet).digest('hex').slice(0, 12)}`

const packages = createRequire(import.meta.url)
const sans = (name: string) =>
  `@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-${name}.woff2`
const fontFiles: Record<string, string> = {
  'text-400.woff2': sans('400-normal'),
  'text-400-italic.woff2': sans('400-italic'),
  'text-600.woff2': sans('600-normal'),
  'text-700.woff2': sans('700-normal'),
  'code-400.woff2': '@fontsource/atkinson-hyperlegible-mono/files/atkinson-hyperlegible-mono-latin-400-normal.woff2',
}

/** Atkinson Hyperlegible (Braille Institute, SIL OFL 1.1), served from here: no page asks another server for anything. */
export const fonts = new Map(
  Object.entries(fontFiles).map(([name, file]) => [name, new Uint8Array(readFileSync(packages.resolve(file)))]),
)

export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 34 26"><path fill="#0b5d6b" d="M4 1h26a3 3 0 0 1 3 3v5.500a3.500 3.500 0 0 0 0 7V22a3 3 0 0 1-3 3H4a3 3 0 0 1-3-3v-5.500a3.500 3.500 0 0 0 0-7V4a3 3 0 0 1 3-3z"/><path stroke="#fff" fill="none" stroke-width="2.200" stroke-linecap="round" stroke-dasharray=".1 4.400" d="M11.500 4v18"/><path stroke="#fff" stroke-width="2.200" stroke-linecap="round" d="M17 9.500h10M17 15.500h7"/></svg>'
