import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './context.ts'
import { AppError } from './errors.ts'

/**
 * A browser sends the session's cookie by itself, so a write that rests on it must come from our own pages. The browser says
 * so in `Sec-Fetch-Site`, or in `Origin` where it sends no such header (plain http on a local network). A program with
 * an API token sends no cookie and needs neither. A browser that says it comes from elsewhere is refused without a cookie too:
 * nobody is signed in by another site.
 */
export const checkOrigin =
  (publicUrl: string): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const { method, raw } = c.req
    const needsOrigin = !raw.headers.has('authorization') && (raw.headers.has('cookie') || saysOrigin(raw.headers))
    if (method !== 'GET' && method !== 'HEAD' && needsOrigin && !isOurOwn(raw.headers, publicUrl))
      throw new AppError('forbidden', 'cross_site_request', 'A write with a session comes from a page of this site')
    await next()
  }

const saysOrigin = (headers: Headers) => headers.has('sec-fetch-site') || headers.has('origin')

function isOurOwn(headers: Headers, publicUrl: string): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = headers.get('origin')
  if (origin === null || !URL.canParse(origin)) return false
  const { host } = new URL(origin)
  return host === new URL(publicUrl).host || host === headers.get('host')
}
