import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../shared/context.ts'
import { recordAudit } from './audit.ts'

/** What looks the same to everybody and holds nothing; and a link of the demo, whose address is a secret. */
const silentPaths = /^\/(assets\/|scanner(\/|$)|healthz$|readyz$|demo\/)/

/**
 * An auditor may read all, and the log tells what, of the API and of the pages: written before the answer, so that no read
 * goes without its line. The address is written without what was searched for.
 */
export const auditReads: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { path, method } = c.req
  const ctx = c.var.context
  const isRead = (method === 'GET' || method === 'HEAD') && !silentPaths.test(path)
  if (isRead && ctx.actor.kind === 'person' && ctx.actor.role === 'auditor')
    await ctx.transaction((tx) => recordAudit(tx, ctx, 'auditor_read', { path }))
  await next()
}
