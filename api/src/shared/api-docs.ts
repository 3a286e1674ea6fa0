import type { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from './context.ts'
import { errorMessages } from './messages.ts'

type Router = OpenAPIHono<AppEnv>
export type ApiDocument = ReturnType<Router['getOpenAPI31Document']>
export type PathItem = NonNullable<ApiDocument['paths']>[string]
export type Operation = NonNullable<PathItem['get']>
export type ListedOperation = { method: string; path: string; operation: Operation }

export const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

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

/** What the routes do not say themselves: who may call, what every write can answer, and which codes there are. */
export function completeDocument(document: ApiDocument): ApiDocument {
  for (const { method, path, operation } of listOperations(document)) {
    operation.operationId = `${method}${path.replace(/[^a-zA-Z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase())}`
    operation.tags = [path.split('/')[3] ?? 'site']
    operation.security = securityOf(operation, method)
    if (operation.requestBody) operation.responses = { ...bodyProblems, ...operation.responses }
  }
  const code = document.components?.schemas?.Problem
  if (code && 'properties' in code && code.properties) code.properties.code = { $ref: '#/components/schemas/ErrorCode' }
  return {
    ...document,
    components: { ...document.components, schemas: { ...document.components?.schemas, ErrorCode } },
  }
}

function securityOf({ security, responses }: Operation, method: string) {
  if (security?.some((scheme) => 'deviceToken' in scheme))
    return method === 'get' ? [{ deviceToken: [] }] : [{ deviceToken: [], deviceSignature: [] }, { deviceToken: [] }]
  return security ?? (responses && '401' in responses ? [{ session: [] }, { apiToken: [] }] : [])
}

const problemOf = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})
const bodyProblems = {
  411: problemOf('length required'),
  413: problemOf('too large'),
  415: problemOf('unsupported'),
}

const ErrorCode = {
  type: 'string' as const,
  description:
    'Stable. `*` stands for the name of a state or thing, as in `campaign_is_closed`. The sentences are in x-sentences.',
  examples: ['sign_in_needed', 'campaign_is_closed'],
  'x-sentences': errorMessages,
}
