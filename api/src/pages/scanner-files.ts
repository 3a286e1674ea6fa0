import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { AppError } from '../shared/errors.ts'
import { createRouter } from '../shared/http.ts'

const folder = new URL('../../../scanner-pwa/dist/', import.meta.url)
const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
  wasm: 'application/wasm',
  woff2: 'font/woff2',
  png: 'image/png',
}
const yearS = 31_536_000

/** The names of a built file's packed forms, the smallest first. */
const packings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/**
 * The built scanner. Files named after their content are kept for a year; the page, the service worker and the manifest are asked for
 * each time, so that a new build reaches every phone. In the demo a phone that is not linked chooses a venue. Throws `not_found`, also while the scanner is not built.
 */
export function createScannerRoutes(mode: 'demo' | 'production') {
  // Only names that the build made are ever read; a scanner built while this server runs is found at the first miss.
  let files = new Set<string>()
  const isBuilt = (file: string) => {
    if (!files.has(file)) files = new Set(listFiles())
    return files.has(file) && existsSync(new URL(file, folder))
  }
  return createRouter()
    .get('/scanner', (c) => c.redirect(mode === 'demo' ? '/scanner/?demo' : '/scanner/'))
    .get('/scanner/*', (c) => {
      const file = c.req.path.slice('/scanner/'.length) || 'index.html'
      const type = types[file.split('.').at(-1)!]
      if (!type || !isBuilt(file)) throw new AppError('not_found', 'route_not_found', 'Nothing is here')
      const accepted = (c.req.header('accept-encoding') ?? '').split(',').map((word) => word.trim().split(';')[0])
      const packing = packings.find(([name, ending]) => accepted.includes(name) && files.has(file + ending))
      const headers = {
        'content-type': type,
        'cache-control': file.startsWith('assets/') ? `public, max-age=${yearS}, immutable` : 'no-cache',
        vary: 'Accept-Encoding',
        ...(packing && { 'content-encoding': packing[0] }),
      }
      return c.body(new Uint8Array(readFileSync(new URL(file + (packing?.[1] ?? ''), folder))), 200, headers)
    })
}

function listFiles(): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'))
  } catch {
    return []
  }
}
