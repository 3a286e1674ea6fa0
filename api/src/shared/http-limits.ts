import type { MiddlewareHandler } from 'hono'
import { type AppEnv, requirePerson } from './context.ts'
import { AppError } from './errors.ts'

const kibibyte = 1024

/** What anybody may send; of phones, which show who they are before their body is read, scans may be longer. */
const usualBytes = 64 * kibibyte

/**
 * The longest body of each group of routes, first match wins, and who may send more than usual: who runs the scheme, or whoever is
 * signed in. A file of venues or of a bank is the longest there is.
 */
export const bodyLimits: readonly { path: RegExp; maxBytes: number; from?: 'scheme' | 'person' }[] = [
  {
    path: /^(\/api\/v1\/venues\/imports|\/coordination\/lieux\/import)$/,
    maxBytes: 40_960 * kibibyte,
    from: 'scheme',
  },
  { path: /^\/api\/v1\/device\/(scans|checks)$/, maxBytes: 128 * kibibyte },
  {
    path: /^(\/api\/v1\/organisations\/[^/]+\/queue-imports|\/lieu\/telephones\/fichier)$/,
    maxBytes: 1024 * kibibyte,
    from: 'person',
  },
  { path: /^\/api\/v1\/device\//, maxBytes: 8 * kibibyte },
  {
    path: /^(\/api\/v1\/organisations\/[^/]+\/bank-accounts\/[^/]+\/document|\/lieu\/compte-bancaire\/envoi)$/,
    maxBytes: 2_112 * kibibyte,
    from: 'person',
  },
  {
    path: /^(\/api\/v1\/(bank-files|catalogue\/versions)|\/coordination\/banque)$/,
    maxBytes: 10_240 * kibibyte,
    from: 'scheme',
  },
  {
    path: /^(\/api\/v1\/(funders\/[^/]+|scheme)\/logo|\/coordination\/logos)$/,
    maxBytes: 1088 * kibibyte,
    from: 'scheme',
  },
  { path: /^\/coordination\/referentiel\/import(\/confirmation)?$/, maxBytes: 4096 * kibibyte, from: 'scheme' },
  { path: /^\//, maxBytes: usualBytes },
]

const csvPaths = /^\/api\/v1\/(venues\/imports|catalogue\/versions)$/
const cataloguePages = ['/coordination/referentiel/import', '/coordination/referentiel/import/confirmation']
/** The pages that take a file. */
const filePages = [
  '/lieu/telephones/fichier',
  '/lieu/compte-bancaire/envoi',
  '/coordination/banque',
  '/coordination/lieux/import',
  '/coordination/logos',
  ...cataloguePages,
]
const bankPaths = /^\/api\/v1\/bank-files$/
const logoPaths = /^\/api\/v1\/(funders\/[^/]+|scheme)\/logo$/
const documentPaths = /^\/api\/v1\/organisations\/[^/]+\/bank-accounts\/[^/]+\/document$/

/**
 * Says no before a byte of the body is read: 411 without a length, 413 past the limit, 415 when a write is not JSON (a form, on a page).
 * Hono's own body limit costs half of the requests per second of a scan route; a header costs nothing.
 */
export const limitBody: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { method, path, raw } = c.req
  if (method !== 'GET' && method !== 'HEAD') checkBody(path, raw.headers)
  await next()
}

/**
 * A long body costs memory before any route asks who sent it: it is read from those alone whom its route could let in. Throws
 * `unauthenticated`, `forbidden` `role_not_allowed`.
 */
export const limitSenders: MiddlewareHandler<AppEnv> = async (c, next) => {
  const length = Number(c.req.header('content-length') ?? 0)
  const from = length > usualBytes ? groupOf(c.req.path).from : undefined
  if (from) {
    const { tenantId } = requirePerson(c.var.context.actor)
    if (from === 'scheme' && tenantId !== null)
      throw new AppError('forbidden', 'role_not_allowed', 'Only who runs the scheme sends such a file')
  }
  await next()
}

const groupOf = (path: string) => bodyLimits.find((group) => group.path.test(path))!

function checkBody(path: string, headers: Headers): void {
  if (headers.has('transfer-encoding'))
    throw new AppError('length_required', 'length_required', 'Send Content-Length: the body is not read without it')
  // Neither header: an empty body (RFC 9112 section 6.3).
  const length = headers.get('content-length') ?? '0'
  if (length === '0') return
  // A small body that unpacks to a large one would pass every limit.
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity')
    throw new AppError('unsupported', 'content_encoding_not_supported', 'Send the body as it is, without compression')
  const limit = groupOf(path).maxBytes
  if (!/^\d+$/.test(length) || Number(length) > limit)
    throw new AppError('too_large', 'body_too_large', `At most ${limit} bytes here`, { maxBytes: limit })
  const type = headers.get('content-type') ?? ''
  if (!isAllowedType(path, type))
    throw new AppError('unsupported', 'content_type_not_supported', 'Send application/json here', { contentType: type })
}

function isAllowedType(path: string, type: string): boolean {
  if (/^application\/json\b/.test(type)) return true
  if (filePages.includes(path) && /^multipart\/form-data\b/.test(type)) return true
  if (!path.startsWith('/api/')) return /^application\/x-www-form-urlencoded\b/.test(type)
  if (csvPaths.test(path) && /^text\/csv\b/.test(type)) return true
  if (documentPaths.test(path) && /^(application\/pdf|image\/(png|jpeg))$/.test(type)) return true
  if (logoPaths.test(path) && /^image\/png$/.test(type)) return true
  return bankPaths.test(path) && /^(application|text)\/xml\b/.test(type)
}
