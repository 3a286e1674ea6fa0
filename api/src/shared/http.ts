import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { getCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import { matchedRoutes } from 'hono/route'
import type { AppEnv } from './context.ts'
import { firstDay, isWithinReach, lastDay } from './days.ts'
import { isAlreadyThere, isPassing, isUnkeepableText } from './error-log.ts'
import { AppError, type ErrorKind, type Facts } from './errors.ts'
import { errorSentence, type Locale, localeOf, locales } from './messages.ts'

const statusOf = {
  malformed: 400,
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  length_required: 411,
  too_large: 413,
  unsupported: 415,
  outdated: 426,
  too_many: 429,
  unavailable: 503,
} as const satisfies Record<ErrorKind, number>

/** RFC 9457. `code` is stable and documented; `facts` say what to mend. */
const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    facts: z.record(z.string(), z.unknown()).optional(),
  })
  .openapi('Problem')

type PublicError = { status: number; code: string; detail: string; facts?: Facts | undefined }

/** What a caller may know of an error. Hono's own middleware throws HTTPException. The message of a bug stays here. */
export function publicError(error: Error): PublicError {
  if (isPassing(error))
    return { status: 503, code: 'temporarily_unavailable', detail: 'The database is away: try again in a minute' }
  if (isAlreadyThere(error))
    return { status: statusOf.conflict, code: 'already_there', detail: 'This exists already: read it again' }
  // By name: the keyring is a module after this one.
  if (error.name === 'KeyringError')
    return { status: 503, code: 'keyring_away', detail: 'The keyring cannot be read: an operator must look at it' }
  if (isUnkeepableText(error))
    return { status: statusOf.invalid, code: 'invalid_request', detail: 'A text holds a zero byte or half a letter' }
  if (error instanceof AppError)
    return { status: statusOf[error.kind], code: error.code, detail: error.message, facts: error.facts }
  if (error instanceof HTTPException) return { status: error.status, code: 'request_refused', detail: error.message }
  return { status: 500, code: 'internal', detail: 'Something broke on our side. It is not your request.' }
}

export function problemResponse(c: HonoContext, { status, code, detail, facts }: PublicError): Response {
  const body = {
    type: `/api/docs#${code}`,
    title: errorSentence(code, readLocale(c)),
    status,
    code,
    detail,
    ...(facts && { facts }),
  }
  tellWhenToRetry(c, status, facts)
  return c.body(JSON.stringify(body), status as 500, { 'content-type': 'application/problem+json' })
}

/** Seconds to wait, for programs: those of the limit, else a minute. */
export function tellWhenToRetry(c: HonoContext, status: number, facts: Facts | undefined): void {
  if (status === 429 || status === 503) c.header('retry-after', String(facts?.retryAfterS ?? 60))
}

/** Language of the answer: `?lang`, then what was chosen before, then `Accept-Language`, then French. */
export const readLocale = (c: HonoContext): Locale =>
  localeOf({
    lang: locales.find((known) => known === c.req.query('lang')) ?? getCookie(c, 'lang'),
    acceptLanguage: c.req.header('accept-language'),
  })

/** The template of the route that answers (`/api/v1/boxes/:id`), never the address that was asked for. */
export const routeOf = (c: HonoContext): string =>
  matchedRoutes(c)
    .map(({ path }) => path)
    .filter((path) => !path.includes('*'))
    .at(-1) ?? 'none'

/** Field by field: where, what is wrong, as the schema says it. */
function invalidRequest(error: z.ZodError): AppError {
  const first = error.issues[0]
  const fields = error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
  return new AppError('invalid', 'invalid_request', fields.join('; '), {
    field: first?.path.join('.') ?? '',
    fields: error.issues.map((issue) => issue.path.join('.')),
  })
}

/** A router whose validation failures take the same way out as every other error. */
export const createRouter = () =>
  new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error)
    },
  })

export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  required: true,
  content: { 'application/json': { schema } },
})

const problemOf = (kind: ErrorKind) => ({
  description: kind.replaceAll('_', ' '),
  content: { 'application/problem+json': { schema: Problem } },
})

/** A long answer, made piece by piece as fast as it is read. */
export function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: () => void pieces.return(undefined),
  })
}

/** The documented errors of a route, by kind. */
export function problems<Kind extends ErrorKind>(...kinds: readonly Kind[]) {
  return Object.fromEntries(kinds.map((kind) => [statusOf[kind], problemOf(kind)])) as {
    [K in Kind as (typeof statusOf)[K]]: ReturnType<typeof problemOf>
  }
}

export const Id = z.object({ id: z.uuid() })
/** An id in the pattern of a page's address: `/:id{${idPattern}}`. */
export const idPattern = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
/** In an address or a field of a page: what is no id is the id of nothing. Throws `not_found`. */
export function idOf(text: string | undefined, what: string): string {
  const id = z.uuid().safeParse(text)
  if (!id.success) throw new AppError('not_found', `${what}_not_found`, `There is no such ${what}`)
  return id.data
}
/** In an address: the number of a period or a batch, as the database counts them. */
export const SerialNumber = z.coerce.number().int().min(1).max(2_147_483_647)
export const DayText = z.iso
  .date()
  .refine(isWithinReach, `a day from ${firstDay} to ${lastDay}`)
  .openapi({ example: '2026-03-31' })
export const CentsNumber = z.number().int().openapi({ description: 'Whole cents', example: 1000 })
/** Lists: `?limit&cursor&q`. A cursor may be a name, and names have 200 characters. */
export const ListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(200).optional(),
  q: z.string().max(200).optional(),
})
