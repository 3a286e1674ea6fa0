import type { BlockList } from 'node:net'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './context.ts'
import { callerOf } from './http-caller.ts'
import type { Limit, RateKind } from './rate-limit.ts'

const phonePaths = /^\/api\/v1\/device\//
/** Files of the site and signs of life: they cost nothing and everybody asks for them. */
const freePaths = /^\/(assets\/|scanner(\/|$)|healthz$|readyz$)/
const exportPaths =
  /(\.(age|csv|ics|json|jsonl|jsonld|pdf|xlsx|xml)|\/export|\/exports\/\w+|\/paying-accounts\/[^/]+\/journal|\/bank-accounts\/[^/]+\/document)$/

/** The rule of a request, for those that no route limits more closely; null for what is free. */
export function rateKindOf(method: string, path: string, actor: 'person' | 'public'): RateKind | null {
  if (phonePaths.test(path)) return 'phone'
  if (freePaths.test(path)) return null
  if (exportPaths.test(path)) return 'export'
  if (actor === 'person') return 'account'
  return method === 'GET' || method === 'HEAD' ? 'public_read' : 'public_write'
}

/** Says 429 with `Retry-After`. A phone is counted by what it says it is, before anything is looked up or read. */
export const limitRates =
  (limit: Limit, proxies: BlockList | null): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const { actor } = c.var.context
    const isPerson = actor.kind === 'person'
    const kind = rateKindOf(c.req.method, c.req.path, isPerson ? 'person' : 'public')
    if (kind === 'phone') limit(kind, c.req.header('authorization') ?? callerOf(c, proxies))
    else {
      c.set('limit', limit)
      c.set('caller', callerOf(c, proxies))
      if (kind) limit(kind, isPerson ? actor.personId : c.var.caller)
    }
    await next()
  }
