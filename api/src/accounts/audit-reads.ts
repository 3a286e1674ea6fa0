import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../shared/context.ts'
import { recordAudit } from './audit.ts'

/** An auditor may read all, and the log tells what: written before the answer, so that no read goes without its line. */
export const auditReads: MiddlewareHandler<AppEnv> = async (c, next) => {
  const ctx = c.var.context
  if (ctx.actor.kind === 'person' && ctx.actor.role === 'auditor' && c.req.method === 'GET')
    await ctx.transaction((tx) => recordAudit(tx, ctx, 'auditor_read', { path: c.req.path }))
  await next()
}
