import { rateKindOf } from '@carnet/api/shared/http-rates.ts'
import type { MiddlewareHandler } from 'hono'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { listAppRoutes } from '../../helpers/app-routes.ts'
import { givenEveryRoute } from '../../helpers/every-route.ts'
import { givenMember } from '../../helpers/members.ts'

const { mutable, without } = await vi.hoisted(() => import('../../helpers/without-guard.ts'))
const nothing: MiddlewareHandler = (_, next) => next()
vi.mock('@carnet/api/shared/http-headers.ts', async (load) =>
  mutable(await load<object>(), { protectAnswers: { guard: 'what every answer forbids', instead: () => nothing } }),
)

const { app, operations, ask, headersOf, sql } = await givenEveryRoute()
const henri = await givenMember(sql, 'auditor')

const routes = listAppRoutes(app)
/** Asked last: nobody is signed in after them. */
const endsSession = (route: string) =>
  /(sessions?|deconnexion|sign-in\S*|people\S*)$/.test(route) && !route.startsWith('GET /api')

type Answer = { what: string; path: string; status: number; headers: Headers; isPersonal: boolean; html: string }
type Ask = { what: string; path: string; init?: RequestInit; isPersonal?: boolean }
async function answerOf(to: typeof app, { what, path, init, isPersonal = false }: Ask): Promise<Answer> {
  const response = await to.request(path, init)
  const { status, headers } = response
  const html = headers.get('content-type')?.startsWith('text/html') ? await response.text() : ''
  return { what, path, status, headers, isPersonal, html }
}
const answers: Answer[] = []
async function note(what: string, path: string, init: RequestInit = {}, isPersonal = false) {
  answers.push(await answerOf(app, { what, path, init, isPersonal }))
}

beforeAll(async () => {
  for (const route of operations.keys()) {
    if (endsSession(route)) continue
    const { response } = await ask(route, 'coordinator')
    const path = operations.get(route)!.path
    answers.push({ what: route, path, status: response.status, headers: response.headers, isPersonal: true, html: '' })
  }
  const form = { method: 'POST', headers: { 'transfer-encoding': 'chunked' } }
  for (const path of ['/', '/api/v1/funders', '/lieu', '/nowhere']) await note(`unread ${path}`, path, form)
  for (const path of [
    '/nowhere',
    '/scanner/nowhere',
    '/assets/nowhere',
    '/api/nowhere',
    '/%',
    '/%00',
    '//evil.example',
  ])
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT']) await note(`${method} ${path}`, path, { method })
  for (const path of ['/', '/scanner', '/scanner/', '/assets/carnet.svg', '/assets/pages.css', '/healthz', '/readyz'])
    await note(path, path)
  const half = {
    method: 'POST',
    body: '{',
    headers: { ...headersOf.coordinator, 'content-type': 'application/json', 'content-length': '1' },
  }
  await note('half a JSON', '/api/v1/funders', half, true)
  await note('a wrong token', '/api/v1/session', { headers: { authorization: 'Bearer nothing' } })
  await note('an auditor', '/coordination', { headers: { ...henri.headers, accept: 'text/html' } }, true)
  await note('the phone', '/api/v1/device/bundle', { headers: headersOf.phone }, true)
  for (const { method, path, address, endsSession } of routes) {
    const route = `${method} ${path}`
    const accept = path.startsWith('/api/v1/') ? 'application/json' : 'text/html'
    await note(`${route} as public`, address, { method, headers: { accept } })
    const init = { method, headers: { ...headersOf.coordinator, accept } }
    await note(`${route} as coordinator`, address, init, !endsSession)
  }
})

const policyOf = ({ headers }: Answer) => headers.get('content-security-policy') ?? ''
const cameraOf = ({ headers }: Answer) => headers.get('permissions-policy')?.split(',')[0]
const isScanner = ({ path }: Answer) => path === '/scanner' || path.startsWith('/scanner/')
const wrong = (isRight: (answer: Answer) => boolean, among: readonly Answer[] = answers) =>
  among
    .filter((answer) => !isRight(answer))
    .map(({ what, status, headers }) => `${what}: ${status} ${[...headers].join(' ')}`)

