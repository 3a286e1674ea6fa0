import { createHash } from 'node:crypto'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import type { AppEnv } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { findKeptAnswer, forgetRequest, type KeptRequest, keepAnswer, keepRequest } from './idempotency-queries.ts'

const longestKey = 200
/** Their answers hold a token that is shown once: they are kept nowhere, so a second request makes a second token. */
const secretAnswers = /\/(api-tokens|enrolment-tokens|share-links)$/
/** About scans, whose own ids make them repeatable: a kept answer would hold those ids, or a digest of them, past the sealing. */
const ofScans = /\/(queue-imports|scans\/[^/]+\/\w+)$/
/** A kept answer would be a line for each book handed out: its day, its order, and how many there were by then. */
const ofHandouts = /\/prescribers\/[^/]+\/(handouts|replacements)$/

/**
 * A write that carries `Idempotency-Key` is done once: the same request gets the first answer again, another one under the
 * same key is a conflict. A refused request did nothing, so its key stays free. One that broke keeps its key without an
 * answer: nobody knows whether it was done, and doing it again could pay twice.
 */
export const answerOnce: MiddlewareHandler<AppEnv> = async (c, next) => {
  const key = c.req.header('idempotency-key')
  const { actor, db } = c.var.context
  const { method, path } = c.req
  if (key === undefined || method === 'GET' || actor.kind !== 'person') return next()
  if (secretAnswers.test(path) || ofScans.test(path)) return next()
  if (ofHandouts.test(path))
    throw new AppError('invalid', 'idempotency_key_not_kept', 'Hand-outs leave no trace: read the count of the month')
  const request = await describe(c, actor.membershipId, key)
  if (!(await keepRequest(db, request))) return answerAgain(c, request)
  await next()
  const { status } = c.res
  if (status < 400) await keepAnswer(db, request, await readAnswer(c.res))
  else if (status !== 500) await forgetRequest(db, request)
}

async function describe(c: HonoContext<AppEnv>, membershipId: string, key: string): Promise<KeptRequest> {
  if (key.length === 0 || key.length > longestKey)
    throw new AppError('invalid', 'idempotency_key_invalid', `Idempotency-Key has 1 to ${longestKey} characters`)
  const { pathname, search } = new URL(c.req.url)
  const requestHash = createHash('sha256')
    .update(`${c.req.method} ${pathname}${search}\n`)
    .update(new Uint8Array(await c.req.arrayBuffer()))
    .digest()
  return { membershipId, key, requestHash, createdOn: c.var.context.today() }
}

async function answerAgain(c: HonoContext<AppEnv>, request: KeptRequest): Promise<Response> {
  const kept = await findKeptAnswer(c.var.context.db, request)
  if (kept && !Buffer.from(kept.requestHash).equals(Buffer.from(request.requestHash)))
    throw new AppError('conflict', 'idempotency_key_reused', 'This Idempotency-Key was used for another request')
  if (!kept || kept.status === null)
    throw new AppError(
      'conflict',
      'idempotency_key_in_use',
      'The first request with this key has not answered: look whether it was done before you use another key',
    )
  const headers = { ...(kept.contentType && { 'content-type': kept.contentType }), 'idempotent-replay': 'true' }
  return new Response(kept.body || null, { status: kept.status, headers })
}

async function readAnswer(response: Response) {
  const body = await response.clone().text()
  return { status: response.status, contentType: response.headers.get('content-type'), body }
}
