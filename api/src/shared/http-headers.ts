import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './context.ts'

/*
 * What every answer tells a browser to forbid. Pages have no inline style and no inline script, so no nonce is needed.
 */

type Area = 'page' | 'scanner' | 'data'

const policyOf = (rules: Record<string, string>): string =>
  Object.entries(rules)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')

const closed = { 'object-src': "'none'", 'base-uri': "'none'", 'frame-ancestors': "'none'" }
const contentPolicies: Record<Area, string> = {
  page: policyOf({ 'default-src': "'self'", ...closed, 'form-action': "'self'", 'img-src': "'self' data:" }),
  // Decoders of pictures run in a worker of our own, as WebAssembly.
  scanner: policyOf({
    'default-src': "'self'",
    ...closed,
    'form-action': "'none'",
    'script-src': "'self' 'wasm-unsafe-eval'",
    'worker-src': "'self'",
    'img-src': "'self' data: blob:",
    'media-src': "'self' blob:",
  }),
  data: policyOf({ 'default-src': "'none'", ...closed, 'form-action': "'none'" }),
}
/** A browser shows a PDF in an object of its own making, and applies the policy of the PDF to it. */
const pdfPolicy = policyOf({ 'default-src': "'self'", ...closed, 'object-src': "'self'", 'form-action': "'none'" })

const permissions = (camera: 'self' | '') =>
  `camera=(${camera}), microphone=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=(), browsing-topics=()`

const everywhere: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  // For browsers that do not know frame-ancestors.
  'x-frame-options': 'DENY',
}

const areaOf = (path: string): Area => {
  if (path === '/scanner' || path.startsWith('/scanner/')) return 'scanner'
  return path.startsWith('/api/') && path !== '/api/docs' ? 'data' : 'page'
}

/** The same for everybody: what is named after its content may be kept. */
const isFileOfTheSite = (path: string) => path.startsWith('/assets/') || path.startsWith('/scanner/')

/** Headers of an area, the same for every answer in it. */
function headersOf(area: Area, isSecure: boolean): [string, string][] {
  return Object.entries({
    ...everywhere,
    'content-security-policy': contentPolicies[area],
    'permissions-policy': permissions(area === 'scanner' ? 'self' : ''),
    ...(isSecure && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
  })
}

/**
 * Sets them on every answer, errors included. What a signed-in person or a phone sees is stored nowhere: not in the browser,
 * not on the way. An error is not either.
 */
export function protectAnswers(isSecure: boolean): MiddlewareHandler<AppEnv> {
  const headers = {
    page: headersOf('page', isSecure),
    scanner: headersOf('scanner', isSecure),
    data: headersOf('data', isSecure),
  }
  return async (c, next) => {
    await next()
    const { path } = c.req
    for (const [name, value] of headers[areaOf(path)]) c.res.headers.set(name, value)
    if (c.res.headers.get('content-type') === 'application/pdf') c.res.headers.set('content-security-policy', pdfPolicy)
    const isPersonal = (c.var.context?.actor.kind ?? 'public') !== 'public' || path.startsWith('/api/v1/device/')
    if (c.res.status >= 400 || (isPersonal && !isFileOfTheSite(path))) c.res.headers.set('cache-control', 'no-store')
  }
}