const files = /^\/(assets|scanner)(\/|$)/
const isToBeForgotten = ({ isPersonal, path, status }: Answer) => (isPersonal && !files.test(path)) || status >= 400
const saysHeader = (name: string, value: string): Rule => [
  `says ${name}: ${value}`,
  ({ headers }) => headers.get(name) === value,
]
type Rule = [rule: string, isKept: (answer: Answer) => boolean]
const rules: Rule[] = [
  saysHeader('x-content-type-options', 'nosniff'),
  saysHeader('referrer-policy', 'no-referrer'),
  saysHeader('cross-origin-opener-policy', 'same-origin'),
  saysHeader('cross-origin-resource-policy', 'same-origin'),
  saysHeader('x-frame-options', 'DENY'),
  ['is framed by nobody', (answer) => policyOf(answer).includes("frame-ancestors 'none'")],
  ['has no other base', (answer) => policyOf(answer).includes("base-uri 'none'")],
  [
    'loads nothing from elsewhere',
    (answer) =>
      /default-src '(self|none)'; /.test(policyOf(answer)) &&
      !/unsafe-inline|'unsafe-eval'|https?:|\*/.test(policyOf(answer)),
  ],
  [
    'gives the camera to the scanner alone',
    (answer) => cameraOf(answer) === (isScanner(answer) ? 'camera=(self)' : 'camera=()'),
  ],
  [
    'to a person or a phone, and every refusal, is stored nowhere',
    (answer) => !isToBeForgotten(answer) || answer.headers.get('cache-control') === 'no-store',
  ],
]

describe('every answer', () => {
  test('was asked for: pages, redirects, files, PDF, refusals and failures', () => {
    const seen = new Set(answers.map(({ status }) => status))
    for (const status of [200, 201, 204, 302, 400, 401, 403, 404, 411, 422])
      expect(seen, String(status)).toContain(status)
    const types = new Set(answers.map(({ headers }) => headers.get('content-type')?.split(';')[0]))
    for (const type of ['text/html', 'text/css', 'image/svg+xml', 'application/json', 'application/problem+json'])
      expect(types).toContain(type)
    expect(types).toContain('application/pdf')
    expect(types).toContain('text/csv')
    expect(answers.length).toBeGreaterThan(routes.length * 2)
  })

  test.each(rules)('%s', (_, isRight) => {
    expect(wrong(isRight)).toEqual([])
  })

  test('keeps to none of these rules once the guard is out', async () => {
    const { app: bare } = await without('what every answer forbids', () => createTestApp())
    const said = await Promise.all(['/', '/nowhere'].map((path) => answerOf(bare, { what: path, path })))
    for (const [rule, isRight] of rules) expect(wrong(isRight, said), rule).not.toEqual([])
  })

  test('was to a person or a phone, or a refusal, in many cases', () => {
    expect(answers.filter(isToBeForgotten).length).toBeGreaterThan(100)
  })

  test('tells nothing of what serves it', () => {
    expect(wrong(({ headers }) => !headers.has('server') && !headers.has('x-powered-by'))).toEqual([])
    expect(wrong(({ headers }) => !headers.has('access-control-allow-origin'))).toEqual([])
  })
})

test('over https every answer says to come back by https, and the cookie stays with us', async () => {
  const publicUrl = 'https://carnet.example'
  const { app: secure } = await createTestApp({ publicUrl })
  const wordOf = async (path: string) => (await secure.request(path)).headers.get('strict-transport-security')
  for (const path of ['/', '/nowhere', '/scanner', '/assets/carnet.svg', '/api/v1/venues', '/api/v1/device/bundle'])
    expect(await wordOf(path), path).toBe('max-age=31536000; includeSubDomains')
})

test('pages hold no inline style or script, so the policy breaks none of them', () => {
  const inline = /<style|\sstyle=|<script(?![^>]*\ssrc="\/)|<[^>]+\son\w+=|javascript:/i
  const pages = answers.filter(({ html }) => html !== '')
  expect(pages.filter(({ status }) => status === 200).length).toBeGreaterThan(10)
  expect(pages.filter(({ html }) => inline.test(html)).map(({ what }) => what)).toEqual([])
})

test('whatever answers a file is counted as an export', () => {
  const rateOf = (path: string) => rateKindOf('GET', path.replace(/\?[^/]*$/, ''), 'public')
  const otherwise = (paths: readonly string[]) => paths.filter((path) => rateOf(path) !== 'export')
  const isNamed = ({ method, address }: (typeof routes)[number]) =>
    method === 'GET' && /\.\w+$|\/exports?\b/.test(address) && !/\.(png|svg)$/.test(address) && rateOf(address) !== null
  const named = routes.filter(isNamed).map(({ address }) => address)
  expect(named.length).toBeGreaterThan(30)
  expect(otherwise(named)).toEqual([])
  const isFile = ({ headers, status }: Answer) =>
    status === 200 && /^attachment/.test(headers.get('content-disposition') ?? '')
  const files = answers.filter(isFile).map(({ path }) => path)
  expect(files.length).toBeGreaterThan(20)
  expect(otherwise(files)).toEqual([])
})
