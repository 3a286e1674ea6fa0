import type { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from './context.ts'
import { errorMessages } from './messages.ts'

type Router = OpenAPIHono<AppEnv>
export type ApiDocument = ReturnType<Router['getOpenAPI31Document']>
export type PathItem = NonNullable<ApiDocument['paths']>[string]
export type Operation = NonNullable<PathItem['get']>
export type ListedOperation = { method: string; path: string; operation: Operation }

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/** How each kind of caller shows who it is. */
export function registerSecurity(app: Router, sessionCookie: string): void {
  const add = (name: string, scheme: Parameters<typeof app.openAPIRegistry.registerComponent<'securitySchemes'>>[2]) =>
    app.openAPIRegistry.registerComponent('securitySchemes', name, scheme)
  add('session', {
    ...{ type: 'apiKey', in: 'cookie', name: sessionCookie },
    description: 'A person. Writes come from a page of this site (Sec-Fetch-Site or Origin).',
  })
  add('apiToken', {
    ...{ type: 'http', scheme: 'bearer' },
    description: 'A program, with the rights of the person who made the token, within its scopes.',
  })
  add('deviceToken', { type: 'http', scheme: 'bearer', description: 'A phone, by the token of its enrolment.' })
  add('deviceSignature', {
    ...{ type: 'apiKey', in: 'header', name: 'X-Signature' },
    description:
      'A phone enrolled with a key: base64url of HMAC-SHA256 over the body as sent. The key comes from ECDH at enrolment.',
  })
}

/** Every operation of the document, in its order. */
export const listOperations = (document: ApiDocument): ListedOperation[] =>
  Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => (item[method] ? [{ method, path, operation: item[method] }] : [])),
  )

/** What the routes do not say themselves: who may call, what every call can answer, and which codes there are. */
export function completeDocument(document: ApiDocument): ApiDocument {
  for (const { method, path, operation } of listOperations(document)) {
    operation.operationId = `${method}${path.replace(/[^a-zA-Z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase())}`
    operation.tags = [path.split('/')[3] ?? 'site']
    operation.security = securityOf(operation, method, path)
    operation.responses = { ...commonProblems(operation, method, path), ...operation.responses }
  }
  const problem = document.components?.schemas?.Problem
  if (problem && 'properties' in problem && problem.properties)
    problem.properties.code = { $ref: '#/components/schemas/ErrorCode' }
  return {
    ...document,
    components: { ...document.components, schemas: { ...document.components?.schemas, ErrorCode } },
  }
}

const isOfPhones = (path: string) => path.includes('/device/')

function securityOf({ security, responses }: Operation, method: string, path: string) {
  if (security?.some((scheme) => 'deviceToken' in scheme))
    return method === 'get' ? [{ deviceToken: [] }] : [{ deviceToken: [], deviceSignature: [] }, { deviceToken: [] }]
  const isForPeople = responses && '401' in responses && !isOfPhones(path)
  return security ?? (isForPeople ? [{ session: [] }, { apiToken: [] }] : [])
}

/** A wrong token is told of on public routes too; a write can meet its own Idempotency-Key. */
function commonProblems({ requestBody, parameters }: Operation, method: string, path: string) {
  const isWrite = method !== 'get'
  return {
    ...(!isOfPhones(path) && problems('unauthenticated', 'forbidden')),
    ...(!isOfPhones(path) && isWrite && problems('conflict')),
    ...((parameters?.length || requestBody) && problems('invalid')),
    ...(requestBody && problems('malformed', 'length_required', 'too_large', 'unsupported')),
    ...problems('unavailable'),
  }
}

const kinds = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  conflict: 409,
  length_required: 411,
  too_large: 413,
  unsupported: 415,
  invalid: 422,
  outdated: 426,
  unavailable: 503,
}
const problems = (...names: (keyof typeof kinds)[]) =>
  Object.fromEntries(
    names.map((name) => [
      kinds[name],
      {
        description: name.replaceAll('_', ' '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )

const ErrorCode = {
  type: 'string' as const,
  description:
    'Stable. `*` stands for the name of a state or thing, as in `campaign_is_closed`. The sentences are in x-sentences.',
  examples: ['sign_in_needed', 'campaign_is_closed'],
  'x-sentences': errorMessages,
}
